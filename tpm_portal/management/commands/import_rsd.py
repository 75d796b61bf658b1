"""Loads rich skill descriptors.

Use: `manage.py import_rsd PATH [--collection SLUG] [--author NAME] [--dry-run]`.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content import Untyped
from content.former_spellings import NAMES
from packs.sources import Pack
from rsd.reader import read_descriptors
from tpm_portal.pack_commands import LoadingCommand

#: Options that describe a new collection. Those of an existing one do not change.
COLLECTION_OPTIONS = {
    "title": "The title of the collection.",
    "publisher": "Who publishes the descriptors.",
    "license": "Their license, an SPDX identifier or its name.",
    "attribution": "The attribution to show with them.",
}


class Command(LoadingCommand):
    help = (
        "Loads rich skill descriptors (RSD) as skills. By default, nothing is deleted and nothing "
        "that was edited here is overwritten."
    )
    path_help = "The descriptors: a CSV table with old or new column names, or JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--collection", default="", help="The slug of a new or existing collection."
        )
        parser.add_argument(
            "--author", default="", help="The author of descriptors that do not name one."
        )
        for name, meaning in COLLECTION_OPTIONS.items():
            former = [f"--{old}" for old, current in NAMES.items() if current == name]
            parser.add_argument(f"--{name}", *former, default="", help=meaning)

    @contextmanager
    def opened(self, path: Path, **options: Untyped) -> Iterator[Pack]:
        metadata = {name: options[name] for name in COLLECTION_OPTIONS if options[name]}
        yield read_descriptors(path, options["collection"], options["author"], **metadata)
