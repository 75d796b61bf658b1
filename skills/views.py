"""Pages of skills, and the filters of their list."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.choices import KeyChoiceField, RenamedChoiceField
from content.lists import FilterForm
from content.models import Collection
from content.pages import get_visible, public_page
from skills.models import Skill, SkillGroup
from skills.skill_pages import SkillPage, index_letters


class SkillFilterForm(FilterForm):
    """Filters by words, group and kind."""

    group = KeyChoiceField(SkillGroup.objects.published(), required=False, empty_label="All groups")
    kind = RenamedChoiceField(required=False, choices=[("", "All kinds"), *Skill.Kind.choices])

    page_size = 60
    search_columns = ("title", "aliases", "summary")
    exact_fields = ("group", "kind")


#: How many skills of one collection the index lists; beyond that the list with filters is better.
INDEX_SIZE = 1000


@public_page(params=SkillFilterForm.params())
def skill_list(request: HttpRequest) -> HttpResponse:
    form = SkillFilterForm(request.GET)
    page = form.get_page(Skill.objects.published().grouped())
    return render(request, "skills/skill_list.html", {"form": form, "page": page})


@public_page(params=("collection",))
def skill_index(request: HttpRequest) -> HttpResponse:
    skills = list(_skills_to_index(request.GET.get("collection"))[: INDEX_SIZE + 1])
    with_skills = Skill.objects.published().order_by().values("collection")
    collections = Collection.objects.published().filter(pk__in=with_skills)
    context = {
        "letters": index_letters(skills[:INDEX_SIZE]),
        "has_more": len(skills) > INDEX_SIZE,
        "limit": INDEX_SIZE,
        "collections": collections.order_by("-is_home", "title", "id")[:INDEX_SIZE],
    }
    return render(request, "skills/skill_index.html", context)


def _skills_to_index(collection: str | None) -> QuerySet[Skill]:
    """The public skills of the collection with this slug, or of the portal's own."""
    in_collection = Q(collection__is_home=True)
    if collection:
        in_collection = Q(collection__slug=collection)
    return Skill.objects.published().filter(in_collection).order_by("title", "id")


@public_page(markdown=True)
def skill_detail(request: HttpRequest, key: str) -> HttpResponse:
    skill = get_visible(Skill.objects.select_related("group__collection", "scale"), request, key)
    context = {"skill": skill, "page": SkillPage(skill)}
    return render(request, "skills/skill_detail.html", context)
