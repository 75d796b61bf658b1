"""Where packs come from: a folder, a zip of one, or rows that a converter made."""

import stat
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from zipfile import BadZipFile, ZipFile, ZipInfo

from content.availability import is_disk_full
from packs.pack_tables import COLLECTION, Table
from packs.reading import PIECE, RawRow, UnreadableFile, read_rows, read_text, read_yaml
from packs.row_order import order_notes
from packs.unpacking import temporary_folder

#: A zip that would unpack to more is refused: bytes of all files, and their number.
UNPACKED = 64 * 1024 * 1024
FILES = 20_000
MANIFEST = "pack.yml"
#: What a zip makes its reader raise: damage, unknown methods, passwords, and names that are none or
#: stand twice.
UNSOUND = (BadZipFile, LZMAError, zlib.error, RuntimeError, EOFError, OSError, ValueError)


class Pack(Protocol):
    """A collection as tables of raw rows."""

    #: What of it is in no row, for people.
    notes: list[str]

    def manifest(self) -> RawRow:
        """What is said of the collection itself.

        :raises Unreadable: if it cannot be read.
        """

    def rows(self, table: Table) -> Iterator[RawRow | UnreadableFile]:
        """The rows of one table; in place of rows that cannot be read, why not."""

    def strays(self, tables: Sequence[Table]) -> list[str]:
        """What belongs to none of these tables."""


class FolderPack:
    """A pack in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: list[str] = []

    def manifest(self) -> RawRow:
        return RawRow(
            COLLECTION, MANIFEST, read_yaml(read_text(self.folder / MANIFEST, MANIFEST), MANIFEST)
        )

    def rows(self, table: Table) -> Iterator[RawRow | UnreadableFile]:
        rows = list(read_rows(self.folder, table))
        self.notes += [note for note in order_notes(table, rows) if note not in self.notes]
        yield from rows

    def strays(self, tables: Sequence[Table]) -> list[str]:
        names = {table.name for table in tables}
        paths = (
            path.relative_to(self.folder)
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        )
        return [path.as_posix() for path in paths if not _belongs(path, names)]


def _belongs(path: Path, tables: set[str]) -> bool:
    if path.parts[0].startswith(".") or path.as_posix() == MANIFEST or path.stem == "README":
        return True
    is_sheet = len(path.parts) == 1 and path.suffix == ".csv" and path.stem in tables
    return is_sheet or (len(path.parts) > 1 and path.suffix == ".md" and path.parts[0] in tables)


class TablesPack:
    """A pack that a converter has made."""

    def __init__(self, manifest: Mapping[str, Any], place: str = MANIFEST) -> None:
        self._manifest = RawRow(COLLECTION, place, dict(manifest))
        self._rows: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        self._unreadable: dict[str, list[UnreadableFile]] = defaultdict(list)
        self.notes: list[str] = []

    def add(self, table: str, place: str, values: Mapping[str, Any]) -> None:
        """A row of the table with this name; `place` says where in the source it stands."""
        self._rows[table].append((place, dict(values)))

    def refuse(self, table: str, error: UnreadableFile) -> None:
        """Something in the source that could not be made into a row of this table."""
        self._unreadable[table].append(error)

    def manifest(self) -> RawRow:
        return self._manifest

    def rows(self, table: Table) -> Iterator[RawRow | UnreadableFile]:
        yield from self._unreadable[table.name]
        for place, values in self._rows[table.name]:
            yield RawRow(table, place, dict(values))

    def strays(self, tables: Sequence[Table]) -> list[str]:
        return sorted(self._rows.keys() - {table.name for table in tables})


@contextmanager
def opened(path: Path) -> Iterator[FolderPack]:
    """The pack at `path`: a folder, or a zip of one, which is unpacked for as long as it is read.

    :raises Unreadable: if it is neither, or a zip that is broken or too large.
    """
    if not path.exists():
        raise UnreadableFile(path.name, "is not there")
    if path.is_dir():
        yield FolderPack(path)
        return
    with temporary_folder() as unpacked:
        try:
            with ZipFile(path) as archive:
                _unpack(archive, archive.infolist(), unpacked)
        except UNSOUND as error:
            if is_disk_full(error):
                raise
            raise UnreadableFile(
                path.name, "neither a folder nor a sound zip; zip the folder again"
            ) from error
        yield FolderPack(_top(unpacked))


def _unpack(archive: ZipFile, members: Iterable[ZipInfo], folder: Path) -> None:
    """Write the files, counting what is really unpacked.

    What a zip says of its sizes need not be true.
    """
    left = UNPACKED
    for number, member in enumerate(members, start=1):
        if number > FILES:
            raise UnreadableFile(member.filename, f"more than {FILES:,} files")
        if member.is_dir():
            continue
        path = folder / _safe(member)
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as packed, path.open("xb") as file:
            while piece := packed.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise UnreadableFile(
                        member.filename, f"more than {UNPACKED // 1024**2} MB unpacked"
                    )
                file.write(piece)


def _safe(member: ZipInfo) -> PurePosixPath:
    name = PurePosixPath(member.filename)
    if (
        name.is_absolute()
        or ".." in name.parts
        or "\\" in member.filename
        or stat.S_ISLNK(member.external_attr >> 16)
    ):
        raise UnreadableFile(member.filename, "leads out of the pack")
    return name


def _top(folder: Path) -> Path:
    """The folder itself, or the only one in it: how most programs zip a folder."""
    inner = [path for path in folder.iterdir() if path.name != "__MACOSX"]
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else folder
