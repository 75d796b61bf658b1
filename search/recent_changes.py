"""What has changed on the site, newest first: rows that someone wrote, and imports."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

from django.db.models import QuerySet

from content.lists import COUNTED
from content.models import Collection, ContentImport
from search.index import kind_labels
from search.models import SearchEntry

#: The kind of a change that is an import.
IMPORT = "import"
#: How many imports are shown, the last ones.
MAX_IMPORTS = 100


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

    @classmethod
    def of_entry(cls, entry: SearchEntry) -> "Change":
        """The last change of an entry that has a date of change."""
        assert entry.changed_at is not None
        return cls(
            kind=entry.kind,
            title=entry.title,
            url=entry.url,
            changed_at=entry.changed_at,
            note=entry.change_note,
            noted_on=entry.noted_on,
            summary=entry.summary,
            collection=entry.collection,
        )

    @classmethod
    def of_import(cls, row: ContentImport) -> "Change":
        """The import of a collection."""
        return cls(
            kind=IMPORT,
            title=str(row),
            url=f"{row.collection.get_absolute_url()}#import-{row.pk}",
            changed_at=row.imported_at,
            note=row.note,
            noted_on=None,
            summary="",
            collection=row.collection,
        )

    @property
    def kind_name(self) -> str:
        """The name of the kind for readers."""
        return kind_labels().get(self.kind, self.kind)

    @property
    def source(self) -> str:
        """The title of the collection, if it is not the portal's own and not the title itself."""
        if self.kind == IMPORT or self.collection.is_home:
            return ""
        return self.collection.title


@dataclass
class Changes:
    """The changes of what is published, newest first, to be counted and divided into pages."""

    #: The kind of the changed rows; empty for all, imports included.
    kind: str = ""

    def count(self) -> int:
        """How many changes there are, up to `COUNTED` and the imports. Takes two queries."""
        return self._entries.order_by()[:COUNTED].count() + len(self._imports)

    def __getitem__(self, part: slice) -> list[Change]:
        """The changes from one index up to another. Takes two queries, whatever comes before.

        All imports may come before the first of these changes, so the entries are read from an
        index that is smaller by their number.
        """
        start, stop = part.start or 0, part.stop
        first = max(start - len(self._imports), 0)
        changes = [Change.of_entry(entry) for entry in self._entries[first:stop]]
        imports = self._imports
        if first:
            newest = changes[0].changed_at if changes else None
            imports = [change for change in imports if newest and change.changed_at <= newest]
        # Changes before the ones that were read: entries, and imports newer than the first of them.
        skipped = first + len(self._imports) - len(imports)
        changes = sorted([*changes, *imports], key=attrgetter("changed_at"), reverse=True)
        return changes[start - skipped : stop - skipped]

    @property
    def _entries(self) -> QuerySet[SearchEntry]:
        """The entries of the kind that a person has written, the last written first."""
        entries = SearchEntry.objects.filter(changed_at__isnull=False)
        if self.kind:
            entries = entries.filter(kind=self.kind)
        return entries.select_related("collection").order_by("-changed_at", "-id")

    @cached_property
    def _imports(self) -> list[Change]:
        """The last imports of public collections; none if one kind of rows is requested."""
        if self.kind:
            return []
        collections = Collection.objects.published()
        imports = ContentImport.objects.for_readers().filter(collection__in=collections)
        return [Change.of_import(row) for row in imports.select_related("collection")[:MAX_IMPORTS]]
