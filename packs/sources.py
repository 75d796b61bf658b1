"""Where packs come from: a folder, a zip file of one, or rows that a converter has made."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from file_formats.archives import unpacked_zip
from file_formats.errors import UnreadableFile
from file_formats.text_files import read_text, read_yaml
from packs.pack_tables import COLLECTION, Cells, Table
from packs.reading import RawRow, raw_row, read_rows
from packs.row_order import position_notes

MANIFEST = "pack.yml"


class FolderPack:
    """A pack in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: Sentences, without their periods, about the rows that were read.
        self.notes: list[str] = []

    def manifest(self) -> RawRow:
        """The row of the collection itself.

        :raises UnreadableFile: if it cannot be read.
        """
        text = read_text(self.folder / MANIFEST, MANIFEST)
        return raw_row(COLLECTION, MANIFEST, read_yaml(text, MANIFEST))

    def rows(self, table: Table) -> Iterator[RawRow | UnreadableFile]:
        """The rows of one table, with an error in place of each row that cannot be read."""
        rows = list(read_rows(self.folder, table))
        # Every attempt of a load reads the rows again, and each note is needed once.
        self.notes = list(dict.fromkeys([*self.notes, *position_notes(table, rows)]))
        yield from rows

    def unknown_files(self, tables: Sequence[Table]) -> list[str]:
        """The names of files or tables that belong to none of these tables."""
        names = {table.name for table in tables}
        unknown = []
        for path in sorted(self.folder.rglob("*")):
            relative_path = path.relative_to(self.folder)
            if path.is_file() and not _is_known(relative_path, names):
                unknown.append(relative_path.as_posix())
        return unknown


def _is_known(path: Path, tables: set[str]) -> bool:
    """Whether a file is part of a pack, or is ignored like a README and hidden files.

    :param path: relative to the folder of the pack.
    :param tables: the names of the tables.
    """
    if path.parts[0].startswith(".") or path.as_posix() == MANIFEST or path.stem == "README":
        return True
    if len(path.parts) == 1:
        return path.suffix == ".csv" and path.stem in tables
    return path.suffix == ".md" and path.parts[0] in tables


class TablesPack:
    """A pack that a converter has made of another format, read like a `FolderPack`."""

    def __init__(self, manifest: Mapping[str, object], location: str = MANIFEST) -> None:
        self._manifest = manifest
        self._location = location
        self._rows: dict[str, list[tuple[str, Cells]]] = defaultdict(list)
        self._errors: dict[str, list[UnreadableFile]] = defaultdict(list)
        #: Sentences, without their periods, about what the rows do not contain.
        self.notes: list[str] = []

    def add(self, table: str, location: str, values: Mapping[str, object]) -> None:
        """Add a row.

        :param table: the name of the table.
        :param location: where the row is in the source.
        """
        self._rows[table].append((location, dict(values)))

    def add_error(self, table: str, error: UnreadableFile) -> None:
        """Add the error of a part of the source that was to become a row of this table."""
        self._errors[table].append(error)

    def manifest(self) -> RawRow:
        return raw_row(COLLECTION, self._location, self._manifest)

    def rows(self, table: Table) -> Iterator[RawRow | UnreadableFile]:
        yield from self._errors[table.name]
        for location, values in self._rows[table.name]:
            try:
                yield raw_row(table, location, values)
            except UnreadableFile as error:
                yield error

    def unknown_files(self, tables: Sequence[Table]) -> list[str]:
        return sorted(self._rows.keys() - {table.name for table in tables})


Pack: TypeAlias = FolderPack | TablesPack


@contextmanager
def open_pack(path: Path) -> Iterator[FolderPack]:
    """The pack in a folder, or in a zip file of one.

    :raises UnreadableFile: if it is neither, or a zip file that is damaged or too large.
    """
    if not path.exists():
        raise UnreadableFile(path.name, "the file is missing")
    if path.is_dir():
        yield FolderPack(path)
        return
    with unpacked_zip(path) as folder:
        yield FolderPack(folder)
