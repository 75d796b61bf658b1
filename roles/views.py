"""Pages of roles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import get_visible, public_page
from roles.career_map import CareerMap
from roles.choosing import Path
from roles.comparison import Comparison
from roles.forms import RoleComparisonForm, RoleFilterForm
from roles.models import Role, RoleFamily, RoleMove, SkillRequirement
from skills.steps import steps


@public_page(params=RoleFilterForm.params())
def role_list(request: HttpRequest) -> HttpResponse:
    form = RoleFilterForm(request.GET)
    page = form.get_page(Role.objects.published().grouped())
    return render(request, "roles/role_list.html", {"form": form, "page": page})


@public_page(params=tuple(RoleComparisonForm.labels), markdown=True)
def role_compare(request: HttpRequest) -> HttpResponse:
    form = RoleComparisonForm(request.GET, request.user)
    comparison = Comparison(form.chosen_rows) if form.chosen_rows else None
    return render(request, "roles/role_compare.html", {"form": form, "comparison": comparison})


@public_page(params=("more", "less"))
def role_choice(request: HttpRequest) -> HttpResponse:
    featured = RoleFamily.objects.filter(roles__in=Role.objects.published().filter(featured=True))
    roles = list(
        Role.objects.published().filter(family__in=featured, collection__is_home=True).grouped()
    )
    answers = {
        key: name == "more" for name in ("more", "less") for key in request.GET.getlist(name)
    }
    return render(request, "roles/role_choice.html", {"path": Path(roles, answers)})


@public_page(params=("role",), markdown=True)
def role_map(request: HttpRequest) -> HttpResponse:
    roles = list(Role.objects.published().filter(collection__is_home=True).grouped())
    shown = RoleMove.objects.published().exclude(kind=RoleMove.Kind.RELATED)
    moves = list(shown.select_related("from_role__collection", "to_role__collection"))
    chosen = next((role for role in roles if role.key == request.GET.get("role")), None)
    if chosen:
        moves = [move for move in moves if chosen.pk in {move.from_role_id, move.to_role_id}]
        near = {chosen.pk} | {key for move in moves for key in (move.from_role_id, move.to_role_id)}
        roles = [role for role in roles if role.pk in near]
    context = {"map": CareerMap(roles, moves), "chosen": chosen}
    return render(request, "roles/role_map.html", context)


@public_page(markdown=True)
def role_detail(request: HttpRequest, key: str) -> HttpResponse:
    role = get_visible(Role.objects.select_related("family__collection"), request, key)
    needed = SkillRequirement.objects.filter(role=role).shown_on(role)
    moves = RoleMove.objects.exclude(kind=RoleMove.Kind.RELATED)
    moves_in = moves.filter(to_role=role).shown_on(role)
    moves_out = RoleMove.objects.filter(from_role=role).shown_on(role)
    before, after = Role.objects.filter(family=role.family).neighbours(
        role, "position", "title", "id"
    )
    leading = list(moves_out.select_related("to_role__collection"))
    context = {
        "role": role,
        "before": before,
        "after": after,
        "requirements": needed.with_skills().annotate(**steps()),
        "moves_in": moves_in.select_related("from_role__collection"),
        "moves_out": [move for move in leading if move.kind != RoleMove.Kind.RELATED],
        "related": [move.to_role for move in leading if move.kind == RoleMove.Kind.RELATED],
    }
    return render(request, "roles/role_detail.html", context)
