"""Pages of questions, question sets, answer frameworks and practice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import get_visible, public_page
from interviews.level_forms import SEEDS, PracticeForm
from interviews.models import (
    AnswerFramework,
    AnswerStep,
    Question,
    QuestionSet,
)
from interviews.practice import Practice
from interviews.question_filters import QuestionFilterForm
from interviews.question_page import QuestionPage


@public_page()
def interview_home(request: HttpRequest) -> HttpResponse:
    sets = QuestionSet.objects.published().select_related("role", "level__ladder")
    context = {
        "question_sets": sets.by_collection("position", "title", "id"),
        "frameworks": AnswerFramework.objects.published().by_collection("position", "title", "id"),
    }
    return render(request, "interviews/interview_home.html", context)


@public_page(params=QuestionFilterForm.params())
def question_list(request: HttpRequest) -> HttpResponse:
    form = QuestionFilterForm(request.GET)
    page = form.get_page(Question.objects.published().for_list())
    context = {"form": form, "page": page, "groups": form.groups(page)}
    return render(request, "interviews/question_list.html", context)


@public_page(markdown=True)
def question_detail(request: HttpRequest, key: str) -> HttpResponse:
    question = get_visible(Question.objects.select_related("band_from", "band_to"), request, key)
    before, after = Question.objects.neighbors(question, "title", "id")
    context = {
        "question": question,
        "page": QuestionPage(question),
        "before": before,
        "after": after,
    }
    return render(request, "interviews/question_detail.html", context)


@public_page(markdown=True)
def question_set_detail(request: HttpRequest, key: str) -> HttpResponse:
    related = QuestionSet.objects.select_related(
        "role__collection", "role__family__collection", "level__ladder__collection"
    )
    question_set = get_visible(related, request, key)
    before, after = QuestionSet.objects.neighbors(question_set, "position", "title", "id")
    context = {
        "question_set": question_set,
        "before": before,
        "after": after,
        "sections": list(question_set.shown_sections()),
    }
    return render(request, "interviews/question_set_detail.html", context)


@public_page(markdown=True)
def answer_framework_detail(request: HttpRequest, key: str) -> HttpResponse:
    framework = get_visible(AnswerFramework.objects.all(), request, key)
    ordered = AnswerStep.objects.filter(framework=framework).shown_on(framework)
    before, after = AnswerFramework.objects.neighbors(framework, "position", "title", "id")
    context = {"framework": framework, "before": before, "after": after, "steps": ordered}
    return render(request, "interviews/answer_framework_detail.html", context)


@public_page(params=("level", "role", "framework", "minutes", "draw"))
def practice(request: HttpRequest) -> HttpResponse:
    """The page works without a connection once it is loaded."""
    form = PracticeForm(request.GET)
    context: dict[str, object] = {"form": form, "practice": None}
    if form.is_valid():
        seed = form.cleaned_data["draw"] or 0
        framework = form.selected_framework
        context["practice"] = Practice(
            form.selected_level,
            form.cleaned_data["role"],
            form.cleaned_data["minutes"],
            seed,
            form.levels,
        )
        context["framework"] = framework
        context["steps"] = AnswerStep.objects.filter(framework=framework).published()
        context["next_seed"] = (seed + 1) % SEEDS
    return render(request, "interviews/practice.html", context)
