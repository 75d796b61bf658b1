"""Sources of a mapping: the files that records come from, and the options for reading them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from content.numbers import whole_number
from file_formats.errors import UnreadableFile
from source_files.validation import (
    Help,
    YamlValue,
    expect_choice,
    expect_flag,
    expect_keys,
    expect_mapping,
    expect_text,
    expect_text_mapping,
    expect_texts,
)

#: The header must be above this row; the limit bounds the search for it.
HEADER_ROW_LIMIT = 1000
#: The length of the longest file name on common file systems, in bytes.
MAX_PATTERN_BYTES = 255
HEADING_LEVELS = ("1", "2", "3", "4", "5", "6")
#: Without this option, a file is UTF-8, or UTF-16 if it begins with the byte order mark of that.
ENCODINGS = (
    "UTF-8 UTF-16 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 "
    "windows-1256 ISO-8859-1 ISO-8859-2 ISO-8859-15 macintosh Shift_JIS GB18030 Big5 EUC-KR"
).split()

SOURCE_KEYS = {
    "file": Help(
        "The name of the file inside the source, or a pattern for several: `*` stands for any "
        "part of a name, `**` any folders. A pattern adds the columns `file` (the name without "
        "its ending) and `folder`. Omit it if the source is a single file.",
        '{file: "ladders/*.md"}',
    ),
    "reader": Help("The reader, if the file extension does not determine it.", "{reader: tsv}"),
    "encoding": Help(
        "The encoding of a text file, if it is neither UTF-8 nor UTF-16.",
        "{encoding: windows-1252}",
    ),
    "header": Help(
        "Tables: the number of the row with the column names, as a spreadsheet counts. 1 by "
        "default.",
        "{header: 3}",
    ),
    "separator": Help(
        "CSV: the character between cells. By default the one of comma, semicolon, tab and bar "
        "that the header row contains most often.",
        '{separator: "~"}',
    ),
    "sheet": Help(
        "Workbooks: the name of the sheet. By default the first one that is not hidden.",
        "{sheet: Roles}",
    ),
    "fill_down": Help(
        "Columns in which an empty cell means “as above,” from the widest to the narrowest. In "
        "each row, only cells before the first filled one of them are filled.",
        "{fill_down: [Area, Group]}",
    ),
    "rows": Help(
        "JSON, YAML and front matter: the path to the elements that become records. See "
        "[Nested files](#nested-files).",
        '{rows: "tracks{}.levels[]"}',
    ),
    "labels": Help(
        "Markdown: words that, before a colon at the beginning of a text, go to the column "
        "`label`.",
        "{labels: [If yes, If no]}",
    ),
    "bullets": Help(
        "Text without Markdown, such as the text of a PDF: characters that begin a list item.",
        '{bullets: "•●"}',
    ),
    "headings": Help(
        "Text without Markdown: lines that are headings, with their levels from 1 to 6.",
        "{headings: {ROLES: 2}}",
    ),
    "html": Help(
        "Markdown and front matter: `true` if the text contains blocks of HTML to read as "
        "Markdown.",
        "{html: true}",
    ),
    "ignore": Help(
        "Columns to leave out on purpose, so that the report does not list them as unused.",
        "{ignore: [Last edited by]}",
    ),
}


@dataclass(frozen=True)
class Record:
    """One row of a table, one element of a JSON or YAML file, or one block of Markdown."""

    #: For messages: ``roles.csv line 7``, ``ladder.json topics[2].content[4]``.
    location: str
    #: By column name.
    values: dict[str, str]

    def text(self, column: str) -> str:
        """The value of a column without surrounding whitespace; empty if there is none."""
        return self.values.get(column, "").strip()


def ignore_note(note: str) -> None:
    """Drop a note of a reader."""


@dataclass(frozen=True)
class SourceOptions:
    """The options of one source; `SOURCE_KEYS` explains those that a mapping contains."""

    name: str
    file: str = ""
    #: The path of the current file inside the source. Locations of records begin with it.
    relative_path: str = ""
    reader: str = ""
    sheet: str = ""
    encoding: str = ""
    header: int = 1
    separator: str = ""
    rows: str = ""
    fill_down: Sequence[str] = ()
    labels: Sequence[str] = ()
    bullets: str = ""
    headings: Mapping[str, int] = field(default_factory=dict)
    is_html: bool = False
    ignore: Sequence[str] = ()
    #: Called with each note of a reader about input that it skips or that people may not expect,
    #: without a period at the end.
    add_note: Callable[[str], None] = field(default=ignore_note, compare=False)

    def note_in_file(self, note: str) -> None:
        """Add a note about the current file."""
        self.add_note(f"{self.relative_path}: {note}")


#: Reads the records of one file. Raises `UnreadableFile` for a broken file; the records before the
#: error are dropped then.
Reader: TypeAlias = Callable[[Path, SourceOptions], Iterator[Record]]


def parse_sources(value: YamlValue, location: str) -> dict[str, SourceOptions]:
    """The `sources` of a mapping.

    :raises UnreadableFile: if an option is unknown or invalid.
    """
    sources = {}
    for name, options in expect_mapping(value, location).items():
        source_location = f"{location}, {name}"
        known = expect_keys(options or {}, source_location, SOURCE_KEYS)
        sources[name] = _OptionParser(known, source_location).parse(name)
    return sources


@dataclass(frozen=True)
class _OptionParser:
    """Checks the options of one source."""

    options: Mapping[str, YamlValue]
    location: str

    def parse(self, name: str) -> SourceOptions:
        return SourceOptions(
            name,
            encoding=self._encoding(),
            file=self._file(),
            header=self._header(),
            reader=self._text("reader"),
            sheet=self._text("sheet"),
            separator=self._text("separator"),
            rows=self._text("rows"),
            bullets=self._text("bullets"),
            fill_down=self._texts("fill_down"),
            labels=self._texts("labels"),
            ignore=self._texts("ignore"),
            headings=self._headings(),
            is_html=expect_flag(self.options.get("html", "false"), self._location_of("html")),
        )

    def _location_of(self, key: str) -> str:
        return f"{self.location}, {key}"

    def _text(self, key: str, default: str = "") -> str:
        return expect_text(self.options.get(key, default), self._location_of(key))

    def _texts(self, key: str) -> list[str]:
        return expect_texts(self.options.get(key, []), self._location_of(key))

    def _encoding(self) -> str:
        if "encoding" not in self.options:
            return ""
        location = self._location_of("encoding")
        return expect_choice(self.options["encoding"], location, ENCODINGS, "encoding")

    def _file(self) -> str:
        pattern = self._text("file")
        _check_pattern(pattern, self._location_of("file"))
        return pattern

    def _header(self) -> int:
        """
        :raises UnreadableFile: if the option is not the number of a row.
        """
        header = whole_number(self._text("header", "1")) or 0
        if not 0 < header < HEADER_ROW_LIMIT:
            raise UnreadableFile(self._location_of("header"), "expected the number of a row")
        return header

    def _headings(self) -> dict[str, int]:
        location = self._location_of("headings")
        levels = {}
        for line, level in expect_text_mapping(self.options.get("headings", {}), location).items():
            expect_choice(level, f"{location}, {line}", HEADING_LEVELS, "level of headings")
            levels[line] = int(level)
        return levels


def _check_pattern(pattern: str, location: str) -> None:
    """Refuse a pattern that points outside the source or makes the search for files slow.

    :raises UnreadableFile: for such a pattern.
    """
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts:
        raise UnreadableFile(location, "points outside the source")
    if len(pattern.encode()) > MAX_PATTERN_BYTES:
        raise UnreadableFile(location, f"more than {MAX_PATTERN_BYTES} bytes")
    if pattern and not path.parts:
        raise UnreadableFile(location, "does not name a file")
    # With two of them, the search visits each folder once for every folder above it.
    if pattern.count("**") > min(path.parts.count("**"), 1):
        raise UnreadableFile(location, "“**” must be alone between slashes")
