"""The starter content is complete: roles, skills, ladders, questions, sets and guides."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.test import Client

from content.markdown import render_markdown
from content.models import Collection, Publishable
from guides.models import Guide
from interviews.models import AnswerFramework, Question, QuestionSet
from ladders.level_order import LevelOrder, moves_between
from ladders.models import Band, Ladder, Level, LevelMove
from ladders.requirements import requirements_at
from roles.importance import ImportanceMixin
from roles.models import Role, RoleFamily
from roles.profiles import load_profiles
from skills.models import Skill
from tests.markup import Page, parse
from tests.project.world import content_models

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TPM_ROLES = {"product-tpm", "engineering-tpm", "business-tpm"}
#: No record was read later than this.
REVIEWED = date(2026, 11, 26)
CORE_SKILLS = {
    "technical-depth",
    "communication",
    "managing-complex-projects",
    "working-with-stakeholders",
    "learning-new-technology",
}


@pytest.fixture
def ladder() -> Ladder:
    return Ladder.objects.get(slug="tpm")


def test_it_is_the_portals_own_collection_and_all_of_it_is_published() -> None:
    assert Collection.objects.published().get().is_home
    for model in content_models():
        assert model.objects.published().count() == model.objects.count() > 0, model


def test_it_has_the_tpm_roles_of_the_founding_text_and_the_roles_around_them() -> None:
    featured = set(Role.objects.filter(featured=True).values_list("slug", flat=True))
    assert featured == TPM_ROLES
    assert Role.objects.count() >= 18
    assert Role.objects.filter(family__slug="technical-program-management").count() >= 8


def test_every_tpm_role_requires_the_whole_core_profile_and_more() -> None:
    family = RoleFamily.objects.get(slug="technical-program-management")
    core = {requirement.skill.slug for requirement in family.requirements.all()}
    assert core >= CORE_SKILLS
    assert 14 <= len(core) <= 16
    roles = list(family.roles.all())
    profiles = load_profiles(roles)
    for role in roles:
        skills = {skill.slug for skill in profiles[role.pk]}
        assert skills > core, role


def test_roles_and_levels_have_six_to_twelve_essential_skills() -> None:
    roles = list(Role.objects.all())
    levels = Level.objects.filter(ladder__organization="")
    requirements: list[Iterable[ImportanceMixin]]
    requirements = [profile.values() for profile in load_profiles(roles).values()]
    requirements += [requirements_at(level) for level in levels]
    assert len(requirements) == len(roles) + len(levels) > 30
    for required in requirements:
        assert 6 <= len([each for each in required if each.is_essential]) <= 12, required


def test_no_level_of_a_reference_ladder_asks_for_expert_in_more_than_ten_skills() -> None:
    experts = []
    for level in Level.objects.filter(ladder__organization=""):
        proficiencies = [str(required.proficiency) for required in requirements_at(level)]
        experts.append(proficiencies.count("Expert"))
    assert 0 < max(experts) <= 10


def test_it_has_the_five_core_skills_and_others_in_seven_groups() -> None:
    assert set(Skill.objects.filter(featured=True).values_list("slug", flat=True)) == CORE_SKILLS
    assert Skill.objects.count() >= 42
    assert set(Skill.objects.values_list("group__position", flat=True)) == set(range(1, 8))


def test_it_has_reference_ladders_and_published_ones_all_on_the_six_bands() -> None:
    assert Ladder.objects.count() >= 8
    assert set(Ladder.objects.filter(organization="").values_list("slug", flat=True)) == {
        "tpm",
        "program-manager",
    }
    assert Band.objects.count() == 6
    assert Level.objects.filter(band=None).count() == 0


def test_a_ladder_that_its_organization_does_not_publish_states_no_rule_of_it() -> None:
    company_ladders = Ladder.objects.without_reference()
    assert company_ladders.filter(confidence="high").exclude(rule="").exists()
    reported = company_ladders.exclude(confidence="high")
    assert len(reported) > 5
    assert {ladder.rule for ladder in reported} == {""}


def test_it_has_one_reference_ladder_with_a_branch_of_managers(ladder: Ladder) -> None:
    levels = list(ladder.levels.all())
    assert len([level for level in levels if level.track == Level.Track.INDIVIDUAL]) >= 6
    managers = [level for level in levels if level.track == Level.Track.MANAGER]
    assert managers
    assert LevelOrder(levels, moves_between(levels)).below[managers[0].pk].slug == "senior"
    assert LevelMove.objects.filter(
        from_level__in=managers, to_level__in=set(levels) - set(managers)
    ).exists()
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


def test_it_has_star_and_share_with_their_steps_and_others() -> None:
    steps = {
        row.slug: [step.slug for step in row.steps.all()] for row in AnswerFramework.objects.all()
    }
    assert steps["star"] == ["situation", "task", "action", "result"]
    assert steps["share"] == ["situation", "hindrance", "action", "result", "evaluation"]
    assert len(steps) >= 8


def test_it_has_questions_of_every_kind_and_sets_for_every_kind_of_tpm() -> None:
    assert Question.objects.count() >= 160
    assert set(Question.objects.values_list("kind", flat=True)) == set(Question.Kind.values)
    assert Question.objects.filter(audience="candidate").count() >= 10
    tpms = Role.objects.filter(family__slug="technical-program-management")
    assert QuestionSet.objects.filter(stage="onsite").count() >= 14
    assert set(tpms) <= {
        row.role for row in QuestionSet.objects.filter(stage="onsite").select_related("role")
    }


def test_it_has_guides_for_everybody_and_one_for_a_recent_graduate() -> None:
    assert Guide.objects.count() >= 10
    assert set(Guide.objects.values_list("audience", flat=True)) == set(Guide.Audience.values)
    guide = Guide.objects.get(slug="getting-started-as-a-recent-graduate")
    assert guide.audience == Guide.Audience.NEWCOMER
    assert guide.reading_minutes >= 3
    assert parse(render_markdown(guide.body, 2)).all("h2")


@pytest.mark.parametrize(
    "model", [model for model in content_models() if issubclass(model, Publishable)]
)
def test_every_record_has_a_short_summary_and_a_date_of_review(model: type[Publishable]) -> None:
    for row in model.objects.all():
        assert 0 < len(row.summary) <= 300, row
        if row._meta.label not in {"skills.LearningResource"}:
            assert row.reviewed_on, row
            assert row.reviewed_on <= REVIEWED, row


@pytest.mark.parametrize("model", [Guide, Ladder, Role, Skill])
def test_what_states_facts_names_its_sources(model: type[Publishable]) -> None:
    assert [str(row) for row in model.objects.filter(sources="")] == []


def test_a_set_for_a_level_names_every_essential_skill_that_it_leaves_untested(
    client: Client,
) -> None:
    seen = 0
    for question_set in QuestionSet.objects.exclude(level=None):
        page = Page.read(client, question_set.get_absolute_url())
        rows = [row for row in page.all("tr") if row.all("td")]
        missed = []
        for row in rows:
            head, words = row.one("th"), row.all("td")[-1].text
            is_essential = any(small.text == "essential" for small in head.all("small"))
            if is_essential and words.startswith(("Not tested", "Tested too low")):
                missed.append(head.all("a")[0].text)
        said = " ".join(warning.text for warning in page.marked("warning"))
        assert [title for title in missed if title.lower() not in said] == [], question_set
        seen += len(missed)
    assert seen > 20
