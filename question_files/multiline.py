"""Assigns the lines of a cell to the stored parts of a question.

A cell joins the texts of several parts, and a text can have several lines.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from operator import attrgetter
from typing import Generic, TypeVar

from django.db.models import Model

from content.text import normalize_newlines
from question_files.question_values import INDENT

RowT = TypeVar("RowT", bound=Model)

#: Characters by which a changed text is recognized.
COMPARED_LENGTH = 200


@dataclass(frozen=True)
class Match(Generic[RowT]):
    """A text of a cell, and the stored part that it is, or is a changed version of."""

    text: str
    part: RowT | None


def match_lines(
    cell: str, parts: Sequence[RowT], text_of: Callable[[RowT], str]
) -> list[Match[RowT]]:
    """The texts of a cell: those of stored parts, and between them single lines.

    :param text_of: the text that an export writes of a part.
    """
    unmatched = [(normalize_newlines(text_of(part)).split("\n"), part) for part in parts]
    # A part of several lines is preferred to one that has only the first of them.
    unmatched.sort(key=lambda candidate: len(candidate[0]), reverse=True)
    lines = cell.split("\n") if cell else []
    matches = []
    while lines:
        part_lines, part = _next_part(lines, unmatched)
        matches.append(Match("\n".join(part_lines), part))
        lines = lines[len(part_lines) :]
    return matches


def _next_part(
    lines: list[str], unmatched: list[tuple[list[str], RowT]]
) -> tuple[list[str], RowT | None]:
    """The part whose text comes next, which is removed from the unmatched ones; else one line."""
    for index, (part_lines, _) in enumerate(unmatched):
        if lines[: len(part_lines)] == part_lines:
            return unmatched.pop(index)
    return lines[:1], None


def join_indented(matches: Sequence[Match[RowT]]) -> list[Match[RowT]]:
    """The same texts, to which indented and blank lines below them are added.

    A text with an added line is not that of its part any more. Blank lines below the unchanged text
    of a part are dropped, and so are those at the top.
    """
    joined: list[Match[RowT]] = []
    for match in matches:
        is_continued = match.part is None and match.text.startswith(INDENT)
        if match.part is None and not match.text.strip():
            if joined and joined[-1].part is None:
                joined[-1] = _with_line(joined[-1], match.text)
        elif joined and is_continued:
            joined[-1] = _with_line(joined[-1], match.text)
        else:
            joined.append(match)
    return list(map(_dedented, joined))


def _with_line(match: Match[RowT], line: str) -> Match[RowT]:
    return Match(f"{match.text}\n{line}", None)


def _dedented(match: Match[RowT]) -> Match[RowT]:
    """The text without indents, unless it is that of a part."""
    if match.part:
        return match
    return Match(match.text.replace(f"\n{INDENT}", "\n").rstrip("\n"), None)


def pair_changed(
    matches: Sequence[Match[RowT]], parts: Sequence[RowT], text_of: Callable[[RowT], str]
) -> list[Match[RowT]]:
    """The same texts, where those that no part has are paired with the part they are a change of.

    If there are as many of them as unmatched parts, they are paired in order, else by similarity.
    """
    matched = list(filter(None, map(attrgetter("part"), matches)))
    unmatched = [part for part in parts if part not in matched]
    is_same_number = len(matches) - len(matched) == len(unmatched)
    paired = []
    for match in matches:
        if match.part:
            paired.append(match)
        elif is_same_number:
            paired.append(Match(match.text, unmatched.pop(0)))
        else:
            paired.append(Match(match.text, _take_closest(match.text, unmatched, text_of)))
    return paired


def _take_closest(text: str, unmatched: list[RowT], text_of: Callable[[RowT], str]) -> RowT | None:
    """The part with nearly this text, which is removed from the unmatched ones; None if none is."""
    candidates = {text_of(part)[:COMPARED_LENGTH]: part for part in unmatched}
    closest = get_close_matches(text[:COMPARED_LENGTH], candidates, n=1)
    if not closest:
        return None
    part = candidates[closest[0]]
    unmatched.remove(part)
    return part
