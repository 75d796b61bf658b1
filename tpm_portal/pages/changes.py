"""What has changed, newest first: a page for readers and an Atom feed."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format

from content.models import Collection, ContentImport
from content.pages import public_page
from content.pagination import COUNTED, NearestPaginator
from search.index import kind_labels
from search.models import SearchEntry
from tpm_portal.pages.search import kinds

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
        public = ContentImport.objects.for_readers().filter(
            collection__in=Collection.objects.published()
        )
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


PAGE_SIZE = 50
FEED_SIZE = 50
#: Characters that XML has no way to write.
unwritable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@public_page(params=("kind", "page"))
def changes(request: HttpRequest) -> HttpResponse:
    names = dict(kinds())
    kind = request.GET.get("kind", "")
    chosen = kind if kind in names else ""
    page = NearestPaginator(Changes(chosen), PAGE_SIZE).get_page(request.GET.get("page", 1))  # type: ignore[arg-type]
    return render(
        request, "tpm_portal/changes.html", {"page": page, "kinds": names.items(), "chosen": chosen}
    )


@public_page()
def changes_feed(request: HttpRequest) -> HttpResponse:
    return ChangesFeed()(request)


class ChangesFeed(Feed):
    """The last changes as Atom. A change of the same thing is the same entry, updated."""

    feed_type = Atom1Feed
    link = reverse_lazy("changes")
    feed_url = reverse_lazy("changes_feed")
    title = "TPM Portal: changes"
    subtitle = "Roles, skills, ladders, interview questions and guides that were added or changed."

    def items(self) -> list[Change]:
        return Changes()[:FEED_SIZE]

    def item_title(self, item: Any) -> str:
        return unwritable.sub("", item.title)

    def item_link(self, item: Change) -> str:
        return item.url

    def item_description(self, item: Any) -> str:
        dated = (
            f"{date_format(item.noted_on, 'j F Y')}: {item.note}" if item.noted_on else item.note
        )
        return unwritable.sub("", dated or item.summary)

    def item_updateddate(self, item: Change) -> datetime:
        return item.changed_at

    def item_categories(self, item: Change) -> list[str]:
        return [item.kind]

    def item_author_name(self, item: Change) -> str:
        return unwritable.sub("", item.collection.publisher)

    def item_copyright(self, item: Change) -> str:
        return unwritable.sub("", item.collection.licence)
