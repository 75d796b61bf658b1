"""What differs between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

words_of = re.compile(r"\s+|\w+|[^\w\s]").findall
#: Texts in which more words than this could be each other are not compared one by one: it would
#: take seconds.
MOST_PAIRS = 20_000
#: Lines that share a smaller part of their words are different lines, whose words are not compared.
MIN_SIMILARITY = 0.5


class DiffSpan(NamedTuple):
    """A part of the texts: *kept* in both, only *here*, or only *there*."""

    where: str
    text: str


def pieces(here: str, there: str) -> list[DiffSpan]:
    """The texts in one, in order.

    Joined without what is only there they are the one, without here the other.
    """
    old, new = words_of(here), words_of(there)
    if _pairs(old, new) > MOST_PAIRS:
        return [piece for piece in (DiffSpan("here", here), DiffSpan("there", there)) if piece.text]
    return list(_pieces(old, new))


def _pairs(old: list[str], new: list[str]) -> int:
    there = Counter(new)
    return sum(there[word] for word in old if not word.isspace())


def _pieces(old: list[str], new: list[str]) -> Iterator[DiffSpan]:
    """What differs comes in runs: blanks that happen to stand in both do not part them."""
    gone = come = ""
    for kind, begin, end, new_begin, new_end in SequenceMatcher(
        str.isspace, old, new, autojunk=False
    ).get_opcodes():
        here, there = "".join(old[begin:end]), "".join(new[new_begin:new_end])
        if kind != "equal" or (here.isspace() and (gone or come) and end < len(old)):
            gone, come = gone + here, come + there
            continue
        yield from _run(gone, come)
        gone = come = ""
        yield DiffSpan("kept", here)
    yield from _run(gone, come)


def _run(gone: str, come: str) -> Iterator[DiffSpan]:
    if gone:
        yield DiffSpan("here", gone)
    if come:
        yield DiffSpan("there", come)


def marked_lines(lines: Sequence[str], others: Sequence[str]) -> list[list[DiffSpan]]:
    """Return the lines with those words marked that the most similar other line does not have.

    Marked words are spans with ``where == "there"``.
    """
    return [_marked_line(line, others) for line in lines]


def _marked_line(line: str, others: Sequence[str]) -> list[DiffSpan]:
    similar, similarity = "", 0.0
    for other in others:
        ratio = _similarity(line, other)
        if ratio > similarity:
            similar, similarity = other, ratio
    if similarity < MIN_SIMILARITY:
        return [DiffSpan("kept", line)]
    return [span for span in pieces(similar, line) if span.where != "here"]


def _similarity(line: str, other: str) -> float:
    """The share of words, in their order, that both lines have, from 0 to 1."""
    return SequenceMatcher(None, other.split(), line.split(), autojunk=False).ratio()
