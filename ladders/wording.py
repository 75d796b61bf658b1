"""Which words of a text another text has not: where two are alike, what differs can be seen."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from content.text_diff import DiffSpan, word_diff

#: Texts that share less than half of their words are different texts; marking every word would mark
#: none.
ALIKE = 0.5


def marked(lines: Sequence[str], others: Sequence[str]) -> list[list[DiffSpan]]:
    """Every line in word_diff; those are *there* that the line of `others` most like it has not."""
    return [
        _marked(line, max(others, key=lambda other: _likeness(line, other), default=""))
        for line in lines
    ]


def _marked(line: str, other: str) -> list[DiffSpan]:
    if _likeness(line, other) < ALIKE:
        return [DiffSpan("equal", line)]
    return [piece for piece in word_diff(other, line) if piece.op != "delete"]


def _likeness(line: str, other: str) -> float:
    """The share of words, in their order, that both have: 0 to 1."""
    return SequenceMatcher(None, other.split(), line.split(), autojunk=False).ratio()
