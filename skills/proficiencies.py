"""The rank of a proficiency on its scale, what it means, and what a skill looks like at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Protocol

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery, Value
from django.utils.html import format_html, format_html_join

from content.querysets import ContentQuerySet, PageRow
from skills.models import Indicator, Proficiency, Skill, SkillDescriptor

#: The kind of text that a descriptor is; the other kinds are those of indicators.
DESCRIPTOR = ""
TEXT_KINDS = [DESCRIPTOR, *Indicator.Kind.values]
COLUMNS = (
    "proficiency",
    "proficiency__position",
    "proficiency__title",
    "proficiency__summary",
    "rank",
    "scale_length",
    "text_kind",
    "text_position",
    "text_id",
    "text",
)
#: What skills look like at proficiencies as Markdown, by the primary keys of both. A requirement
#: without a proficiency has no descriptor.
Descriptors = Mapping[tuple[int, int | None], str]
#: One descriptor or indicator, by column.
TextRow = dict[str, Any]


def proficiency_ranks(path: str = "proficiency") -> dict[str, Subquery]:
    """Annotations that say that a proficiency is number `rank` of `scale_length`.

    :param path: the relation that leads from the annotated rows to a proficiency.
    """
    scale = Proficiency.objects.filter(scale=OuterRef(f"{path}__scale")).order_by().values("scale")
    lower = scale.filter(position__lte=OuterRef(f"{path}__position"))
    return {
        "rank": Subquery(lower.annotate(number=Count("pk")).values("number")),
        "scale_length": Subquery(scale.annotate(number=Count("pk")).values("number")),
    }


class HasProficiency(Protocol):
    """A row that may name a proficiency."""

    @property
    def proficiency(self) -> Proficiency | None:
        """The proficiency it names."""


class GradedSkill(HasProficiency, Protocol):
    """A skill at a proficiency, such as a requirement."""

    @property
    def skill(self) -> Skill:
        """The skill."""

    @property
    def rank(self) -> int | None:
        """The proficiency is number `rank` of `scale_length`, if that was read."""

    @property
    def scale_length(self) -> int | None:
        """The number of proficiencies of the scale, if that was read."""


def proficiency_legend(rows: Iterable[HasProficiency]) -> str:
    """What the titles of the proficiencies of these rows mean as HTML, the lowest first.

    It is empty if none of them is explained.
    """
    explained = {}
    for row in rows:
        proficiency = row.proficiency
        if proficiency and proficiency.summary:
            explained[proficiency.pk] = proficiency
    if not explained:
        return ""
    ordered = sorted(explained.values(), key=attrgetter("position", "pk"))
    terms = format_html_join("", "<dt>{}</dt><dd>{}</dd>", [(p.title, p.summary) for p in ordered])
    return format_html(
        '<details class="words"><summary>About the proficiencies</summary><dl>{}</dl></details>',
        terms,
    )


def load_descriptors(skills: Iterable[Skill], *pages: PageRow) -> Descriptors:
    """Read the descriptors of these skills that these pages show. One query.

    :param pages: rows with a page; see `ContentQuerySet.shown_on`.
    """
    rows = SkillDescriptor.objects.filter(skill__in=skills).shown_on(*pages)
    descriptors: dict[tuple[int, int | None], str] = {}
    for skill_id, proficiency_id, text in rows.values_list("skill", "proficiency", "text"):
        descriptors[skill_id, proficiency_id] = text
    return descriptors


@dataclass(frozen=True)
class IndicatorList:
    """The indicators of one kind, such as examples, as Markdown."""

    label: str
    texts: Sequence[str]


@dataclass(frozen=True)
class DescribedProficiency:
    """One proficiency of a skill with its descriptor and its indicators."""

    proficiency: Proficiency
    rank: int
    scale_length: int
    descriptor: str
    indicators: Sequence[IndicatorList]


def described_proficiencies(skill: Skill) -> list[DescribedProficiency]:
    """Return the proficiencies at which this skill is described, the lowest first.

    Takes one query.

    :param skill: a skill whose visibility the caller has checked.
    """
    descriptors = _text_rows(
        SkillDescriptor.objects.filter(skill=skill),
        skill,
        text_kind=Value(DESCRIPTOR),
        text_position=Value(0),
    )
    indicators = _text_rows(
        Indicator.objects.filter(skill=skill),
        skill,
        text_kind=F("kind"),
        text_position=F("position"),
    )
    rows = sorted(descriptors.union(indicators, all=True), key=_reading_order)
    described = []
    for _, rows_of_proficiency in groupby(rows, key=itemgetter("proficiency")):
        described.append(_described(list(rows_of_proficiency)))
    return described


def _text_rows(
    rows: ContentQuerySet, skill: Skill, **columns: F | Value
) -> QuerySet[Model, TextRow]:
    visible = rows.shown_on(skill).order_by()
    return visible.annotate(**proficiency_ranks(), text_id=F("pk"), **columns).values(*COLUMNS)


def _reading_order(row: TextRow) -> tuple[int, ...]:
    return (
        row["proficiency__position"],
        row["proficiency"],
        TEXT_KINDS.index(row["text_kind"]),
        row["text_position"],
        row["text_id"],
    )


def _described(rows: Sequence[TextRow]) -> DescribedProficiency:
    first = rows[0]
    proficiency = Proficiency(
        pk=first["proficiency"],
        title=first["proficiency__title"],
        position=first["proficiency__position"],
        summary=first["proficiency__summary"],
    )
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(row["text_kind"], []).append(row["text"])
    descriptor = "".join(texts.pop(DESCRIPTOR, []))
    indicators = []
    for kind, texts_of_kind in texts.items():
        indicators.append(IndicatorList(Indicator.Kind(kind).label, texts_of_kind))
    return DescribedProficiency(
        proficiency, first["rank"], first["scale_length"], descriptor, indicators
    )
