"""What has changed, the newest first: a page for readers and a feed for those who follow."""

import re
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format

from content.models import SearchEntry
from content.pages import public_page
from content.pagination import BoundedPaginator
from tpm_portal.forms import kinds

PAGE_SIZE = 50
FEED_SIZE = 50
#: Characters that XML has no way to write.
unwritable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@public_page(params=("kind", "page"))
def changes(request: HttpRequest) -> HttpResponse:
    names = dict(kinds())
    kind = request.GET.get("kind", "")
    chosen = kind if kind in names else ""
    entries = newest().filter(kind=chosen) if chosen else newest()
    page = BoundedPaginator(entries, PAGE_SIZE).get_page(request.GET.get("page", 1))
    return render(request, "tpm_portal/changes.html", {"page": page, "kinds": names.items(), "chosen": chosen})


@public_page()
def changes_feed(request: HttpRequest) -> HttpResponse:
    return ChangesFeed()(request)


def newest() -> QuerySet[SearchEntry]:
    """All that is published, by the time of its last change."""
    return SearchEntry.objects.select_related("collection").order_by("-changed_at", "-id")


class ChangesFeed(Feed):
    """The last changes as Atom. A change of the same thing is the same entry, updated."""

    feed_type = Atom1Feed
    link = reverse_lazy("changes")
    feed_url = reverse_lazy("changes_feed")
    title = "TPM Portal: changes"
    subtitle = "Roles, skills, ladders, interview questions and guides that were added or changed."

    def items(self) -> QuerySet[SearchEntry]:
        return newest()[:FEED_SIZE]

    def item_title(self, item: Any) -> str:
        return unwritable.sub("", item.title)

    def item_link(self, item: SearchEntry) -> str:
        return item.url

    def item_description(self, item: Any) -> str:
        note = f"{date_format(item.noted_on, 'j F Y')}: {item.change_note}" if item.change_note else item.summary
        return unwritable.sub("", note)

    def item_updateddate(self, item: SearchEntry) -> datetime:
        return item.changed_at

    def item_categories(self, item: SearchEntry) -> list[str]:
        return [item.kind]

    def item_author_name(self, item: SearchEntry) -> str:
        return unwritable.sub("", item.collection.publisher)

    def item_copyright(self, item: SearchEntry) -> str:
        return unwritable.sub("", item.collection.licence)
