"""Writes a collection as a pack: `manage.py export_pack COLLECTION OUT`."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from content.models import Collection
from content.text import number_with_noun
from file_formats.archives import write_folder, write_zip
from interchange.packs import TABLES
from packs.exporting import export_files


class Command(BaseCommand):
    """Writes every table of one collection to a folder or a zip."""

    help = (
        "Exports a collection as a pack, drafts included, which `load_pack` can load without loss."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("collection", help="The slug of the collection.")
        parser.add_argument("out", type=Path, help="A new folder, or a file that ends in .zip.")
        parser.add_argument("--published", action="store_true", help="Omit unpublished content.")

    def handle(
        self, *args: str, collection: str, out: Path, published: bool, **options: object
    ) -> None:
        row = Collection.objects.filter(slug=collection).first()
        if row is None:
            slugs = ", ".join(Collection.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no collection “{collection}”. There are: {slugs}.")
        files = export_files(row, TABLES, drafts=not published)
        write = write_zip if out.suffix == ".zip" else write_folder
        try:
            write(files, out)
        except FileExistsError as error:
            raise CommandError(f"{out} is not empty; name a new folder.") from error
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        if options["verbosity"]:
            self.stdout.write(f"Wrote {number_with_noun(len(files), 'file')} to {out}.")
