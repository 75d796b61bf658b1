"""Pages of a loop that is being built, and what is taken away of it.

All stands in the address; nothing is stored.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from content.pages import public_page
from interviews.builder import Builder
from interviews.level_forms import LoopForm
from interviews.loop_kit import LoopPlan
from interviews.question_csv import rows_at
from interviews.scorecard import COLUMNS, lines_of, rows_of
from packs.tables.table_files import table_response

LOOP = ("level", "role", "rounds", "minutes", "loop")


@public_page(params=(*LOOP, "swap", "skill"))
def loop_builder(request: HttpRequest) -> HttpResponse:
    form = LoopForm(request.GET)
    builder = _built(form, request)
    swap, skill = request.GET.get("swap", ""), request.GET.get("skill", "")
    if not builder or not builder.asks(swap):
        swap = ""
    if not builder or not builder.is_needed(skill):
        skill = ""
    others = (
        builder.instead_of(swap)
        if builder and swap
        else builder.testing(skill)
        if builder and skill
        else []
    )
    context = {"form": form, "builder": builder, "others": others, "swap": swap, "skill": skill}
    return render(request, "interviews/loop_builder.html", context)


@public_page(params=(*LOOP, "part"), has_markdown=True)
def loop_kit(request: HttpRequest) -> HttpResponse:
    plan = LoopPlan.of(request.GET)
    context = {"plan": plan, "kit": plan.kit(request.GET.get("part", ""))}
    return render(request, "interviews/loop_kit.html", context)


@public_page(params=(*LOOP, "part"), has_markdown=True)
def loop_scorecard(request: HttpRequest) -> HttpResponse:
    plan = LoopPlan.of(request.GET)
    kit = plan.kit(request.GET.get("part", ""))
    context = {"plan": plan, "kit": kit, "lines": lines_of(kit), "columns": COLUMNS.items()}
    return render(request, "interviews/loop_scorecard.html", context)


@public_page(params=LOOP)
def loop_questions(request: HttpRequest, form: str) -> HttpResponseBase:
    plan = LoopPlan.of(request.GET)
    return table_response(
        rows_at(plan.places(), site=_site(request), title=plan.title), "loop-questions", form
    )


@public_page(params=(*LOOP, "part"))
def loop_scorecard_file(request: HttpRequest, form: str) -> HttpResponseBase:
    kit = LoopPlan.of(request.GET).kit(request.GET.get("part", ""))
    return table_response(rows_of(kit, site=_site(request)), "loop-scorecard", form)


def _built(form: LoopForm, request: HttpRequest) -> Builder | None:
    if not (level := form.level_chosen):
        return None
    asked = form.cleaned_data
    return Builder(
        level, asked["role"], asked["rounds"], asked["minutes"], request.GET.get("loop", "")
    )


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
