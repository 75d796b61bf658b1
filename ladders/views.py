"""Pages of ladders, their levels and the bands that make levels comparable."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from content.models import SlugRedirect
from content.pages import Moved, get_visible, public_page
from ladders.bands import band_rows
from ladders.coverage import coverage_of
from ladders.difference import EXPECTATIONS, Difference
from ladders.forms import LadderFilterForm, LevelPairForm
from ladders.matrix import Matrix
from ladders.models import Band, Ladder, Level, LevelMove
from ladders.needed_skills import needed_skills
from ladders.needs import expectations_of, needs_of
from ladders.picture import picture_of
from ladders.standing import levels_of, moves_between, moves_of
from roles.models import Role


@public_page(params=LadderFilterForm.params())
def ladder_list(request: HttpRequest) -> HttpResponse:
    form = LadderFilterForm(request.GET)
    rungs = Prefetch("levels", Level.objects.published(), to_attr="rungs")
    page = form.get_page(
        Ladder.objects.published().prefetch_related(rungs).by_collection("position", "title", "id")
    )
    return render(request, "ladders/ladder_list.html", {"form": form, "page": page})


@public_page(markdown=True)
def band_map(request: HttpRequest) -> HttpResponse:
    bands = list(Band.objects.all())
    return render(request, "ladders/band_map.html", {"bands": bands, "rows": band_rows(bands)})


@public_page(params=tuple(LevelPairForm.labels), markdown=True)
def level_compare(request: HttpRequest) -> HttpResponse:
    form = LevelPairForm(request.GET, request.user)
    context: dict[str, Any] = {"form": form, "difference": None}
    if form.chosen_rows:
        before, after = form.chosen_rows
        ladders = {before.ladder_id, after.ladder_id}
        difference = Difference(
            before, after, [level for level in form.rows.values() if level.ladder_id in ladders]
        )
        skills, expectations = difference.skills(), difference.expectations()
        fresh = len(expectations.get(EXPECTATIONS["fresh"], []))
        context |= {
            "difference": difference,
            "skills": skills,
            "expectations": expectations,
            "fresh": fresh,
        }
    return render(request, "ladders/level_compare.html", context)


@public_page(markdown=True)
def ladder_detail(request: HttpRequest, key: str) -> HttpResponse:
    ladder = get_visible(Ladder.objects.all(), request, key)
    levels = levels_of(ladder)
    moves = list(moves_between(levels))
    matrix = Matrix(levels, moves, needed_skills(levels))
    context = {
        "ladder": ladder,
        "roles": _roles(ladder),
        "matrix": matrix,
        "picture": picture_of(matrix, moves),
        "coverage": [] if matrix.has_needs else coverage_of(matrix),
    }
    return render(request, "ladders/ladder_detail.html", context)


@public_page(markdown=True)
def level_detail(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    ladder, level, matrix, moves = standing_of(request, key, slug)
    needs = needs_of(level, matrix)
    context = {
        "ladder": ladder,
        "level": level,
        "kind": _kind(level, matrix),
        "has_tracks": matrix.has_tracks,
        "levels": matrix.from_top,
        "below": matrix.below.get(level.pk),
        "compared_with": matrix.compared_with(level),
        "above": [upper for upper in matrix.levels if matrix.below.get(upper.pk) == level],
        "needs": needs,
        "importances": {need.importance for need in needs},
        "headings": expectations_of(level, matrix),
        "moves": [move for move in moves if level.pk in {move.from_level_id, move.to_level_id}],
    }
    return render(request, "ladders/level_detail.html", context)


def standing_of(
    request: HttpRequest, key: str, slug: str
) -> tuple[Ladder, Level, Matrix, list[LevelMove]]:
    """A level that the one who asks may see.

    With it come its ladder, the whole table of that, and the steps from and to it.

    :raises Moved, Http404: as `get_visible`, for the ladder or for the level.
    """
    ladder = get_visible(Ladder.objects.all(), request, key)
    levels = levels_of(ladder)
    moves = moves_of(levels)
    matrix = Matrix(levels, moves, needed_skills(levels, with_steps=True))
    level = next((level for level in levels if level.slug == slug), None)
    if level is None:
        raise _moved(ladder, slug)
    return ladder, level, matrix, moves


def _kind(level: Level, matrix: Matrix) -> list[str]:
    """What stands above its title: its code, its band, and its track if the ladder has several."""
    band = level.band.title.lower() if level.band else ""
    band = band and (f"{band} band" if level.defines_band else f"about {band}")
    track = level.get_track_display() if matrix.has_tracks else ""
    return [words for words in (level.code_beside_title, band, track) if words]


def _moved(ladder: Ladder, slug: str) -> Exception:
    """Where the level is that had this slug on this ladder before, or that there is none."""
    former = SlugRedirect.objects.keys(Level, slug, within=ladder.pk)
    level = Level.objects.published().filter(ladder=ladder, pk__in=former).first()
    return Moved(slug=level.slug) if level else Http404()


def _roles(ladder: Ladder) -> QuerySet[Role]:
    """The public roles that the ladder serves."""
    served = Role.objects.filter(Q(pk=ladder.role_id) | Q(pk__in=ladder.other_roles.values("pk")))
    return served.shown_on(ladder)
