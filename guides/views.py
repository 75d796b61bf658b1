"""Pages of guides, and the filters of their list."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.lists import FilterForm
from content.pages import get_visible, public_page
from guides.models import Guide
from ladders.models import Ladder
from roles.models import Role
from skills.models import Skill


class GuideFilterForm(FilterForm):
    """Filters by words and by kind of reader."""

    audience = forms.ChoiceField(
        required=False, label="Written for", choices=[("", "Everyone"), *Guide.Audience.choices]
    )

    exact_fields = ("audience",)


@public_page(params=GuideFilterForm.params())
def guide_list(request: HttpRequest) -> HttpResponse:
    form = GuideFilterForm(request.GET)
    page = form.get_page(Guide.objects.published().by_collection("position", "title", "id"))
    return render(request, "guides/guide_list.html", {"form": form, "page": page})


@public_page(markdown=True)
def guide_detail(request: HttpRequest, key: str) -> HttpResponse:
    guide = get_visible(Guide.objects.all(), request, key)
    previous, following = Guide.objects.neighbors(guide, "position", "title", "id")
    context = {
        "guide": guide,
        "previous": previous,
        "next": following,
        "roles": Role.objects.filter(guides=guide).shown_on(guide),
        "skills": Skill.objects.filter(guides=guide).shown_on(guide),
        "ladders": Ladder.objects.filter(guides=guide).shown_on(guide),
    }
    return render(request, "guides/guide_detail.html", context)
