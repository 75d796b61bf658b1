"""The sitemap: every published page, from the querysets that the pages themselves ask."""

from datetime import UTC, datetime, time
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from content.base_models import ContentModel
from content.models import Collection
from content.pages import public_page
from guides.models import Guide
from interviews.models import AnswerFramework, Question, QuestionSet
from ladders.models import Ladder, Level
from roles.models import Role
from skills.models import Skill

#: From here on the sitemap is an index of parts. The protocol allows ten times as many; a part
#: should be quick to make.
PART_SIZE = 5_000
MODELS: list[Any] = [
    Role,
    Skill,
    Ladder,
    Level,
    Question,
    QuestionSet,
    AnswerFramework,
    Guide,
    Collection,
]
LISTS = [
    "home",
    "roles:role_list",
    "roles:role_map",
    "skills:skill_list",
    "skills:skill_index",
    "ladders:ladder_list",
    "ladders:band_map",
    "ladders:assessment_choice",
    "interviews:interview_home",
    "interviews:question_list",
    "hiring:loop_builder",
    "interviews:practice",
    "hiring:calibration",
    "guides:guide_list",
    "changes",
]


class ListSitemap(Sitemap):
    """The first page and the lists."""

    def items(self) -> list[str]:
        return LISTS

    def location(self, item: str) -> str:
        return reverse(item)


class RowSitemap(Sitemap):
    """Published rows of one model: all of them, or at hand already."""

    limit = PART_SIZE

    def __init__(self, rows: "QuerySet[Any] | list[Any]") -> None:
        self.rows = rows

    def items(self) -> "QuerySet[Any] | list[Any]":
        return self.rows

    def lastmod(self, item: ContentModel) -> datetime | None:
        """As on the page: when somebody wrote it.

        What only imports have written has no such date.
        """
        return item.changed_at

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database; Django's own way would load every row."""
        names = {field.name for field in self.rows.model._meta.fields} & {"edited_at", "noted_on"}  # type: ignore[union-attr]
        latest = self.rows.aggregate(**{f"latest_{name}": Max(name) for name in names})  # type: ignore[union-attr]
        noted = latest.get("latest_noted_on")
        moments = latest["latest_edited_at"], noted and datetime.combine(noted, time(), UTC)
        return max(filter(None, moments), default=None)


@public_page(params=("p",))
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    rows = {_name(model): model.objects.published().order_by("pk") for model in MODELS}
    parts: dict[str, Any] = {"lists": ListSitemap()} | {
        name: RowSitemap(queryset) for name, queryset in rows.items()
    }
    if section:
        return views.sitemap(request, parts, section).render()
    first = {name: list(queryset[: PART_SIZE + 1]) for name, queryset in rows.items()}
    if sum(map(len, first.values())) > PART_SIZE:
        return views.index(request, parts, sitemap_url_name="sitemap_part").render()
    whole = {name: RowSitemap(found) for name, found in first.items()}
    return views.sitemap(request, parts | whole).render()


def _name(model: Any) -> str:
    return str(model._meta.verbose_name_plural).replace(" ", "-")
