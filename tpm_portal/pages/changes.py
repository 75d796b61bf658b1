"""What has changed, newest first: a page for readers and an Atom feed."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format

from content.lists import COUNTED, NearestPaginator
from content.models import Collection, ContentImport
from content.pages import public_page
from search.index import kind_labels
from search.models import SearchEntry
from tpm_portal.pages.search import kinds

#: The kind of a change that is an import.
IMPORT = "import"
#: How many imports are shown, the last ones.
MAX_IMPORTS = 100
PAGE_SIZE = 50
FEED_SIZE = 50
#: Characters that XML cannot represent.
not_in_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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


class Changes:
    """The changes of what is published, newest first, to be counted and divided into pages.

    :param kind: the kind of the changed rows; empty for all, imports included.
    """

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

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


@public_page(params=("kind", "page"))
def changes(request: HttpRequest) -> HttpResponse:
    names = dict(kinds())
    kind = request.GET.get("kind", "")
    chosen = kind if kind in names else ""
    paginator = NearestPaginator(Changes(chosen), PAGE_SIZE)  # type: ignore[arg-type]
    page = paginator.get_page(request.GET.get("page", 1))
    context = {"page": page, "kinds": names.items(), "chosen": chosen}
    return render(request, "tpm_portal/changes.html", context)


@public_page()
def changes_feed(request: HttpRequest) -> HttpResponse:
    return ChangesFeed()(request)


class ChangesFeed(Feed):
    """The last changes as Atom. A later change of the same row updates its entry."""

    feed_type = Atom1Feed
    link = reverse_lazy("changes")
    feed_url = reverse_lazy("changes_feed")
    title = "TPM Portal: changes"
    subtitle = "Roles, skills, ladders, interview questions and guides that were added or changed."

    def items(self) -> list[Change]:
        return Changes()[:FEED_SIZE]

    def item_title(self, item: Change) -> str:
        return not_in_xml.sub("", item.title)

    def item_link(self, item: Change) -> str:
        return item.url

    def item_description(self, item: Change) -> str:
        description = item.note or item.summary
        if item.noted_on:
            description = f"{date_format(item.noted_on, 'j F Y')}: {item.note}"
        return not_in_xml.sub("", description)

    def item_updateddate(self, item: Change) -> datetime:
        return item.changed_at

    def item_categories(self, item: Change) -> list[str]:
        return [item.kind]

    def item_author_name(self, item: Change) -> str:
        return not_in_xml.sub("", item.collection.publisher)

    def item_copyright(self, item: Change) -> str:
        return not_in_xml.sub("", item.collection.licence)
