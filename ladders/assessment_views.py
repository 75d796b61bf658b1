"""The private self-assessment: what is sent is answered and kept nowhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from content.distinct_names import grouped_choices
from content.markdown_export import as_file
from content.pages import public_page, with_sent_query
from ladders.assessment import Rating, Result, asked_of
from ladders.assessment_file import LARGEST, UnreadableFile, read, written
from ladders.assessment_form import AssessmentForm
from ladders.models import Level
from ladders.views import standing_of
from skills.models import LearningResource

#: Works to learn one skill from that a result names.
WORKS = 3
#: Ways to bring answers along; they are shown, to be looked through before anything is made of
#: them.
CARRIED = {"carry", "load"}


@public_page()
def assessment_choice(request: HttpRequest) -> HttpResponse:
    return render(request, "ladders/assessment_choice.html", {"levels": Level.objects.assessable()})


@public_page(accepts_post=True)
def assessment(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    ladder, level, matrix, _ = standing_of(request, key, slug)
    wanted = request.POST.get("as", "")
    if wanted == "carry" and (other := _other(request)):
        return HttpResponseRedirect(with_sent_query(request, other), preserve_request=True)
    if wanted == "file":
        headers = {"Content-Disposition": f'attachment; filename="assessment-{level.slug}.json"'}
        return HttpResponse(
            written(level.key, request.POST), content_type="application/json", headers=headers
        )
    answers, fault = _answers(request)
    form = AssessmentForm(asked_of(level, matrix), answers)
    others = Level.objects.published().assessable([level.key]).naming_skills()
    result = Result(form.ratings) if answers is not None else None
    context = {
        "ladder": ladder,
        "level": level,
        "form": form,
        "fault": fault,
        "carried": result if wanted in CARRIED else None,
        "result": result if wanted not in CARRIED else None,
        "gaps": _with_works(result.gaps, level) if result else [],
        "others": others,
        "destinations": grouped_choices(others, lambda level: level.ladder),
    }
    page = render(request, "ladders/assessment.html", context)
    return as_file(request, page) if result and wanted == "markdown" else page


def _answers(request: HttpRequest) -> tuple[Mapping[str, Any] | None, str]:
    """What was sent, or stands in the file that was sent; and what is wrong with that file."""
    if request.method != "POST":
        return None, ""
    if request.POST.get("as") != "load":
        return request.POST, ""
    if not (file := request.FILES.get("file")):
        return request.POST, "Choose the file first that you downloaded here."
    try:
        return read(file.read(LARGEST + 1)), ""
    except UnreadableFile as error:
        return request.POST, str(error)


def _other(request: HttpRequest) -> str:
    """The assessment against the level that is to take these answers over.

    Nothing if it is this one, or none.
    """
    level = Level.objects.published().with_key(request.POST.get("level", "")).first()
    url = level.get_assessment_url() if level else ""
    return "" if url == request.path else url


def _with_works(
    gaps: Sequence[Rating], level: Level
) -> list[tuple[Rating, list[LearningResource]]]:
    """Each gap with some works to learn the skill from. Two queries."""
    works: dict[int, list[LearningResource]] = {row.skill.pk: [] for row in gaps}
    found = LearningResource.objects.filter(skills__in=list(works)).shown_on(level).distinct()
    for work in found.prefetch_related("skills"):
        for skill in work.skills.all():
            if len(works.get(skill.pk, ())) < WORKS:
                works.setdefault(skill.pk, []).append(work)
    return [(row, works[row.skill.pk]) for row in gaps]
