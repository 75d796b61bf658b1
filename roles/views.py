"""Pages of roles."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from content.pages import get_visible, public_page
from file_formats.csv_cells import csv_response
from roles.career_map import CareerMap
from roles.comparison import RoleComparison
from roles.forms import RoleComparisonForm, RoleFilterForm
from roles.models import Role, RoleFamily, RoleMove
from roles.role_pages import RoleFinder, RolePage


@public_page(params=RoleFilterForm.params())
def role_list(request: HttpRequest) -> HttpResponse:
    form = RoleFilterForm(request.GET)
    page = form.get_page(Role.objects.published().grouped())
    return render(request, "roles/role_list.html", {"form": form, "page": page})


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
