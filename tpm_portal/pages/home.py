"""The home page: what a TPM does, the jobs that visitors come with, and samples of the content."""

from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.models import Collection
from content.pages import public_page
from guides.models import Guide
from interviews.models import Question
from ladders.band_chart import BandChart, band_chart
from ladders.band_map import load_levels_by_ladder
from ladders.level_strip import reference_stairs
from ladders.models import Level
from roles.models import Role
from roles.profiles import load_profiles
from search.models import SearchEntry
from skills.models import Skill
from skills.wheel import SkillWheel, required_wheel
from tpm_portal.pages.collections import content_counts

#: The slug of the guide whose text the page shows.
INTRODUCTION = "what-a-tpm-does"
MAX_QUESTIONS = 3


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "tpm_portal/home.html", {"page": HomePage()})


class RoleWheel(NamedTuple):
    """A role with the picture of the skills that it requires."""

    role: Role
    wheel: SkillWheel


class HomePage:
    """What the first page shows: the portal's own guides, and what editors featured. 9 queries."""

    def __init__(self) -> None:
        guides = Guide.objects.published().filter(collection__is_home=True)
        featured = list(guides.filter(Q(featured=True) | Q(slug=INTRODUCTION)))
        #: None if it is not public.
        self.introduction = next((row for row in featured if row.slug == INTRODUCTION), None)
        self.guides = [guide for guide in featured if guide.slug != INTRODUCTION]
        self.stairs = reference_stairs()
        self.role_wheels = _role_wheels()
        self.skills = Skill.objects.published().filter(featured=True).grouped()
        self.chart = _company_chart()
        self.questions = _questions()
        self.counts = content_counts(Collection.objects.filter(is_home=True))
        self.is_empty = not self.counts and not SearchEntry.objects.exists()


def _role_wheels() -> list[RoleWheel]:
    roles = list(Role.objects.published().filter(featured=True).order_by("position", "id"))
    profiles = load_profiles(roles)
    wheels = []
    for role in roles:
        wheel = required_wheel(profiles[role.pk].values(), role.title)
        wheels.append(RoleWheel(role, wheel))
    return wheels


def _company_chart() -> BandChart | None:
    """The middle level of the portal's own ladder, and levels of other organizations in its band.

    None without such levels. One query.
    """
    own_levels = Level.objects.published().filter(ladder__collection__is_home=True)
    ladders = load_levels_by_ladder(own_levels)
    for levels in ladders:
        if levels[0].ladder.is_reference:
            individual = [level for level in levels if not level.is_managers] or levels
            middle = individual[len(individual) // 2]
            others = [levels for levels in ladders if levels[0].ladder.organization]
            return band_chart(middle, [levels, *others])
    return None


def _questions() -> QuerySet[Question]:
    questions = Question.objects.published().filter(featured=True, collection__is_home=True)
    return questions.for_interviewers().order_by("title", "id")[:MAX_QUESTIONS]
