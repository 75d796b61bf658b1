"""A mapping and the files it reads, for tests."""

from pathlib import Path
from textwrap import dedent, indent
from typing import Any, Self

from file_formats.errors import UnreadableFile
from interchange.packs import TABLES
from mapping.converter import convert
from mapping.parser import read_mapping
from packs.load_options import LoadOptions
from packs.loading import load_pack
from packs.pack_tables import Table
from packs.reading import RawRow
from packs.report import Report
from packs.sources import TablesPack

COLLECTION = """\
collection:
  id: other
  title: Other framework
  publisher: Example Publisher
  license: CC-BY-4.0
  attribution: Example Publisher, CC BY 4.0
"""


class MappingCase:
    """A mapping in a file, and a folder with the files of its sources."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "map.yml"
        self.source = folder / "source"
        self.source.mkdir()

    def write(self, name: str, content: str | bytes) -> Self:
        """Write a file of the source, byte for byte."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def write_mapping(self, mapping: str) -> Self:
        """Write the mapping, without its collection."""
        self.file.write_text(COLLECTION + dedent(mapping), "utf-8")
        return self

    def write_table_mapping(
        self, entry: str, table: str = "roles", sources: str = "roles: {file: roles.csv}"
    ) -> Self:
        """Write a mapping with one entry from one source."""
        source = sources.partition(":")[0]
        head = f"sources:\n  {sources}\ntables:\n  - table: {table}\n    from: {source}\n"
        return self.write_mapping(head + indent(dedent(entry), "    "))

    def pack(self) -> TablesPack:
        """The pack that the mapping makes of the source."""
        return convert(read_mapping(self.file, TABLES), self.source)

    def rows(self, table: str = "roles") -> list[dict[str, Any]]:
        """The rows of a table of the pack, none of them refused."""
        results = list(self.pack().rows(_table(table)))
        rows = [result.values for result in results if isinstance(result, RawRow)]
        assert len(rows) == len(results), results
        return rows

    def refusals(self, table: str = "roles") -> list[str]:
        """The errors in place of rows of a table."""
        results = self.pack().rows(_table(table))
        return [str(result) for result in results if isinstance(result, UnreadableFile)]

    def load(self, **options: bool) -> Report:
        """Load the pack as the command does."""
        return load_pack(self.pack(), TABLES, LoadOptions(**options))


def _table(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)
