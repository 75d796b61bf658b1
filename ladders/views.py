"""Pages of ladders, levels, bands and comparisons, with their forms."""

from operator import attrgetter
from typing import ClassVar

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from content.choices import ComparisonForm, KeyChoiceField
from content.lists import FilterForm
from content.pages import get_visible, public_page
from content.querysets import Visitor
from file_formats.csv_cells import csv_response
from ladders import band_map as bands
from ladders.ladder_page import LadderPage, LadderTable
from ladders.level_card import load_cards
from ladders.level_comparison import LevelComparison
from ladders.level_lookup import get_level
from ladders.level_page import LevelPage
from ladders.models import Band, Confidence, Ladder, LadderQuerySet, Level
from roles.models import Role


class LadderFilterForm(FilterForm):
    """Filters by words, role and confidence."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    confidence = forms.ChoiceField(
        required=False, choices=[("", "Any confidence"), *Confidence.choices]
    )

    search_columns = ("title", "organization", "summary")
    exact_fields = ("confidence",)

    def filter(self, rows: QuerySet[Ladder]) -> LadderQuerySet:
        ladders = super().filter(rows)
        assert isinstance(ladders, LadderQuerySet)
        if "confidence" in self.active_filters:
            ladders = ladders.without_reference()
        role = self.active_filters.get("role")
        if role:
            ladders = ladders.for_role(role)
        return ladders

    def count_query(self, name: str, left: QuerySet[Ladder]) -> QuerySet[Ladder]:
        if name == "confidence" and isinstance(left, LadderQuerySet):
            left = left.without_reference()
        return super().count_query(name, left)


class LevelPairForm(ComparisonForm):
    """Two levels to compare: of the portal's own ladders, and of those that the address names.

    :param user: the visitor; editors may also compare levels that are not public yet.
    """

    labels: ClassVar = {"from": "From", "to": "To"}

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        keys = [data.get(name, "") for name in self.labels]
        levels = Level.objects.visible_to(user).comparable(keys)
        super().__init__(data, levels, self.labels, attrgetter("ladder"))


@public_page(params=LadderFilterForm.params())
def ladder_list(request: HttpRequest) -> HttpResponse:
    form = LadderFilterForm(request.GET)
    levels = Prefetch("levels", Level.objects.published(), to_attr="public_levels")
    ladders = Ladder.objects.published().prefetch_related(levels)
    page = form.get_page(ladders.by_collection("position", "title", "id"))
    return render(request, "ladders/ladder_list.html", {"form": form, "page": page})


@public_page(markdown=True)
def ladder_detail(request: HttpRequest, key: str) -> HttpResponse:
    ladder = get_visible(Ladder.objects.all(), request, key)
    context = {"ladder": ladder, "page": LadderPage(ladder)}
    return render(request, "ladders/ladder_detail.html", context)


@public_page()
def ladder_matrix_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    ladder = get_visible(Ladder.objects.all(), request, key)
    return csv_response(LadderTable(ladder).csv_rows(), f"{ladder.slug}-matrix.csv")


@public_page(markdown=True)
def ladder_cards(request: HttpRequest, key: str) -> HttpResponse:
    """The cards of all levels, for a calibration meeting; two sheets of paper as a rule."""
    ladder = get_visible(Ladder.objects.all(), request, key)
    context = {"ladder": ladder, "page": load_cards(ladder)}
    return render(request, "ladders/ladder_cards.html", context)


@public_page(markdown=True)
def band_map(request: HttpRequest) -> HttpResponse:
    all_bands = list(Band.objects.all())
    context = {"bands": all_bands, "rows": bands.load_band_rows(all_bands)}
    return render(request, "ladders/band_map.html", context)


@public_page()
def band_map_csv(request: HttpRequest) -> HttpResponseBase:
    rows = bands.load_band_rows(list(Band.objects.all()))
    return csv_response(bands.csv_rows(rows), "bands.csv")


@public_page(params=tuple(LevelPairForm.labels), markdown=True, in_sitemap=False)
def level_compare(request: HttpRequest) -> HttpResponse:
    form = LevelPairForm(request.GET, request.user)
    comparison = None
    if form.chosen_rows:
        before, after = form.chosen_rows
        ladder_ids = {before.ladder_id, after.ladder_id}
        levels = [level for level in form.rows.values() if level.ladder_id in ladder_ids]
        comparison = LevelComparison(before, after, levels)
    context = {"form": form, "comparison": comparison}
    return render(request, "ladders/level_compare.html", context)


@public_page(markdown=True)
def level_detail(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    level, matrix, moves = get_level(request, key, slug)
    page = LevelPage(level, matrix, moves)
    context = {"ladder": level.ladder, "level": level, "page": page}
    return render(request, "ladders/level_detail.html", context)
