"""Recomputes which rows visitors may see: `manage.py recompute_visibility`."""

from django.core.management.base import BaseCommand

from content.text import number_with_noun
from content.visibility import recompute_visibility


class Command(BaseCommand):
    help = (
        "Recomputes which rows visitors may see. Required only after changes outside the portal, "
        "for example by SQL."
    )

    def handle(self, *args: str, **options: object) -> None:
        rows = number_with_noun(recompute_visibility(), "row")
        self.stdout.write(f"Corrected {rows} that did not agree with the rows they belong to.")
