"""The filters of the question bank and of its files."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from content.choices import KeyChoiceField, SmallModelChoiceField
from content.lists import FilterForm, count_by_value
from content.numbers import WholeNumberField
from interviews.models import AnswerFramework, AskedBy, Probe, Question, QuestionSkill
from ladders.models import Band
from roles.models import Role
from skills.models import Skill

SORTS = [("minutes", "Shortest first"), ("band", "Lowest band first"), ("new", "Newest first")]


class QuestionFilterForm(FilterForm):
    """By words, skill, role, band, kind, who asks, answer framework, and time.

    In several orders.
    """

    skill = KeyChoiceField(
        Skill.objects.published(), required=False, label="Tests", empty_label="Any skill"
    )
    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    band = SmallModelChoiceField(Band.objects.all(), empty_label="Any band")
    kind = forms.ChoiceField(required=False, choices=[("", "All kinds"), *Question.Kind.choices])
    audience = forms.ChoiceField(
        required=False, label="Asked by", choices=[("", "Anybody"), *AskedBy.choices]
    )
    framework = KeyChoiceField(
        AnswerFramework.objects.published(),
        required=False,
        label="Probed by the steps of",
        empty_label="Any framework",
    )
    minutes = WholeNumberField(required=False, label="At most, minutes", min_value=1, max_value=600)
    sort = forms.ChoiceField(
        required=False,
        label="Order",
        choices=[("", "By title"), *SORTS],
    )

    search_columns = ("title", "prompt", "summary")
    exact_fields = ("kind", "audience")
    orders: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        "minutes": (F("minutes").asc(nulls_last=True), "title", "id"),
        "band": (F("band_from__position").asc(nulls_first=True), "title", "id"),
        "new": ("-published_at", "-id"),
    }

    @classmethod
    def facet_fields(cls) -> tuple[str, ...]:
        return (*cls.exact_fields, "skill", "role", "band", "framework")

    def filter(self, rows: QuerySet[Question]) -> QuerySet[Question]:
        found: Any = super().filter(rows)
        chosen = self.active_filters
        if skill := chosen.get("skill"):
            found = found.filter(
                pk__in=QuestionSkill.objects.filter(skill=skill).published().values("question")
            )
        if role := chosen.get("role"):
            found = found.for_role(role)
        if band := chosen.get("band"):
            found = found.for_band(band)
        if framework := chosen.get("framework"):
            found = found.filter(
                pk__in=Probe.objects.filter(step__framework=framework)
                .published()
                .values("question")
            )
        if minutes := chosen.get("minutes"):
            found = found.filter(minutes__lte=minutes)
        return found.order_by(*self.orders[chosen["sort"]]) if "sort" in chosen else found

    def count_query(self, name: str, left: QuerySet[Any]) -> Any:
        match name:
            case "skill":
                return count_by_value(name, _parts_of(left, QuestionSkill), "skill", "question")
            case "framework":
                return count_by_value(name, _parts_of(left, Probe), "step__framework", "question")
            case "role":
                return count_by_value(name, left, "roles")
            case "band":
                # Few pairs stand for any number of questions; which bands lie between is told
                # afterwards.
                ends = (Cast(end, CharField()) for end in ("band_from", "band_to"))
                return count_by_value(name, left, Concat(next(ends), Value("-"), next(ends)))
            case _:
                return super().count_query(name, left)

    def counts_by_choice(self, name: str, numbers: dict[str, int]) -> Mapping[str, int]:
        field: Any = self.fields[name]
        rows = list(field.rows.values())
        if name == "role":
            # A question without roles is asked in any.
            return {
                str(role.pk): numbers.get(str(role.pk), 0) + numbers.get("None", 0) for role in rows
            }
        return _per_band(rows, numbers) if name == "band" else numbers


def _parts_of(questions: QuerySet[Question], model: Any) -> Any:
    return model.objects.filter(question__in=questions.order_by().values("pk")).published()


def _per_band(bands: list[Band], numbers: Mapping[str, int]) -> dict[str, int]:
    """From questions for each pair of lowest and highest band to questions for each band.

    Either end of a pair may be open.
    """
    places = {str(band.pk): place for place, band in enumerate(bands)}
    totals = [0] * len(bands)
    for pair, number in numbers.items():
        lowest, highest = pair.split("-")
        for place in range(places.get(lowest, 0), places.get(highest, len(bands) - 1) + 1):
            totals[place] += number
    return {str(band.pk): total for band, total in zip(bands, totals, strict=True)}
