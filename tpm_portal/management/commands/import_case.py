"""Loads a CASE package.

Use: `manage.py import_case PATH [--collection SLUG] [--dry-run] [--report json]`.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content import Untyped
from interchange.case.reader import read_case
from packs.sources import Pack
from tpm_portal.pack_commands import LoadingCommand


class Command(LoadingCommand):
    help = (
        "Loads a CASE package, version 1.0 or 1.1. By default, nothing is deleted and nothing that "
        "was edited here is overwritten."
    )
    path_help = "The package: JSON, or a table (CSV) or workbook (XLSX) from OpenSALT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--collection",
            default="",
            help="The slug of the collection; generated from the title if not given.",
        )

    @contextmanager
    def opened(self, path: Path, **options: Untyped) -> Iterator[Pack]:
        yield read_case(path, options["collection"])
