"""Which records a mapping means: conditions on their cells."""

from collections.abc import Callable
from typing import Any

from mapping import written
from mapping.cells import as_text
from mapping.records import Record

Condition = Callable[[Record], bool]

FILLED, EMPTY = "true", "false"


def condition(said: Any, place: str) -> Condition:
    """A mapping from columns to what they hold, all of it at once.

    ``true`` is any text, ``false`` none, a text or a list one of these, ``{not: …}`` anything else.
    """
    said = said if isinstance(said, dict) else written.pairs(said, place)
    tests = [(name, _test(wanted, f"{place}, {name}")) for name, wanted in said.items()]
    return lambda record: all(test(as_text(record.values.get(name))) for name, test in tests)


def _test(said: Any, place: str) -> Callable[[str], bool]:
    if isinstance(said, dict):
        inner = _test(written.keys(said, place, ["not"], ["not"])["not"], place)
        return lambda text: not inner(text)
    if said in (FILLED, EMPTY):
        return lambda text: bool(text) == (said == FILLED)
    one_of = frozenset(written.words(said, place))
    return lambda text: text in one_of
