"""Questions to take away: what a filter leaves, or what belongs to one set."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.pages import get_visible, public_page
from interviews.models import Question, QuestionSet
from interviews.question_filters import QuestionFilterForm
from question_files.export import questions_response, set_response

FORMAT = ("bom", "raw")


def _format(request: HttpRequest) -> dict[str, Any]:
    """``?bom=0`` leaves out the byte order mark, ``?raw=1`` the guard against formulas."""
    return {
        "site": f"{request.scheme}://{request.get_host()}",
        "bom": request.GET.get("bom") != "0",
        "raw": request.GET.get("raw") == "1",
    }


@public_page(params=(*QuestionFilterForm.params(), *FORMAT))
def question_csv(request: HttpRequest) -> HttpResponseBase:
    questions = QuestionFilterForm(request.GET).filter(Question.objects.published())
    return questions_response(questions, **_format(request))


@public_page(params=QuestionFilterForm.params())
def question_file(request: HttpRequest, form: str) -> HttpResponseBase:
    questions = QuestionFilterForm(request.GET).filter(Question.objects.published())
    return questions_response(questions, form, site=_format(request)["site"])


@public_page(params=FORMAT)
def question_set_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    return set_response(get_visible(QuestionSet.objects.all(), request, key), **_format(request))


@public_page()
def question_set_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    return set_response(
        get_visible(QuestionSet.objects.all(), request, key), form, site=_format(request)["site"]
    )
