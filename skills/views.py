"""Pages of skills."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.models import Collection
from content.pages import get_visible, public_page
from skills.around import around
from skills.forms import SkillFilterForm
from skills.index import letters_of
from skills.models import LearningResource, Skill
from skills.rungs import rungs_of

#: Skills of one collection that its index holds; a list with filters serves better beyond that.
INDEXED = 1000


@public_page(params=SkillFilterForm.params())
def skill_list(request: HttpRequest) -> HttpResponse:
    form = SkillFilterForm(request.GET)
    page = form.get_page(Skill.objects.published().grouped())
    return render(request, "skills/skill_list.html", {"form": form, "page": page})


@public_page(params=("collection",))
def skill_index(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("collection")
    chosen = Q(collection__slug=asked) if asked else Q(collection__is_home=True)
    rows = list(Skill.objects.published().filter(chosen).order_by("title", "id")[: INDEXED + 1])
    holding = Collection.objects.published().filter(
        pk__in=Skill.objects.published().order_by().values("collection")
    )
    context = {
        "letters": letters_of(rows[:INDEXED]),
        "more": len(rows) > INDEXED,
        "limit": INDEXED,
        "collections": holding.order_by("-is_home", "title", "id")[:INDEXED],
    }
    return render(request, "skills/skill_index.html", context)


@public_page(markdown=True)
def skill_detail(request: HttpRequest, key: str) -> HttpResponse:
    skill = get_visible(Skill.objects.select_related("group__collection", "scale"), request, key)
    context = {
        "skill": skill,
        "around": around(skill),
        "rungs": rungs_of(skill),
        "resources": LearningResource.objects.filter(skills=skill).shown_on(skill),
    }
    return render(request, "skills/skill_detail.html", context)
