"""Records: what a reader takes out of a file, and how it is told to.

There is one for each row, element or paragraph.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Record:
    """One row of a table, one element of a tree, one item of an outline."""

    #: Where it stands, for people: ``roles.csv line 7``, ``sheet “Skills” row 3``, ``topics 2,
    #: content 4``.
    place: str
    #: By column: texts, or what a tree holds there.
    values: dict[str, Any]


@dataclass(frozen=True)
class SourceOptions:
    """What a mapping says of one source."""

    #: What the mapping calls it.
    name: str
    #: The file, a pattern for several, or nothing where the source is one file.
    file: str = ""
    #: The file at hand as it is called in messages: its path within the source. Readers begin their
    #: places with it.
    place: str = ""
    #: The reader, where the end of the file's name does not tell.
    reader: str = ""
    #: The sheet of a workbook; its first, if none is named.
    sheet: str = ""
    #: How the text is encoded; UTF-8, or UTF-16 with its mark, if it is not said.
    encoding: str = ""
    #: The row with the names of the columns, counted as a spreadsheet counts.
    header: int = 1
    #: What stands between cells; found out, if it is not said.
    separator: str = ""
    #: The path in a tree to what becomes one record each.
    rows: str = ""
    #: Columns whose empty cells mean: as above.
    fill_down: Sequence[str] = ()
    #: Words before a colon at the beginning of an item that are a column of their own: ``If yes``.
    labels: Sequence[str] = ()
    #: Signs that begin an item of a text without Markdown.
    bullets: str = ""
    #: Lines that are headings of a text without Markdown, with their levels.
    headings: Mapping[str, int] = field(default_factory=dict)
    #: Whether an outline is written in HTML rather than Markdown.
    is_html: bool = False
    #: Columns that are left out on purpose.
    ignore: Sequence[str] = ()
    #: Is given what a reader leaves out, or reads although nobody sees it, as a sentence without
    #: its stop.
    note: Callable[[str], None] = field(default=lambda words: None, compare=False)

    def note_here(self, words: str) -> None:
        """Note something of the file at hand."""
        self.note(f"{self.place}: {words}")


#: Reads one file.
#: :raises Unreadable: for a file that is broken; then none of its records counts.
Reader = Callable[[Path, SourceOptions], Iterator[Record]]
