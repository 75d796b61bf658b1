"""Pages of ladders, levels, bands, comparisons and the self-assessment, with their forms."""

from collections.abc import Mapping
from operator import attrgetter
from typing import ClassVar

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from content.choices import ComparisonForm, KeyChoiceField
from content.downloads import attachment_headers, markdown_file
from content.lists import FilterForm
from content.models import SlugRedirect
from content.pages import Moved, get_visible, public_page, with_sent_query
from content.querysets import Visitor
from file_formats.csv_cells import csv_response
from ladders import band_map as bands
from ladders.assessment_form import MAX_FILE_SIZE, UnreadableFile, file_content, read_answers
from ladders.assessment_page import AssessmentPage
from ladders.ladder_page import LadderPage, LadderTable
from ladders.level_card import load_cards
from ladders.level_comparison import LevelComparison
from ladders.level_order import LevelOrder, load_levels, load_moves
from ladders.level_page import LevelPage
from ladders.levels_with_skills import LevelsBySkills
from ladders.models import Band, Confidence, Ladder, LadderQuerySet, Level, LevelMove
from ladders.requirements import RequirementMatrix, load_required_skills
from roles.models import Role


class LadderFilterForm(FilterForm):
    """Filters by words, role and confidence."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    confidence = forms.ChoiceField(
        required=False, choices=[("", "Any confidence"), *Confidence.choices]
    )

    search_columns = ("title", "organisation", "summary")
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
    level, matrix, moves = _get_level(request, key, slug)
    page = LevelPage(level, matrix, moves)
    context = {"ladder": level.ladder, "level": level, "page": page}
    return render(request, "ladders/level_detail.html", context)


def _get_level(
    request: HttpRequest, key: str, slug: str
) -> tuple[Level, RequirementMatrix, list[LevelMove]]:
    """Read a level that the visitor may see, the table of its ladder, and the moves of the ladder.

    :raises Moved: if the ladder or the level was renamed.
    :raises Http404: if there is no such level.
    """
    ladder = get_visible(Ladder.objects.all(), request, key)
    levels = load_levels(ladder)
    for level in levels:
        if level.slug == slug:
            moves = load_moves(levels)
            required_skills = load_required_skills(levels, with_ranks=True)
            return level, RequirementMatrix(LevelOrder(levels, moves), required_skills), moves
    former = SlugRedirect.objects.keys(Level, slug, within=ladder.pk)
    renamed = Level.objects.published().filter(ladder=ladder, pk__in=former).first()
    if renamed:
        raise Moved(slug=renamed.slug)
    raise Http404


@public_page()
def assessment_choice(request: HttpRequest) -> HttpResponse:
    context = {"levels": LevelsBySkills.comparable().with_skills}
    return render(request, "ladders/assessment_choice.html", context)


@public_page(allow_post=True)
def assessment(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Compare a visitor with a level. The button that was pressed is sent as ``as``.

    It is ``result`` or ``markdown`` for a result, ``file`` to download the answers, ``load`` to
    read them from a file, ``carry`` to take them to another level. Nothing is stored.
    """
    level, matrix, _ = _get_level(request, key, slug)
    button = request.POST.get("as", "")
    other_address = _other_assessment(request) if button == "carry" else ""
    if other_address:
        address = with_sent_query(request, other_address)
        return HttpResponseRedirect(address, preserve_request=True)
    if button == "file":
        return _answers_as_file(request, level)
    answers, error = _sent_answers(request)
    is_loaded = button in {"carry", "load"}
    page = AssessmentPage(level, matrix, answers, is_loaded=is_loaded, error=error)
    context = {"ladder": level.ladder, "level": level, "page": page}
    response = render(request, "ladders/assessment.html", context)
    if page.result and button == "markdown":
        return markdown_file(request, response)
    return response


def _other_assessment(request: HttpRequest) -> str:
    """The address of the assessment against the chosen level; empty if there is no other one."""
    level = Level.objects.published().with_key(request.POST.get("level", "")).first()
    if level is None or level.get_assessment_url() == request.path:
        return ""
    return level.get_assessment_url()


def _answers_as_file(request: HttpRequest, level: Level) -> HttpResponse:
    headers = attachment_headers(f"assessment-{level.slug}.json")
    content = file_content(level.key, request.POST)
    return HttpResponse(content, content_type="application/json", headers=headers)


def _sent_answers(request: HttpRequest) -> tuple[Mapping[str, object] | None, str]:
    """The answers that were sent, or that a sent file holds, and what is wrong with the file."""
    if request.method != "POST":
        return None, ""
    if request.POST.get("as") != "load":
        return request.POST, ""
    file = request.FILES.get("file")
    if not file:
        return request.POST, "First choose the file that you downloaded here."
    try:
        return read_answers(file.read(MAX_FILE_SIZE + 1)), ""
    except UnreadableFile as error:
        return request.POST, str(error)
