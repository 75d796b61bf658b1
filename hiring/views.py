"""Pages and files of loops, of kits and scorecards, and the calibration of scorecards.

A loop is in the address, and uploaded scorecards are read and forgotten: nothing is stored.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from content.pages import get_visible, public_page
from hiring.builder import Builder
from hiring.calibration import Calibration
from hiring.filled_scorecards import LARGEST, Scorecard, read_scorecard
from hiring.forms import LoopForm
from hiring.kit import Kit
from hiring.loop_kit import LoopPlan
from hiring.scorecard import COLUMNS, lines_of, rows_of
from interviews.models import QuestionSet
from interviews.question_csv import rows_at
from packs.reading import UnreadableFile
from packs.tables.csv_cells import csv_response
from packs.tables.table_files import table_response
from packs.tables.workbooks import xlsx_response

LOOP = ("level", "role", "rounds", "minutes", "loop")
MOST_FILES = 12


@public_page(params=(*LOOP, "swap", "skill"))
def loop_builder(request: HttpRequest) -> HttpResponse:
    form = LoopForm(request.GET)
    builder = _built(form, request)
    swap, skill = request.GET.get("swap", ""), request.GET.get("skill", "")
    others = (
        builder.instead_of(swap)
        if builder and swap
        else builder.testing(skill)
        if builder and skill
        else []
    )
    context = {"form": form, "builder": builder, "others": others, "swap": swap, "skill": skill}
    return render(request, "hiring/loop_builder.html", context)


@public_page(params=(*LOOP, "part"), has_markdown=True)
def loop_kit(request: HttpRequest) -> HttpResponse:
    plan = LoopPlan.of(request.GET)
    context = {"plan": plan, "kit": plan.kit(request.GET.get("part", ""))}
    return render(request, "hiring/loop_kit.html", context)


@public_page(params=(*LOOP, "part"), has_markdown=True)
def loop_scorecard(request: HttpRequest) -> HttpResponse:
    plan = LoopPlan.of(request.GET)
    kit = plan.kit(request.GET.get("part", ""))
    context = {"plan": plan, "kit": kit, "lines": lines_of(kit), "columns": COLUMNS.items()}
    return render(request, "hiring/loop_scorecard.html", context)


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


@public_page(params=("part",))
def question_set_kit(request: HttpRequest, key: str) -> HttpResponse:
    kit = _kit_of_set(request, key)
    context = {"question_set": kit.question_set, "kit": kit}
    return render(request, "hiring/question_set_kit.html", context)


@public_page(params=("part",))
def question_set_scorecard(request: HttpRequest, key: str) -> HttpResponse:
    kit = _kit_of_set(request, key)
    context = {
        "question_set": kit.question_set,
        "kit": kit,
        "lines": lines_of(kit),
        "columns": COLUMNS.items(),
    }
    return render(request, "hiring/question_set_scorecard.html", context)


@public_page(params=("part", "bom", "raw"))
def question_set_scorecard_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """``?bom=0`` leaves out the byte order mark, ``?raw=1`` the guard against formulas."""
    kit = _kit_of_set(request, key)
    rows = rows_of(kit, site=_site(request))
    return csv_response(
        rows,
        f"{kit.question_set.slug}-scorecard.csv",
        bom=request.GET.get("bom") != "0",
        raw=request.GET.get("raw") == "1",
    )


@public_page(params=("part",))
def question_set_scorecard_xlsx(request: HttpRequest, key: str) -> HttpResponseBase:
    kit = _kit_of_set(request, key)
    rows = rows_of(kit, site=_site(request))
    return xlsx_response(rows, f"{kit.question_set.slug}-scorecard.xlsx", "Scorecard")


@public_page(accepts_post=True)
def calibration(request: HttpRequest) -> HttpResponse:
    cards, faults = _read_scorecards(request)
    if request.method == "POST" and not cards and not faults:
        faults = ["Choose the scorecards first."]
    context = {
        "calibration": Calibration(cards) if cards else None,
        "faults": faults,
        "most": MOST_FILES,
    }
    return render(request, "hiring/calibration.html", context)


def _built(form: LoopForm, request: HttpRequest) -> Builder | None:
    if not (level := form.level_chosen):
        return None
    asked = form.cleaned_data
    return Builder(
        level, asked["role"], asked["rounds"], asked["minutes"], request.GET.get("loop", "")
    )


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _kit_of_set(request: HttpRequest, key: str) -> Kit:
    """The kit of a set that the visitor may see, or the part of it that the address names."""
    related = QuestionSet.objects.select_related(
        "role__collection", "level__ladder__collection", "level__band"
    )
    return Kit.of_set(get_visible(related, request, key), request.GET.get("part", ""))


def _read_scorecards(request: HttpRequest) -> tuple[list[Scorecard], list[str]]:
    """The scorecards that could be read, and what is wrong with the others."""
    cards: list[Scorecard] = []
    faults: list[str] = []
    sent = request.FILES.getlist("scorecards")
    for file in sent[:MOST_FILES]:
        try:
            cards.append(read_scorecard(file.read(LARGEST + 1), file.name or "scorecard"))
        except UnreadableFile as error:
            faults.append(str(error))
    if len(sent) > MOST_FILES:
        faults.append(f"Of {len(sent)} files the first {MOST_FILES} were read.")
    return cards, faults
