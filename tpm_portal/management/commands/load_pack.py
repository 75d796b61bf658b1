"""Loads a pack: `manage.py load_pack PATH [--dry-run] [--report json]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from content.packs.reading import Unreadable
from content.packs.sources import opened
from tpm_portal.management.loading import LoadingCommand


class Command(LoadingCommand):
    """Load a folder, or a zip of one."""

    help = "Loads a content pack. Nothing is deleted, nothing that was edited here is overwritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="The pack: a folder, or a zip of one.")
        super().add_arguments(parser)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            with opened(path) as pack:
                self.load(pack, options)
        except Unreadable as error:
            raise CommandError(str(error)) from error
