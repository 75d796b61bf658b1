"""What has changed, newest first: a page for readers and an Atom feed."""

import re
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format

from content.lists import NearestPaginator
from content.pages import public_page
from search.recent_changes import Change, Changes
from search.search_page import kinds

PAGE_SIZE = 50
FEED_SIZE = 50
#: Characters that XML cannot represent.
not_in_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@public_page(params=("kind", "page"))
def changes(request: HttpRequest) -> HttpResponse:
    """The list of changes, all or of one kind; an unknown kind counts as none."""
    names = dict(kinds())
    kind = request.GET.get("kind", "")
    chosen = kind if kind in names else ""
    paginator = NearestPaginator(Changes(chosen), PAGE_SIZE)  # type: ignore[arg-type]
    page = paginator.get_page(request.GET.get("page", 1))
    context = {"page": page, "kinds": names.items(), "chosen": chosen}
    return render(request, "tpm_portal/changes.html", context)


@public_page()
def changes_feed(request: HttpRequest) -> HttpResponse:
    """The last changes of all kinds for feed readers."""
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
            description = f"{date_format(item.noted_on, 'F j, Y')}: {item.note}"
        return not_in_xml.sub("", description)

    def item_updateddate(self, item: Change) -> datetime:
        return item.changed_at

    def item_categories(self, item: Change) -> list[str]:
        return [item.kind]

    def item_author_name(self, item: Change) -> str:
        return not_in_xml.sub("", item.collection.publisher)

    def item_copyright(self, item: Change) -> str:
        return not_in_xml.sub("", item.collection.license)
