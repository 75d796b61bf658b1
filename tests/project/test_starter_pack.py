"""The content the portal starts with: it loads, loads again without change, is complete, and fills every page."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from content.markdown import render_markdown
from content.models import Collection, Publishable, SiteVersion
from content.packs.loading import load_pack
from content.packs.report import Report
from content.packs.sources import FolderPack
from guides.models import Guide
from interviews.models import AnswerFramework, Question, QuestionSet, SetSection
from ladders.models import Ladder, Level, LevelMove
from ladders.standing import levels_below, moves_between
from roles.models import Role
from skills.models import Skill
from tests.content.search_entries import titles
from tests.markup import parse
from tests.project.world import content_models
from tpm_portal.packs import TABLES

pytestmark = pytest.mark.django_db

PACK = Path(settings.BASE_DIR) / "tpm_portal" / "starter_pack"
TPM_ROLES = {"product-tpm", "engineering-tpm", "business-tpm"}
find_links = re.compile(r'<a [^>]*?href="([^"#]*)').findall
CORE_SKILLS = {
    "technical-depth",
    "communication",
    "managing-complex-projects",
    "working-with-stakeholders",
    "learning-new-technology",
}


@pytest.fixture(scope="module", autouse=True)
def report(django_db_setup: None, django_db_blocker: Any) -> Iterator[Report]:
    """The pack, loaded once for all tests here and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_pack(FolderPack(PACK), TABLES)
        transaction.set_rollback(True)


@pytest.fixture
def ladder() -> Ladder:
    return Ladder.objects.get(organisation="")


def said(section: SetSection) -> int:
    """The minutes that the interviewer speaks in this part, as its script says."""
    minutes = re.match(r"Script: (\d+) minutes?\b", section.script)
    return int(minutes[1]) if minutes else 0


def crawl(client: Client) -> dict[str, int]:
    """What every address answers that a visitor comes to from the first page by links."""
    answers: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        here = waiting.pop()
        if here not in answers:
            answer = client.get(here)
            answers[here] = answer.status_code
            links = find_links(answer.getvalue().decode()) if answer["Content-Type"].startswith("text/html") else []
            waiting += [urljoin(here, unescape(link)) for link in links if link and "://" not in link]
    return answers


def test_it_loads_whole_and_into_fields_only(report: Report) -> None:
    assert report.refusals == []
    assert report.kept == {}
    assert report.created.total() > 1000
    assert report.changed.total() == report.unchanged.total() == 0


def test_it_loads_again_without_change(report: Report) -> None:
    before = SiteVersion.objects.get().version
    again = load_pack(FolderPack(PACK), TABLES)
    assert (again.refusals, again.created, again.changed) == ([], {}, {})
    assert again.unchanged == report.created
    assert SiteVersion.objects.get().version == before


def test_it_is_the_portals_own_collection_and_all_of_it_is_published() -> None:
    assert Collection.objects.published().get().is_home
    for model in content_models():
        assert model.objects.published().count() == model.objects.count() > 0, model


def test_it_has_the_tpm_roles_and_the_roles_around_them() -> None:
    featured = set(Role.objects.filter(featured=True).values_list("slug", flat=True))
    assert featured == TPM_ROLES
    assert Role.objects.count() >= len(TPM_ROLES) + 3
    for role in Role.objects.all():
        assert role.purpose, role
        assert role.responsibilities, role
        assert role.skill_requirements.exclude(proficiency=None).exists(), role
        assert role.moves_in.exists() or role.moves_out.exists(), role
    for role in Role.objects.filter(featured=True):
        assert role.skill_requirements.filter(skill__slug__in=CORE_SKILLS).count() == len(CORE_SKILLS), role


def test_it_has_the_core_skills_and_others_in_groups_all_fully_described() -> None:
    assert set(Skill.objects.filter(featured=True).values_list("slug", flat=True)) == CORE_SKILLS
    assert Skill.objects.count() >= len(CORE_SKILLS) + 10
    for skill in Skill.objects.all():
        assert skill.group, skill
        assert skill.scale.proficiencies.count() == skill.descriptors.count() == 4, skill
        assert len({descriptor.text for descriptor in skill.descriptors.all()}) == 4, skill


def test_it_has_one_reference_ladder_with_a_branch_of_managers(ladder: Ladder) -> None:
    levels = list(ladder.levels.all())
    assert len([level for level in levels if level.track == Level.Track.INDIVIDUAL]) >= 6
    managers = [level for level in levels if level.track == Level.Track.MANAGER]
    assert managers
    assert levels_below(levels, moves_between(levels))[managers[0].pk].slug == "senior"
    assert LevelMove.objects.filter(from_level__in=managers, to_level__in=set(levels) - set(managers)).exists()
    for level in levels:
        assert all([level.summary, level.scope, level.autonomy, level.reach, level.band]), level
        assert level.expectations.exists(), level


def test_every_skill_that_the_reference_ladder_needs_is_described_there(ladder: Ladder) -> None:
    seen = 0
    for level in ladder.levels.all():
        for needed in level.requirements.all():
            assert needed.skill.descriptors.filter(proficiency=needed.proficiency).exists(), needed
            seen += 1
    assert seen > 60


def test_it_has_star_and_share_with_their_steps() -> None:
    steps = {row.slug: [step.slug for step in row.steps.all()] for row in AnswerFramework.objects.all()}
    assert steps["star"] == ["situation", "task", "action", "result"]
    assert steps["share"] == ["situation", "hindrance", "action", "result", "evaluation"]


def test_it_has_questions_with_probes_anchors_and_skills() -> None:
    questions = Question.objects.filter(audience="interviewer")
    assert questions.count() >= 24
    for question in questions:
        assert question.prompt, question
        assert question.probes.exists(), question
        assert [anchor.rating for anchor in question.anchors.filter(band=None)] == [1, 2, 3, 4], question
        assert question.question_skills.exists(), question
        assert question.minutes, question
    assert set(questions.values_list("question_skills__skill__slug", flat=True)) >= CORE_SKILLS


def test_it_has_sets_whose_minutes_add_up() -> None:
    assert QuestionSet.objects.count() >= 3
    for question_set in QuestionSet.objects.all():
        sections = list(question_set.sections.all())
        assert sum(section.minutes for section in sections) == question_set.minutes, question_set
        for section in sections:
            minutes = [item.minutes for item in section.items.all()]
            assert all(minutes), section
            assert sum(minutes) + said(section) == section.minutes, section


def test_it_has_a_guide_for_a_recent_graduate() -> None:
    guide = Guide.objects.get(slug="getting-started-as-a-recent-graduate")
    assert guide.audience == Guide.Audience.NEWCOMER
    assert guide.reading_minutes >= 3
    assert parse(render_markdown(guide.body, 2)).all("h2")


@pytest.mark.parametrize("model", [model for model in content_models() if issubclass(model, Publishable)])
def test_every_record_has_a_short_summary_and_a_date_of_review(model: type[Publishable]) -> None:
    for row in model.objects.all():
        assert 0 < len(row.summary) <= 300, row
        if row._meta.label not in {"skills.LearningResource"}:
            assert row.reviewed_on, row
            assert row.reviewed_on <= date(2026, 11, 22), row


@pytest.mark.parametrize("model", [Guide, Ladder, Role, Skill])
def test_what_states_facts_names_its_sources(model: type[Publishable]) -> None:
    assert [str(row) for row in model.objects.filter(sources="")] == []


def test_every_record_has_a_page_that_is_found_from_the_first_and_no_link_leads_nowhere(client: Client) -> None:
    answers = crawl(client)
    assert {address: status for address, status in answers.items() if status != 200} == {}
    models = [model for model in content_models() if hasattr(model, "get_absolute_url")]
    pages = {row.get_absolute_url() for model in models for row in model.objects.published()}
    assert pages <= answers.keys()
    assert len(pages) > 100
    assert len(answers) > len(pages) + 10


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tpm", ["Product TPM", "Business TPM", "Engineering TPM"]),
        ("risk", ["Risk management", "A risk you saw before others"]),
        ("RISKS", ["Risk management", "A risk you saw before others"]),
        ("star", ["STAR", "Getting started as a recent graduate"]),
        ("communication", ["Communication", "Executive communication"]),
        ("communicating", ["Communication", "Executive communication"]),
        ("program manager", ["Program manager", "Dropbox: Technical Program Manager"]),
        ("senior", ["Senior TPM onsite", "Bad news for senior leaders", "Senior TPM (R4) · Reference TPM ladder"]),
        ("staff", ["Staff TPM (R5) · Reference TPM ladder"]),
        ("IC4", ["Technical Program Manager (IC4) · Dropbox: Technical Program Manager"]),
        ("a", []),
        ("the", []),
    ],
)
def test_the_search_finds_the_same_first_on_every_database(query: str, first: list[str]) -> None:
    assert titles(query)[: len(first) or None] == first
