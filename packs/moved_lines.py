"""Finds the lines that a publisher has moved to another parent, such as another level.

A line is found only if its identifier, or else its text, is the same and occurs exactly once in the
last edition and exactly once in this one.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from packs.line_matching import Line, text_digest

#: ``("id", …)`` or ``("text", …)``: by what a line is recognized under any parent.
Mark = tuple[str, str]


def marks_of(external_id: str, text: str) -> list[Mark]:
    """The marks of a line, of which the first is decisive.

    :param text: the digest of the text in the pack; empty if it is not known.
    """
    marks = []
    if external_id:
        marks.append(("id", external_id))
    if text:
        marks.append(("text", text))
    return marks


class MovedLines:
    """The lines of one table in the last edition and in this one, under all parents."""

    def __init__(self) -> None:
        self._stated: Counter[Mark] = Counter()
        self._known: dict[Mark, Line] = {}
        self._ambiguous: set[Mark] = set()

    def add_stated(self, rows: Iterable[Mapping[str, object]], column: str) -> None:
        """Add lines of the pack, as they are written.

        :param column: the one with the text.
        """
        for row in rows:
            text = text_digest(str(row.get(column, "")))
            self._stated.update(marks_of(str(row.get("external_id", "")), text))

    def add_known(self, lines: Iterable[Line]) -> None:
        """Add the lines of the last load."""
        for line in lines:
            if line.position is None:
                continue
            for mark in marks_of(line.external_id, line.text):
                if mark in self._known:
                    self._ambiguous.add(mark)
                self._known[mark] = line

    def pairs(self, incoming: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
        """Each incoming line that was elsewhere at the last load, with the known line."""
        for line in incoming:
            known = self._known_by_first_mark(line)
            if known is not None and known.scope != line.scope:
                yield line, known

    def is_elsewhere(self, known: Line, marks: Container[Mark]) -> bool:
        """Whether a known line has another parent in this edition.

        :param marks: those of the lines that the pack has under the former parent.
        """
        for mark in marks_of(known.external_id, known.text):
            if mark in self._stated:
                return self._is_unambiguous(mark) and mark not in marks
        return False

    def _known_by_first_mark(self, line: Line) -> Line | None:
        for mark in marks_of(line.external_id, line.text):
            if mark in self._known:
                known = self._known[mark]
                is_other = known.external_id not in ("", line.external_id) and line.external_id
                return known if self._is_unambiguous(mark) and not is_other else None
        return None

    def _is_unambiguous(self, mark: Mark) -> bool:
        return self._stated[mark] == 1 and mark not in self._ambiguous
