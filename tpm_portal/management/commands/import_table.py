"""Imports files of other publishers through a mapping; see docs/mapping.md.

Use: `manage.py import_table MAPPING SOURCE [--dry-run] [--set key=value]`.
"""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interchange.packs import TABLES
from mapping.converter import convert
from mapping.parser import read_mapping
from packs.sources import TablesPack
from tpm_portal.forms import MAPPINGS
from tpm_portal.importers import open_source
from tpm_portal.pack_commands import LoadingCommand


class Command(LoadingCommand):
    help = (
        "Loads tables, workbooks and other files, using a mapping from their columns to the "
        "portal's fields."
    )
    path_help = "What the mapping reads: a file, a folder, or a zip of one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        shipped_names = ", ".join(sorted(path.stem for path in MAPPINGS.glob("*.yml")))
        parser.add_argument(
            "mapping",
            help=f"The mapping: a YAML file, or the name of an included one: {shipped_names}.",
        )
        super().add_arguments(parser)
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            type=_parse_override,
            metavar="KEY=VALUE",
            dest="overrides",
            help=("A collection value that replaces the one in the mapping, such as id=mine."),
        )

    @contextmanager
    def opened(self, path: Path, **options: Any) -> Iterator[TablesPack]:
        """The pack that the mapping makes of the files at a path.

        :raises UnreadableFile: if the mapping or the path cannot be read.
        """
        mapping_path = _find_mapping(options["mapping"])
        mapping = read_mapping(mapping_path, TABLES, dict(options["overrides"]))
        with open_source(path) as source:
            yield convert(mapping, source)


def _find_mapping(name: str) -> Path:
    """The path of the mapping with this name that ships with the portal, or else of this file."""
    shipped = MAPPINGS / f"{name}.yml"
    # A path such as ../other is not the name of one that ships.
    if name == shipped.stem and shipped.exists():
        return shipped
    return Path(name)


def _parse_override(argument: str) -> tuple[str, str]:
    """
    :raises ArgumentTypeError: if the argument is not of the form ``key=value``.
    """
    key, separator, value = argument.partition("=")
    if not separator:
        raise ArgumentTypeError("expected KEY=VALUE")
    return key, value
