"""Rebuilds the search index: `manage.py rebuild_search`."""

from django.core.management.base import BaseCommand

from content.text import number_with_noun
from search.index import rebuild_all
from search.models import SearchEntry
from search.tables import create_search_parts, missing_search_parts


class Command(BaseCommand):
    help = (
        "Rebuilds the search index. Required only after changes outside the portal, for example "
        "by SQL."
    )
    # The check of the schema would refuse a database that lacks the tables created here.
    requires_system_checks: list[str] = []

    def handle(self, *args: str, **options: object) -> None:
        missing = missing_search_parts()
        if missing:
            create_search_parts()
            self.stdout.write(f"Made anew: {', '.join(missing)}.")
        rebuild_all()
        written = number_with_noun(SearchEntry.objects.count(), "entry", "entries")
        self.stdout.write(f"Wrote {written}.")
