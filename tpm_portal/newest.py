"""What is new on the site.

It is what somebody wrote, and what imports have brought, each import as one change.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet

from content.models import Collection, ContentImport
from content.pagination import COUNTED
from search.index import kind_labels
from search.models import SearchEntry

IMPORT = "import"
#: Imports that are told of, the last ones.
IMPORTS = 100


@dataclass(frozen=True)
class Change:
    """One change, as a page or a feed shows it."""

    kind: str
    title: str
    url: str
    changed_at: datetime
    note: str
    noted_on: date | None
    summary: str
    collection: Collection

    @property
    def kind_name(self) -> str:
        """What a thing of this kind is called."""
        return kind_labels().get(self.kind, self.kind)

    @property
    def is_import(self) -> bool:
        """Whether an import has brought it."""
        return self.kind == IMPORT


class Changes:
    """The changes of what is published, the newest first, to be counted and cut into pages.

    :param kind: the kind of thing that is wanted; empty for all, imports included.
    """

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

    def count(self) -> int:
        """How many there are, up to `COUNTED` and the imports. Two queries."""
        return self._entries.order_by()[:COUNTED].count() + len(self._imports)

    def __getitem__(self, part: slice) -> list[Change]:
        """The changes from one number up to another. Two queries, whatever comes before.

        At most all imports come before the first of them, so entries are read from so much earlier
        on.
        """
        start, stop = part.start or 0, part.stop
        first = max(start - len(self._imports), 0)
        written = list(map(_written, self._entries[first:stop]))
        imports = self._imports
        if first:
            imports = [
                change
                for change in imports
                if written and change.changed_at <= written[0].changed_at
            ]
        before = first + len(self._imports) - len(imports)
        merged = sorted([*written, *imports], key=lambda change: change.changed_at, reverse=True)
        return merged[start - before : stop - before]

    @property
    def _entries(self) -> QuerySet[SearchEntry]:
        dated = SearchEntry.objects.filter(
            changed_at__isnull=False, **{"kind": self.kind} if self.kind else {}
        )
        return dated.select_related("collection").order_by("-changed_at", "-id")

    @cached_property
    def _imports(self) -> list[Change]:
        if self.kind:
            return []
        public = ContentImport.objects.filter(collection__in=Collection.objects.published())
        return [_imported(row) for row in public.select_related("collection")[:IMPORTS]]


def _written(entry: SearchEntry) -> Change:
    assert entry.changed_at is not None
    return Change(
        entry.kind,
        entry.title,
        entry.url,
        entry.changed_at,
        entry.change_note,
        entry.noted_on,
        entry.summary,
        entry.collection,
    )


def _imported(row: ContentImport) -> Change:
    url = f"{row.collection.get_absolute_url()}#import-{row.pk}"
    return Change(IMPORT, str(row), url, row.imported_at, row.note, None, "", row.collection)
