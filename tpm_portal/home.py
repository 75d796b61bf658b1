"""The first page: what a TPM is, the types, the core skills, preparation, and doors to the rest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import public_page
from guides.models import Guide
from roles.models import Role
from search.models import SearchEntry
from skills.models import Skill
from tpm_portal.newest import Changes

INTRODUCTION = "what-a-tpm-does"
NEWEST = 6


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    guides = Guide.objects.published().filter(collection__is_home=True)
    context = {
        "introduction": guides.filter(slug=INTRODUCTION).first(),
        "guides": guides.filter(featured=True).exclude(slug=INTRODUCTION),
        "roles": Role.objects.published().filter(featured=True).order_by("position", "id"),
        "skills": Skill.objects.published().filter(featured=True).grouped(),
        "is_empty": not SearchEntry.objects.exists(),
        "newest": Changes()[:NEWEST],
    }
    return render(request, "tpm_portal/home.html", context)
