"""Which words of a text another text has not: where two texts are alike, what differs can be seen."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

#: Texts that share less than half of their words are different texts; marking every word would mark none.
ALIKE = 0.5


class Run(NamedTuple):
    """Some words of a text that stand together."""

    text: str
    is_changed: bool


def marked(lines: Sequence[str], others: Sequence[str]) -> list[list[Run]]:
    """Every line with what is changed in it against the line of `others` that is most like it."""
    return [_marked(line, max(others, key=lambda other: _likeness(line, other), default="")) for line in lines]


def _marked(line: str, other: str) -> list[Run]:
    words, before = line.split(), other.split()
    if _likeness(line, other) < ALIKE:
        return [Run(line, is_changed=False)]
    steps = SequenceMatcher(None, before, words, autojunk=False).get_opcodes()
    return [Run(" ".join(words[start:end]), kind != "equal") for kind, _, _, start, end in steps if start < end]


def _likeness(line: str, other: str) -> float:
    """The share of words, in their order, that both have: 0 to 1."""
    return SequenceMatcher(None, other.split(), line.split(), autojunk=False).ratio()
