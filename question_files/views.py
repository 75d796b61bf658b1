"""Downloads of questions: those that the filters of the list select, or those of a set."""

from typing import TypedDict

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.pages import get_visible, public_page
from interviews.models import Question, QuestionSet
from interviews.models.questions import QuestionQuerySet
from interviews.question_filters import QuestionFilterForm
from question_files.export import questions_response, set_response, site_of

#: Query parameters of CSV files, see `_csv_options`.
CSV_OPTIONS = ("bom", "raw")


class _CsvOptions(TypedDict):
    bom: bool
    raw: bool


@public_page(params=(*QuestionFilterForm.params(), *CSV_OPTIONS))
def question_csv(request: HttpRequest) -> HttpResponseBase:
    """The questions that the filters select, as CSV."""
    questions = _filtered_questions(request)
    return questions_response(questions, site=site_of(request), **_csv_options(request))


@public_page(params=QuestionFilterForm.params())
def question_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The questions that the filters select, as XLSX, JSON or Markdown."""
    return questions_response(_filtered_questions(request), form, site=site_of(request))


@public_page(params=CSV_OPTIONS)
def question_set_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """The questions of a set in the order in which it asks them, as CSV."""
    question_set = get_visible(QuestionSet.objects.all(), request, key)
    return set_response(question_set, site=site_of(request), **_csv_options(request))


@public_page()
def question_set_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The questions of a set, as XLSX, JSON or Markdown."""
    question_set = get_visible(QuestionSet.objects.all(), request, key)
    return set_response(question_set, form, site=site_of(request))


def _filtered_questions(request: HttpRequest) -> QuestionQuerySet:
    return QuestionFilterForm(request.GET).filter(Question.objects.published())


def _csv_options(request: HttpRequest) -> _CsvOptions:
    """``?bom=0`` omits the byte order mark, ``?raw=1`` the protection against formulas."""
    return {"bom": request.GET.get("bom") != "0", "raw": request.GET.get("raw") == "1"}
