"""The lines of a cell, told apart by what is known.

A cell joins several texts, some of which have several lines.
"""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from content.fields import normalize_newlines

INDENT = "  "
#: Letters by which a changed text is recognised.
COMPARED = 200
Said = Callable[[Any], str]
#: A text of the cell, and the known part that it stands for, if any.
Match = tuple[str, Any]


def matched(cell: str, known: Sequence[Any], said: Said) -> Iterator[Match]:
    """The lines: together where they are what a known part says, one by one where not."""
    lines = cell.split("\n") if cell else []
    left = sorted(
        ((normalize_newlines(said(part)).split("\n"), part) for part in known),
        key=lambda each: -len(each[0]),
    )
    while lines:
        place = next((n for n, (words, _) in enumerate(left) if lines[: len(words)] == words), None)
        words, part = left.pop(place) if place is not None else (lines[:1], None)
        yield "\n".join(words), part
        lines = lines[len(words) :]


def with_indented(found: Iterator[Match]) -> list[Match]:
    """The same with lines that are indented, or empty, put to the one before.

    What got longer is known no more.
    """
    whole: list[Match] = []
    for words, part in found:
        if part is None and whole and (words.startswith(INDENT) or not words.strip()):
            before, known = whole[-1]
            if words.strip() or known is None:
                whole[-1] = f"{before}\n{words}", None
        elif part is not None or words.strip():
            whole.append((words, part))
    return [(words if part else _outdented(words), part) for words, part in whole]


def _outdented(words: str) -> str:
    return words.replace(f"\n{INDENT}", "\n").rstrip("\n")


def paired(found: Sequence[Match], known: Sequence[Any], said: Said) -> list[Match]:
    """The same with a known part for each text that may be a changed one.

    No text is that part word for word.
    """
    left = {part.pk: part for part in known}
    for _, part in found:
        left.pop(part and part.pk, None)
    texts = [words for words, part in found if part is None]
    if len(texts) == len(left):
        partners = iter(list(left.values()))
        return [(words, part or next(partners)) for words, part in found]
    return [(words, part or _closest(words, left, said)) for words, part in found]


def _closest(words: str, left: dict[int, Any], said: Said) -> Any:
    """The part that says nearly this, taken out of those that are left."""
    sayings = {said(part)[:COMPARED]: key for key, part in left.items()}
    for found in get_close_matches(words[:COMPARED], sayings, n=1):
        return left.pop(sayings[found])
    return None
