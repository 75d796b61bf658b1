"""Differences between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

words_of = re.compile(r"\s+|\w+|[^\w\s]").findall
#: Texts with more pairs of equal words than this are not compared: it would take seconds.
MAX_PAIRS = 20_000
#: Lines that share a smaller part of their words are different lines, whose words are not compared.
MIN_SIMILARITY = 0.5


class DiffSpan(NamedTuple):
    """A part of two texts: one that both have (*equal*), or that only one of them has.

    The operations are those of `difflib`, from the old text to the new one.
    """

    op: Literal["equal", "delete", "insert"]
    text: str


def word_diff(old: str, new: str) -> list[DiffSpan]:
    """Both texts as one sequence of spans.

    Without the inserted spans they are the old text, without the deleted ones the new text.
    """
    old_words, new_words = words_of(old), words_of(new)
    if _count_pairs(old_words, new_words) > MAX_PAIRS:
        return list(_replacement(old, new))
    return list(_spans(old_words, new_words))


def marked_lines(lines: Sequence[str], others: Sequence[str]) -> list[list[DiffSpan]]:
    """The lines; inserted spans are those that the most similar other line does not have."""
    return [_marked_line(line, others) for line in lines]


def _marked_line(line: str, others: Sequence[str]) -> list[DiffSpan]:
    """The line compared with the most similar other one; unmarked if none is similar enough."""
    similarities = {other: _similarity(line, other) for other in others}
    most_similar = max(similarities, key=similarities.__getitem__, default="")
    if similarities.get(most_similar, 0.0) < MIN_SIMILARITY:
        return [DiffSpan("equal", line)]
    return [span for span in word_diff(most_similar, line) if span.op != "delete"]


def _similarity(line: str, other: str) -> float:
    """The share of words, in their order, that both lines have, from 0 to 1."""
    return SequenceMatcher(None, other.split(), line.split(), autojunk=False).ratio()


def _count_pairs(old: list[str], new: list[str]) -> int:
    """The number of pairs of equal words, which decides how long a comparison takes."""
    counts = Counter(new)
    return sum(counts[word] for word in old if not word.isspace())


def _spans(old: list[str], new: list[str]) -> Iterator[DiffSpan]:
    """The spans; a single space that both texts share does not interrupt a run of differences."""
    deleted = inserted = ""
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for op, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        old_text = "".join(old[old_start:old_end])
        new_text = "".join(new[new_start:new_end])
        is_inside_run = bool(deleted or inserted) and old_end < len(old)
        if op != "equal" or (old_text.isspace() and is_inside_run):
            deleted += old_text
            inserted += new_text
            continue
        yield from _replacement(deleted, inserted)
        deleted = inserted = ""
        yield DiffSpan("equal", old_text)
    yield from _replacement(deleted, inserted)


def _replacement(deleted: str, inserted: str) -> Iterator[DiffSpan]:
    """One text in place of another; no span for an empty text."""
    if deleted:
        yield DiffSpan("delete", deleted)
    if inserted:
        yield DiffSpan("insert", inserted)
