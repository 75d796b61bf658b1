"""The filters of the question bank and of its files."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.core.paginator import Page
from django.db.models import CharField, F, OrderBy, QuerySet, Value
from django.db.models.functions import Cast, Concat

from content.choices import KeyChoiceField, RenamedChoiceField, SmallModelChoiceField
from content.lists import BoundedPaginator, FilterForm, count_by_value
from content.numbers import WholeNumberField
from interviews.models import AnswerFramework, AskedBy, Probe, Question, QuestionSkill
from interviews.models.questions import QuestionQuerySet
from interviews.questions_for_role import (
    QuestionGroup,
    QuestionsForRole,
    QuestionsForRolePaginator,
)
from ladders.models import Band
from roles.models import Role
from skills.models import Skill

SORTS = [("minutes", "Shortest first"), ("band", "Lowest band first"), ("new", "Newest first")]
#: The count of each value of a field, as `count_by_value` returns it. Its shape is not a model.
Counts = QuerySet[Any]


class QuestionFilterForm(FilterForm):
    """Filters and orders questions."""

    skill = KeyChoiceField(
        Skill.objects.published(), required=False, label="Skill", empty_label="Any skill"
    )
    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    band = SmallModelChoiceField(Band.objects.all(), empty_label="Any band")
    kind = RenamedChoiceField(required=False, choices=[("", "All kinds"), *Question.Kind.choices])
    audience = forms.ChoiceField(
        required=False, label="Asked by", choices=[("", "Anyone"), *AskedBy.choices]
    )
    framework = KeyChoiceField(
        AnswerFramework.objects.published(),
        required=False,
        label="Answer framework",
        empty_label="Any framework",
    )
    minutes = WholeNumberField(required=False, label="Maximum minutes", min_value=1, max_value=600)
    sort = forms.ChoiceField(required=False, label="Order", choices=[("", "By title"), *SORTS])

    search_columns = ("title", "prompt", "summary")
    exact_fields = ("kind", "audience")
    default_order: ClassVar[Sequence[str]] = ("title", "id")
    orders: ClassVar[Mapping[str, tuple[str | OrderBy, ...]]] = {
        "minutes": (F("minutes").asc(nulls_last=True), "title", "id"),
        "band": (F("band_from__position").asc(nulls_first=True), "title", "id"),
        "new": ("-published_at", "-id"),
    }

    @classmethod
    def facet_fields(cls) -> tuple[str, ...]:
        return (*cls.exact_fields, "skill", "role", "band", "framework")

    def filter(self, rows: QuerySet[Question]) -> QuestionQuerySet:
        questions = cast(QuestionQuerySet, super().filter(rows))
        chosen = self.active_filters
        if "skill" in chosen:
            tests = QuestionSkill.objects.filter(skill=chosen["skill"]).published()
            questions = questions.filter(pk__in=tests.values("question"))
        if "role" in chosen:
            questions = questions.for_role(chosen["role"])
        if "band" in chosen:
            questions = questions.for_band(chosen["band"])
        if "framework" in chosen:
            probes = Probe.objects.filter(step__framework=chosen["framework"]).published()
            questions = questions.filter(pk__in=probes.values("question"))
        if "minutes" in chosen:
            questions = questions.filter(minutes__lte=chosen["minutes"])
        if "sort" in chosen:
            questions = questions.order_by(*self.orders[chosen["sort"]])
        return questions

    def paginator(self, rows: QuerySet[Question]) -> BoundedPaginator:
        """The pages of the filtered questions; those made for the chosen role come first."""
        role = self.active_filters.get("role")
        if role is None:
            return super().paginator(rows)
        for_other_filters = cast(QuestionQuerySet, self.filtered_without("role", rows))
        order = self.orders.get(self.active_filters.get("sort", ""), self.default_order)
        questions = QuestionsForRole(for_other_filters, role, order)
        return QuestionsForRolePaginator(questions, self.page_size)

    def groups(self, page: Page) -> list[QuestionGroup]:
        """The questions of a page under their headings; without a role, in one group."""
        questions = list(page)
        if isinstance(page.paginator, QuestionsForRolePaginator):
            return page.paginator.object_list.groups(questions)
        return [QuestionGroup("", questions)] if questions else []

    def count_query(self, name: str, left: QuerySet[Question]) -> Counts:
        question_ids = left.order_by().values("pk")
        match name:
            case "skill":
                tests = QuestionSkill.objects.filter(question__in=question_ids).published()
                return count_by_value(name, tests, "skill", "question")
            case "framework":
                probes = Probe.objects.filter(question__in=question_ids).published()
                return count_by_value(name, probes, "step__framework", "question")
            case "role":
                return count_by_value(name, left, "roles")
            case "band":
                # The database counts pairs of bands, which are few. `_questions_per_band` adds up
                # those that contain a band.
                lowest, highest = Cast("band_from", CharField()), Cast("band_to", CharField())
                return count_by_value(name, left, Concat(lowest, Value("-"), highest))
            case _:
                return super().count_query(name, left)

    def counts_by_choice(self, name: str, numbers: dict[str, int]) -> Mapping[str, int | str]:
        rows = list(cast(SmallModelChoiceField, self.fields[name]).rows.values())
        if name == "role":
            return _questions_per_role(rows, numbers)
        if name == "band":
            return _questions_per_band(rows, numbers)
        return numbers


def _questions_per_role(roles: list[Role], numbers: Mapping[str, int]) -> dict[str, str]:
    """How many questions are made for each role, and how many are for any role, in words."""
    for_any_role = numbers.get("None", 0)
    others = f" + {for_any_role} for any role" if for_any_role else ""
    return {str(role.pk): f"{numbers.get(str(role.pk), 0)}{others}" for role in roles}


def _questions_per_band(bands: list[Band], numbers: Mapping[str, int]) -> dict[str, int]:
    """How many questions are asked at each band, by the primary key of the band.

    :param bands: all, the lowest first.
    :param numbers: how many questions there are for each pair of primary keys of the lowest and
        the highest band. Either is empty where a question names no limit.
    """
    indexes = {str(band.pk): index for index, band in enumerate(bands)}
    totals = [0] * len(bands)
    for pair, number in numbers.items():
        lowest, highest = pair.split("-")
        first = indexes.get(lowest, 0)
        last = indexes.get(highest, len(bands) - 1)
        for index in range(first, last + 1):
            totals[index] += number
    return {str(band.pk): total for band, total in zip(bands, totals, strict=True)}
