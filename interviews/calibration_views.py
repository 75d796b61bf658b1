"""The page on which interviewers lay their scorecards side by side.

What is sent is read, answered and forgotten.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import public_page
from interviews.calibration import Calibration
from interviews.filled_scorecards import LARGEST, Scorecard, read_scorecard
from packs.errors import UnreadableFile

MOST_FILES = 12


@public_page(accepts_post=True)
def calibration(request: HttpRequest) -> HttpResponse:
    cards, faults = _read(request)
    if request.method == "POST" and not cards and not faults:
        faults = ["Choose the scorecards first."]
    context = {
        "calibration": Calibration(cards) if cards else None,
        "faults": faults,
        "most": MOST_FILES,
    }
    return render(request, "interviews/calibration.html", context)


def _read(request: HttpRequest) -> tuple[list[Scorecard], list[str]]:
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
