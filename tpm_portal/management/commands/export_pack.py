"""Writes a collection as a pack: `manage.py export_pack COLLECTION OUT`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.models import Collection
from interchange.packs import TABLES
from packs.archives import write_folder, write_zip
from packs.exporting import export_files


class Command(BaseCommand):
    """Write every table of one collection."""

    help = (
        "Writes a collection as a pack, drafts included, which `load_pack` reads back with nothing "
        "lost."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("collection", help="The slug of the collection.")
        parser.add_argument("out", type=Path, help="A new folder, or a file that ends in .zip.")
        parser.add_argument(
            "--published", action="store_true", help="Leave out what is not published."
        )

    def handle(
        self, *args: Any, collection: str, out: Path, published: bool, **options: Any
    ) -> None:
        found = Collection.objects.filter(slug=collection).first()
        if found is None:
            known = ", ".join(Collection.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no collection “{collection}”. There are: {known}.")
        files = export_files(found, TABLES, drafts=not published)
        try:
            write_zip(files, out) if out.suffix == ".zip" else write_folder(files, out)
        except FileExistsError as error:
            raise CommandError(f"{out} holds something already; name a new folder.") from error
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        if options["verbosity"]:
            self.stdout.write(f"{len(files)} files written to {out}.")
