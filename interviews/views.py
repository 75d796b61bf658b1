"""Pages of questions, question sets and answer frameworks."""

from collections.abc import Sequence

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import get_visible, public_page
from interviews.forms import QuestionFilterForm
from interviews.kit import Kit
from interviews.models import (
    Anchor,
    AnswerFramework,
    AnswerStep,
    Probe,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from interviews.scorecard import COLUMNS, lines_of
from interviews.tested_skills import AskedIn, Coverage
from ladders.requirements import requirements_at
from roles.models import Role
from skills.proficiencies import proficiency_ranks


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
    page = form.page_of(Question.objects.published().for_list())
    return render(request, "interviews/question_list.html", {"form": form, "page": page})


@public_page(has_markdown=True)
def question_detail(request: HttpRequest, key: str) -> HttpResponse:
    question = get_visible(Question.objects.select_related("band_from", "band_to"), request, key)
    probes = Probe.objects.filter(question=question).shown_on(question)
    anchors = Anchor.objects.filter(question=question).shown_on(question).select_related("band")
    before, after = Question.objects.neighbours(question, "title", "id")
    context = {
        "question": question,
        "before": before,
        "after": after,
        "skills": QuestionSkill.objects.filter(question=question)
        .shown_on(question)
        .with_skills()
        .annotate(**proficiency_ranks()),
        "probes": probes.select_related("step__framework__collection"),
        "anchors": anchors.order_by("rating", F("band__position").asc(nulls_first=True), "id"),
        "roles": Role.objects.filter(questions=question).shown_on(question),
        "question_sets": QuestionSet.objects.filter(sections__items__question=question)
        .shown_on(question)
        .distinct(),
    }
    return render(request, "interviews/question_detail.html", context)


@public_page(has_markdown=True)
def question_set_detail(request: HttpRequest, key: str) -> HttpResponse:
    related = QuestionSet.objects.select_related(
        "role__collection", "role__family__collection", "level__ladder__collection"
    )
    question_set = get_visible(related, request, key)
    asked = Prefetch("question", Question.objects.shown_on(question_set).for_list(question_set))
    items = SetItem.objects.shown_on(question_set).in_order().prefetch_related(asked)
    sections = SetSection.objects.filter(question_set=question_set).shown_on(question_set)
    asked_in = list(sections.prefetch_related(Prefetch("items", items)))
    before, after = QuestionSet.objects.neighbours(question_set, "position", "title", "id")
    context = {
        "question_set": question_set,
        "before": before,
        "after": after,
        "sections": asked_in,
        "coverage": _coverage(question_set, asked_in),
    }
    return render(request, "interviews/question_set_detail.html", context)


def _coverage(question_set: QuestionSet, sections: Sequence[SetSection]) -> Coverage | None:
    """How well the set tests what its level needs; none if it has no level that names skills."""
    needs = requirements_at(question_set.level) if question_set.level else []
    rounds = [
        AskedIn(section.title, [item.question for item in section.items.all()])
        for section in sections
    ]
    return Coverage(needs, rounds) if needs else None


@public_page(params=("part",))
def question_set_kit(request: HttpRequest, key: str) -> HttpResponse:
    kit = kit_of(request, key)
    context = {"question_set": kit.question_set, "kit": kit}
    return render(request, "interviews/question_set_kit.html", context)


@public_page(params=("part",))
def question_set_scorecard(request: HttpRequest, key: str) -> HttpResponse:
    kit = kit_of(request, key)
    context = {
        "question_set": kit.question_set,
        "kit": kit,
        "lines": lines_of(kit),
        "columns": COLUMNS.items(),
    }
    return render(request, "interviews/question_set_scorecard.html", context)


def kit_of(request: HttpRequest, key: str) -> Kit:
    """The kit of a set that the one who asks may see, or the part of it that is asked for."""
    related = QuestionSet.objects.select_related(
        "role__collection", "level__ladder__collection", "level__band"
    )
    return Kit.of_set(get_visible(related, request, key), request.GET.get("part", ""))


@public_page(has_markdown=True)
def answer_framework_detail(request: HttpRequest, key: str) -> HttpResponse:
    framework = get_visible(AnswerFramework.objects.all(), request, key)
    ordered = AnswerStep.objects.filter(framework=framework).shown_on(framework)
    before, after = AnswerFramework.objects.neighbours(framework, "position", "title", "id")
    context = {"framework": framework, "before": before, "after": after, "steps": ordered}
    return render(request, "interviews/answer_framework_detail.html", context)
