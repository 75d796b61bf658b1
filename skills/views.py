"""Pages of skills."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import get_visible, public_page
from skills.forms import SkillFilterForm
from skills.models import LearningResource, Skill
from skills.rungs import rungs_of


@public_page(params=SkillFilterForm.params())
def skill_list(request: HttpRequest) -> HttpResponse:
    form = SkillFilterForm(request.GET)
    page = form.page_of(Skill.objects.published().grouped())
    return render(request, "skills/skill_list.html", {"form": form, "page": page})


@public_page(to_take=True)
def skill_detail(request: HttpRequest, key: str) -> HttpResponse:
    skill = get_visible(Skill.objects.select_related("group__collection", "scale"), request, key)
    context = {
        "skill": skill,
        "rungs": rungs_of(skill),
        "related": skill.related.published(within=skill.collection).order_by("title", "id"),
        "resources": LearningResource.objects.filter(skills=skill).published(within=skill.collection),
    }
    return render(request, "skills/skill_detail.html", context)
