"""Pages of the self-assessment. Nothing that a visitor sends is stored."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from assessment.assessment_form import MAX_FILE_SIZE, UnreadableFile, file_content, read_answers
from assessment.assessment_page import AssessmentPage
from content.downloads import attachment_headers, markdown_file
from content.pages import public_page, with_sent_query
from ladders.level_lookup import get_level
from ladders.levels_with_skills import LevelsBySkills
from ladders.models import Level


@public_page()
def assessment_choice(request: HttpRequest) -> HttpResponse:
    context = {"levels": LevelsBySkills.comparable().with_skills}
    return render(request, "assessment/assessment_choice.html", context)


@public_page(allow_post=True)
def assessment(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Compare a visitor with a level. The button that was pressed is sent as ``as``.

    It is ``result`` or ``markdown`` for a result, ``file`` to download the answers, ``load`` to
    read them from a file, ``carry`` to take them to another level. Nothing is stored.
    """
    level, matrix, _ = get_level(request, key, slug)
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
    response = render(request, "assessment/assessment.html", context)
    if page.result and button == "markdown":
        return markdown_file(request, response)
    return response


def _other_assessment(request: HttpRequest) -> str:
    """The address of the assessment against the selected level; empty if there is none."""
    level = Level.objects.published().with_key(request.POST.get("level", "")).first()
    if level is None or level.get_assessment_url() == request.path:
        return ""
    return level.get_assessment_url()


def _answers_as_file(request: HttpRequest, level: Level) -> HttpResponse:
    headers = attachment_headers(f"assessment-{level.slug}.json")
    content = file_content(level, request.POST)
    return HttpResponse(content, content_type="application/json", headers=headers)


def _sent_answers(request: HttpRequest) -> tuple[Mapping[str, object] | None, str]:
    """The submitted answers, or those in a submitted file, and what is wrong with the file."""
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
