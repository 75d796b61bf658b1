"""The sitemap: every published page, from the querysets of the pages themselves."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time

from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from content.base_models import ContentModel
from content.pages import public_page
from content.visibility import models_in_order

#: From this number of pages on, the sitemap is an index of parts with so many pages each. The
#: protocol (sitemaps.org) allows ten times as many, but a part should be quick to make.
PART_SIZE = 5_000


def page_models() -> list[type[ContentModel]]:
    """The models whose rows have their own page."""
    return [model for model in models_in_order() if hasattr(model, "get_absolute_url")]


def page_names() -> Iterator[str]:
    """The names of the public pages without arguments, in the order of the URL configuration.

    Downloads and pages declared with ``in_sitemap=False`` are left out.
    """
    for name, view in _named_views(get_resolver().url_patterns):
        if getattr(view, "in_sitemap", False) and _path(name).endswith("/"):
            yield name


def _named_views(
    patterns: Sequence[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, Callable[..., object]]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _named_views(pattern.url_patterns, namespace + inner)


def _path(name: str) -> str:
    """The path of a view; empty if it needs arguments."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class PageSitemap(Sitemap):
    """The first page, the lists and the tools."""

    def items(self) -> list[str]:
        return list(page_names())

    def location(self, item: str) -> str:
        return reverse(item)


class RowSitemap(Sitemap):
    """Published rows of one model.

    :param rows: a queryset of all of them, or the rows if they were read already.
    """

    limit = PART_SIZE

    def __init__(self, rows: QuerySet[ContentModel] | list[ContentModel]) -> None:
        self.rows = rows

    def items(self) -> QuerySet[ContentModel] | list[ContentModel]:
        return self.rows

    def lastmod(self, item: ContentModel) -> datetime | None:
        """When a person last wrote the row, as on its page; None if only imports have."""
        return item.changed_at

    def get_latest_lastmod(self) -> datetime | None:
        """The last change of any row, by a query; Django's own method would load every row."""
        assert isinstance(self.rows, QuerySet)
        fields = {field.name for field in self.rows.model._meta.fields}
        columns = fields & {"edited_at", "noted_on"}
        latest = self.rows.aggregate(**{column: Max(column) for column in columns})
        dates = [latest["edited_at"]]
        if latest.get("noted_on"):
            dates.append(datetime.combine(latest["noted_on"], time(), UTC))
        return max(filter(None, dates), default=None)


@public_page(params=("p",))
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """All pages in one file, or an index of parts if there are more than `PART_SIZE` rows.

    :param section: the part; its page is the parameter `p`. Without it, the whole sitemap.
    """
    sitemaps: dict[str, type[Sitemap] | Sitemap] = {"lists": PageSitemap()}
    querysets: dict[str, QuerySet[ContentModel]] = {}
    for model in page_models():
        name = str(model._meta.verbose_name_plural).replace(" ", "-")
        querysets[name] = model.objects.published().order_by("pk")
        sitemaps[name] = RowSitemap(querysets[name])
    if section:
        return views.sitemap(request, sitemaps, section).render()
    rows_by_section = {name: list(rows[: PART_SIZE + 1]) for name, rows in querysets.items()}
    if sum(map(len, rows_by_section.values())) > PART_SIZE:
        return views.index(request, sitemaps, sitemap_url_name="sitemap_part").render()
    for name, rows in rows_by_section.items():
        sitemaps[name] = RowSitemap(rows)
    return views.sitemap(request, sitemaps).render()
