"""Loads tables of others through a mapping.

Use: `manage.py import_table MAPPING SOURCE [--dry-run] [--set key=value]`.
"""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interchange.packs import TABLES
from mapping.converting import converted
from mapping.language import read_mapping
from packs.errors import UnreadableFile
from packs.sources import TablesPack, open_pack
from tpm_portal.pack_commands import LoadingCommand

MAPPINGS = Path(__file__).resolve().parents[2] / "mappings"


class Command(LoadingCommand):
    """Make a pack of a source, then validate everything and write all of it or nothing."""

    help = (
        "Loads tables, workbooks and other files through a mapping from their columns to the "
        "portal's fields."
    )
    path_help = "What the mapping reads: a file, a folder, or a zip of one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        shipped = ", ".join(sorted(path.stem for path in MAPPINGS.glob("*.yml")))
        parser.add_argument(
            "mapping", help=f"The mapping: a YAML file, or the name of one that ships: {shipped}."
        )
        super().add_arguments(parser)
        parser.add_argument(
            "--set", action="append", default=[], type=_pair, metavar="KEY=VALUE", dest="said",
            help=(
                "A value of the collection that counts instead of the mapping's own, e.g. id=mine."
            ),
        )  # fmt: skip

    @contextmanager
    def opened(self, path: Path, **options: Any) -> Iterator[TablesPack]:
        mapping = read_mapping(_mapping(options["mapping"]), TABLES, dict(options["said"]))
        with _opened(path) as source:
            yield converted(mapping, source)


def _mapping(name: str) -> Path:
    """The file with this name, else the mapping that ships under it."""
    shipped = MAPPINGS / f"{name}.yml"
    return shipped if name == shipped.stem and shipped.exists() else Path(name)


@contextmanager
def _opened(source: Path) -> Iterator[Path]:
    """The file or the folder itself; of a zip, the folder in it."""
    if not source.exists():
        raise UnreadableFile(source.name, "is not there")
    if source.suffix.lower() == ".zip":
        with open_pack(source) as unpacked:
            yield unpacked.folder
    else:
        yield source


def _pair(written: str) -> tuple[str, str]:
    key, separator, value = written.partition("=")
    if not separator:
        raise ArgumentTypeError("expected KEY=VALUE")
    return key, value
