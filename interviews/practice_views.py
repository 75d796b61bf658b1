"""The page on which a candidate practises.

It is whole when it is loaded: a connection is needed no more.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import public_page
from interviews.level_forms import DRAWS, PracticeForm
from interviews.models import AnswerFramework, AnswerStep
from interviews.practice import Practice


@public_page(params=("level", "role", "framework", "minutes", "draw"))
def practice(request: HttpRequest) -> HttpResponse:
    form = PracticeForm(request.GET)
    context: dict[str, Any] = {"form": form, "practice": None}
    if form.is_valid():
        chosen = form.cleaned_data
        framework, draw = chosen["framework"] or form.first_framework, chosen["draw"] or 0
        context |= {
            "practice": Practice(
                form.level_chosen,
                chosen["role"],
                chosen["minutes"],
                draw,
                list(form.levels.values()),
            ),
            "framework": framework,
            "steps": _steps(framework),
            "next_draw": (draw + 1) % DRAWS,
        }
    return render(request, "interviews/practice.html", context)


def _steps(framework: AnswerFramework | None) -> QuerySet[AnswerStep]:
    """Public, as the framework is."""
    return AnswerStep.objects.filter(framework=framework).published()
