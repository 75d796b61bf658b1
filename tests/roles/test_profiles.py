"""The profile of a role: the core profile of its family plus the role's changes and additions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roles.models import Role, RoleFamily
from roles.profiles import ProfileSkill, load_profile, load_profiles, roles_requiring
from skills.models import Skill
from tests.factories import (
    CollectionFactory,
    FamilyRequirementFactory,
    RoleFactory,
    RoleFamilyFactory,
    ScaleFactory,
    SkillFactory,
    SkillGroupFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.showing import HIDDEN, set_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> RoleFamily:
    return RoleFamilyFactory(title="TPM")


@pytest.fixture
def role(family: RoleFamily) -> Role:
    return RoleFactory(title="Product TPM", family=family)


@pytest.fixture
def risk() -> Skill:
    return SkillFactory(title="Risk")


def core(family: RoleFamily, skill: Skill, step: int | None, importance: str = "expected") -> None:
    FamilyRequirementFactory(
        family=family,
        skill=skill,
        proficiency=None if step is None else step_of(skill, step),
        importance=importance,
        note="What all do.",
    )


def own(role: Role, skill: Skill, step: int | None, importance: str = "", note: str = "") -> None:
    SkillRequirementFactory(
        role=role,
        skill=skill,
        proficiency=None if step is None else step_of(skill, step),
        importance=importance,
        note=note,
    )


def only_row(role: Role) -> ProfileSkill:
    (row,) = load_profile(role).values()
    return row


def test_a_role_requires_what_its_family_does(family: RoleFamily, role: Role, risk: Skill) -> None:
    core(family, risk, 1)
    core(RoleFamilyFactory(), SkillFactory(), 1)
    row = only_row(role)
    assert (row.skill, str(row.proficiency), row.rank, row.scale_length) == (risk, "Working", 2, 4)
    assert (row.importance, row.note) == ("expected", "What all do.")
    assert (row.is_inherited, row.is_particular, row.change) == (True, False, "")


@pytest.mark.parametrize(
    ("step", "importance", "note", "rank", "stated", "change"),
    [
        (3, "", "", 4, "expected", "Raised from Working to Expert"),
        (0, "", "Less here.", 1, "expected", "Lowered from Working to Awareness"),
        (None, "essential", "", 2, "essential", "Expected in the core profile"),
        (2, "helpful", "", 3, "helpful",
         "Raised from Working to Practitioner; expected in the core profile"),
        (None, "", "With care.", 2, "expected", ""),
    ],
)  # fmt: skip
def test_a_requirement_of_the_role_replaces_that_of_the_family(
    family: RoleFamily,
    role: Role,
    risk: Skill,
    step: int | None,
    importance: str,
    note: str,
    rank: int,
    stated: str,
    change: str,
) -> None:
    core(family, risk, 1)
    own(role, risk, step, importance, note)
    row = only_row(role)
    assert (row.rank, row.importance, row.note, row.change) == (rank, stated, note, change)
    assert row.is_particular
    assert not row.is_inherited


def test_a_role_that_repeats_the_core_profile_differs_in_nothing(
    family: RoleFamily, role: Role, risk: Skill
) -> None:
    core(family, risk, 1)
    own(role, risk, 1, "expected")
    assert not only_row(role).is_particular


def test_a_role_adds_skills_after_those_of_the_core_profile_in_each_group(
    family: RoleFamily, role: Role
) -> None:
    late, early = SkillGroupFactory(position=2), SkillGroupFactory(position=1)
    own(role, SkillFactory(title="d", group=None), 1)
    own(role, SkillFactory(title="b", group=early), 1)
    core(family, SkillFactory(title="c", group=late), 1)
    core(family, SkillFactory(title="z", group=early), 1)
    rows = load_profile(role)
    assert [skill.title for skill in rows] == ["z", "b", "c", "d"]
    assert [row.change for row in rows.values()] == ["", "Added", "", "Added"]


def test_a_core_profile_without_a_proficiency_is_graded_by_the_role(
    family: RoleFamily, role: Role, risk: Skill
) -> None:
    core(family, risk, None)
    own(role, risk, 2)
    assert only_row(role).change == "Proficiency not stated in the core profile"


def test_a_hidden_skill_of_the_family_is_not_required(
    family: RoleFamily, role: Role, risk: Skill
) -> None:
    core(family, risk, 1)
    assert only_row(role).skill == risk
    for status in HIDDEN:
        set_status(risk, status)
        assert load_profile(role) == {}


def test_a_draft_shows_the_core_profile_as_its_readers_will_see_it() -> None:
    collection = CollectionFactory(status="draft")
    role = RoleFactory(collection=collection, status="draft")
    skill = SkillFactory(collection=collection, scale=ScaleFactory(collection=collection))
    assert role.family
    core(role.family, skill, 1)
    assert list(load_profile(role)) == [skill]


def test_many_profiles_take_two_queries(family: RoleFamily, risk: Skill) -> None:
    core(family, risk, 1)
    roles = RoleFactory.create_batch(3, family=family)
    roles += [RoleFactory(), RoleFactory(family=None)]
    for role in roles:
        own(role, SkillFactory(), 1)
    with CaptureQueriesContext(connection) as queries:
        profiles = load_profiles(roles)
    assert len(queries) == 2
    assert [len(profiles[role.pk]) for role in roles] == [2, 2, 2, 1, 1]


def test_a_skill_is_required_by_roles_of_the_family_and_by_others(
    family: RoleFamily, role: Role, risk: Skill
) -> None:
    core(family, risk, 1)
    raised = RoleFactory(title="Launch TPM", family=family)
    own(raised, risk, 3, "essential", note="First.")
    other = RoleFactory(title="Analyst")
    own(other, risk, 2)
    RoleFactory(family=family, status="draft")
    rows = roles_requiring(risk)
    assert [(row.role, row.rank, row.importance, row.is_inherited) for row in rows] == [
        (raised, 4, "essential", False),
        (other, 3, "", False),
        (role, 2, "expected", True),
    ]
    assert rows[2].role.get_absolute_url() == role.get_absolute_url()
    assert {found.title for found in Role.objects.requiring(risk).published()} == {
        *("Launch TPM", "Analyst", "Product TPM"),
    }
