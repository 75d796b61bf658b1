"""Writes the search index anew from what is published."""

from typing import Any

from django.core.management.base import BaseCommand

from content.models import SearchEntry
from content.search_index import rebuild_all


class Command(BaseCommand):
    """See `content.search_index.rebuild_all`."""

    help = "Writes the search index anew. Only needed after changes made past the portal, e.g. by SQL."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild_all()
        self.stdout.write(f"{SearchEntry.objects.count()} entries written.")
