"""Pages of roles, the filters of their list, and the choice of roles to compare."""

from operator import attrgetter
from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from content.choices import ComparisonForm, KeyChoiceField
from content.lists import FilterForm
from content.pages import get_visible, public_page
from content.querysets import Visitor
from file_formats.csv_cells import csv_response
from roles.career_map import CareerMap
from roles.comparison import RoleComparison
from roles.models import Role, RoleFamily, RoleMove
from roles.role_pages import RoleFinder, RolePage, listed_families
from skills.models import Skill


class RoleFilterForm(FilterForm):
    """Filters by words, family, and a required skill."""

    family = KeyChoiceField(
        RoleFamily.objects.published(), required=False, empty_label="All families"
    )
    skill = KeyChoiceField(
        Skill.objects.published(), required=False, label="Skill", empty_label="Any skill"
    )

    page_size = 60
    search_columns = ("title", "aliases", "summary")
    exact_fields = ("family",)

    def filter(self, rows: QuerySet[Role]) -> QuerySet[Role]:
        rows = super().filter(rows)
        skill = self.active_filters.get("skill")
        if skill:
            rows = rows.filter(pk__in=Role.objects.requiring(skill).values("pk"))
        return rows


class RoleComparisonForm(ComparisonForm):
    """Two or three roles to compare: the portal's own ones, and those that the address names.

    :param user: the visitor; editors may also compare roles that are not public yet.
    """

    labels: ClassVar = {"a": "First role", "b": "Second role", "c": "Third role"}

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        keys = [data.get(name, "") for name in self.labels]
        roles = Role.objects.visible_to(user).comparable(keys)
        super().__init__(data, roles, self.labels, attrgetter("family"), "Other roles")


@public_page(params=RoleFilterForm.params())
def role_list(request: HttpRequest) -> HttpResponse:
    form = RoleFilterForm(request.GET)
    page = form.get_page(Role.objects.published().grouped())
    context = {"form": form, "page": page, "families": listed_families(list(page))}
    return render(request, "roles/role_list.html", context)


@public_page(markdown=True)
def role_detail(request: HttpRequest, key: str) -> HttpResponse:
    role = get_visible(Role.objects.select_related("family__collection"), request, key)
    return render(request, "roles/role_detail.html", {"role": role, "page": RolePage(role)})


@public_page(params=tuple(RoleComparisonForm.labels), markdown=True, in_sitemap=False)
def role_compare(request: HttpRequest) -> HttpResponse:
    form = RoleComparisonForm(request.GET, request.user)
    comparison = RoleComparison(form.chosen_rows) if form.chosen_rows else None
    return render(request, "roles/role_compare.html", {"form": form, "comparison": comparison})


@public_page(params=tuple(RoleComparisonForm.labels))
def role_compare_csv(request: HttpRequest) -> HttpResponseBase:
    form = RoleComparisonForm(request.GET, request.user)
    return csv_response(RoleComparison(form.chosen_rows).csv_rows(), "roles.csv")


@public_page(params=("more", "less"), in_sitemap=False)
def role_choice(request: HttpRequest) -> HttpResponse:
    featured = Role.objects.published().filter(featured=True)
    families = RoleFamily.objects.filter(roles__in=featured)
    roles = Role.objects.published().filter(family__in=families, collection__is_home=True)
    answers = dict.fromkeys(request.GET.getlist("more"), True)
    answers |= dict.fromkeys(request.GET.getlist("less"), False)
    finder = RoleFinder(list(roles.grouped()), answers)
    return render(request, "roles/role_choice.html", {"finder": finder})


@public_page(params=("role",), markdown=True)
def role_map(request: HttpRequest) -> HttpResponse:
    roles = list(Role.objects.published().filter(collection__is_home=True).grouped())
    public_moves = RoleMove.objects.published().exclude(kind=RoleMove.Kind.RELATED)
    moves = list(public_moves.select_related("from_role__collection", "to_role__collection"))
    by_key = {role.key: role for role in roles}
    career_map = CareerMap(roles, moves, by_key.get(request.GET.get("role", "")))
    return render(request, "roles/role_map.html", {"map": career_map})
