"""Pages and files of loops, kits and scorecards, and the calibration of scorecards.

A loop is in the address, and uploaded scorecards are compared and forgotten: nothing is stored.
"""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from content.pages import get_visible, public_page
from file_formats.csv_cells import csv_response
from file_formats.errors import UnreadableFile
from file_formats.table_files import table_response, xlsx_response
from hiring.builder import LoopBuilder
from hiring.calibration import Calibration
from hiring.filled_scorecards import MAX_BYTES, FilledScorecard, read_scorecard
from hiring.kit import Kit
from hiring.loop_plan import LoopForm, LoopPlan
from hiring.scorecard import COLUMNS, scorecard_rows, scorecard_table
from interviews.models import QuestionSet
from question_files.export import export_rows

#: The query parameters that name a loop.
LOOP = ("level", "role", "rounds", "minutes", "loop")
MAX_FILES = 12


@public_page(params=(*LOOP, "swap", "skill"))
def loop_builder(request: HttpRequest) -> HttpResponse:
    form = LoopForm(request.GET)
    context: dict[str, object] = {"form": form, "builder": None}
    context |= {"swap": "", "skill": "", "alternatives": []}
    level = form.selected_level
    if level:
        fields = form.cleaned_data
        loop_text = request.GET.get("loop", "")
        builder = LoopBuilder(level, fields["role"], fields["rounds"], fields["minutes"], loop_text)
        context["builder"] = builder
        context |= _alternatives(builder, request.GET.get("swap", ""), request.GET.get("skill", ""))
    return render(request, "hiring/loop_builder.html", context)


@public_page(params=(*LOOP, "part"), markdown=True, in_sitemap=False)
def loop_kit(request: HttpRequest) -> HttpResponse:
    plan = LoopPlan.from_query(request.GET)
    context = {"plan": plan, "kit": plan.kit(request.GET.get("part", ""))}
    return render(request, "hiring/loop_kit.html", context)


@public_page(params=(*LOOP, "part"), markdown=True, in_sitemap=False)
def loop_scorecard(request: HttpRequest) -> HttpResponse:
    plan = LoopPlan.from_query(request.GET)
    context = {"plan": plan, **_scorecard_context(plan.kit(request.GET.get("part", "")))}
    return render(request, "hiring/loop_scorecard.html", context)


@public_page(params=LOOP)
def loop_questions(request: HttpRequest, form: str) -> HttpResponseBase:
    plan = LoopPlan.from_query(request.GET)
    rows = export_rows(plan.placements(), site=_site(request), set_title=plan.title)
    return table_response(rows, "loop-questions", form)


@public_page(params=(*LOOP, "part"))
def loop_scorecard_file(request: HttpRequest, form: str) -> HttpResponseBase:
    kit = LoopPlan.from_query(request.GET).kit(request.GET.get("part", ""))
    return table_response(scorecard_table(kit, site=_site(request)), "loop-scorecard", form)


@public_page(params=("part",))
def question_set_kit(request: HttpRequest, key: str) -> HttpResponse:
    kit = _kit_of_set(request, key)
    context = {"question_set": kit.question_set, "kit": kit}
    return render(request, "hiring/question_set_kit.html", context)


@public_page(params=("part",))
def question_set_scorecard(request: HttpRequest, key: str) -> HttpResponse:
    kit = _kit_of_set(request, key)
    context = {"question_set": kit.question_set, **_scorecard_context(kit)}
    return render(request, "hiring/question_set_scorecard.html", context)


@public_page(params=("part", "bom", "raw"))
def question_set_scorecard_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """``?bom=0`` leaves out the byte order mark, ``?raw=1`` the guard against formulas."""
    kit = _kit_of_set(request, key)
    return csv_response(
        scorecard_table(kit, site=_site(request)),
        f"{kit.question_set.slug}-scorecard.csv",
        bom=request.GET.get("bom") != "0",
        raw=request.GET.get("raw") == "1",
    )


@public_page(params=("part",))
def question_set_scorecard_xlsx(request: HttpRequest, key: str) -> HttpResponseBase:
    kit = _kit_of_set(request, key)
    table = scorecard_table(kit, site=_site(request))
    return xlsx_response(table, f"{kit.question_set.slug}-scorecard.xlsx", "Scorecard")


@public_page(allow_post=True)
def calibration(request: HttpRequest) -> HttpResponse:
    cards: list[FilledScorecard] = []
    faults: list[str] = []
    if request.method == "POST":
        cards, faults = _read_scorecards(request.FILES.getlist("scorecards"))
    context: dict[str, object] = {"faults": faults, "most": MAX_FILES, "calibration": None}
    if cards:
        context["calibration"] = Calibration(cards)
    return render(request, "hiring/calibration.html", context)


def _alternatives(builder: LoopBuilder, code: str, skill_key: str) -> dict[str, object]:
    """Questions to ask instead of the one with this code, or else for the skill with this key.

    There are none if the loop does not ask this question and the level does not require the skill.
    """
    if builder.asks(code):
        return {"swap": code, "alternatives": builder.replacements(code)}
    if builder.requires(skill_key):
        return {"skill": skill_key, "alternatives": builder.additions(skill_key)}
    return {}


def _kit_of_set(request: HttpRequest, key: str) -> Kit:
    """The kit of a set that the visitor may see, or the part of it that the address names."""
    related = QuestionSet.objects.select_related(
        "role__collection", "level__ladder__collection", "level__band"
    )
    return Kit.of_set(get_visible(related, request, key), request.GET.get("part", ""))


def _scorecard_context(kit: Kit) -> dict[str, object]:
    return {"kit": kit, "rows": scorecard_rows(kit), "columns": COLUMNS.items()}


def _read_scorecards(files: Sequence[UploadedFile]) -> tuple[list[FilledScorecard], list[str]]:
    """The scorecards that can be read, and a sentence for each fault in the others."""
    if not files:
        return [], ["Select the scorecards first."]
    cards: list[FilledScorecard] = []
    faults: list[str] = []
    for file in files[:MAX_FILES]:
        try:
            cards.append(read_scorecard(file.read(MAX_BYTES + 1), file.name or "scorecard"))
        except UnreadableFile as error:
            faults.append(str(error))
    if len(files) > MAX_FILES:
        faults.append(f"Only the first {MAX_FILES} of {len(files)} files were read.")
    return cards, faults


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
