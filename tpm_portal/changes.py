"""What has changed, the newest first: a page for readers and a feed for those who follow."""

import re
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format

from content.pages import public_page
from content.pagination import NearestPaginator
from tpm_portal.forms import kinds
from tpm_portal.newest import Change, Changes

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
