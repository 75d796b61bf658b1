"""Loads tables of others through a mapping: `manage.py import_table MAPPING SOURCE [--dry-run] [--set key=value]`."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from django.core.management.base import CommandError

from content.packs.mapping.converting import converted
from content.packs.mapping.language import read_mapping
from content.packs.reading import Unreadable
from content.packs.sources import opened
from tpm_portal.management.loading import LoadingCommand
from tpm_portal.packs import TABLES

MAPPINGS = Path(__file__).resolve().parents[2] / "mappings"


class Command(LoadingCommand):
    """Make a pack of tables, then load it."""

    help = "Loads CSV tables, workbooks and other files through a mapping from their columns to the portal's fields."

    def add_arguments(self, parser: ArgumentParser) -> None:
        shipped = ", ".join(sorted(path.stem for path in MAPPINGS.glob("*.yml")))
        parser.add_argument("mapping", help=f"The mapping: a YAML file, or the name of one that ships: {shipped}.")
        parser.add_argument("source", type=Path, help="What it reads: a file, a folder, or a zip of one.")
        parser.add_argument(
            "--set", action="append", default=[], type=_pair, metavar="KEY=VALUE", dest="said",
            help="A value of the collection that counts instead of the mapping's own, e.g. id=mine.",
        )  # fmt: skip
        super().add_arguments(parser)

    def handle(self, *args: Any, mapping: str, source: Path, said: list[tuple[str, str]], **options: Any) -> None:
        try:
            read = read_mapping(_mapping(mapping), TABLES, dict(said))
            with _opened(source) as folder:
                pack = converted(read, folder)
            self.load(pack, options, pack.notes)
        except Unreadable as error:
            raise CommandError(str(error)) from error


def _mapping(name: str) -> Path:
    """The file with this name, else the mapping that ships under it."""
    shipped = MAPPINGS / f"{name}.yml"
    return shipped if name == shipped.stem and shipped.exists() else Path(name)


@contextmanager
def _opened(source: Path) -> Iterator[Path]:
    """The file or the folder itself; of a zip that is no workbook, what it holds."""
    if not source.exists():
        raise Unreadable(source.name, "is not there")
    if source.is_file() and source.suffix.lower() == ".zip" and is_zipfile(source):
        with opened(source) as unpacked:
            yield unpacked.folder
    else:
        yield source


def _pair(written: str) -> tuple[str, str]:
    key, separator, value = written.partition("=")
    if not separator:
        raise ArgumentTypeError("expected KEY=VALUE")
    return key, value
