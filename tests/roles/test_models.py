"""Role families, roles, requirements, and the moves between roles."""

from typing import Any

import pytest
from django.db.models import RestrictedError

from roles.models import Role, RoleMove, SkillRequirement
from tests.factories import (
    RoleFactory,
    RoleFamilyFactory,
    RoleMoveFactory,
    ScaleFactory,
    SkillFactory,
    SkillGroupFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.refusals import codes, is_stored

pytestmark = pytest.mark.django_db


def test_a_role_names_a_skill_once() -> None:
    needed = SkillRequirementFactory()
    again = SkillRequirement(role=needed.role, skill=needed.skill)
    assert codes(again) == {"__all__": ["This role already requires this skill."]}
    assert not is_stored(again)
    again.skill = SkillFactory()
    assert codes(again) == {}
    assert is_stored(again)


def test_a_requirement_names_a_step_of_the_skills_own_scale_or_none() -> None:
    needed = SkillRequirementFactory()
    assert codes(needed) == {}
    needed.proficiency = None
    assert codes(needed) == {}
    needed.proficiency = ScaleFactory(slug="other", steps=["Seen"]).proficiencies.get()
    assert codes(needed) == {"proficiency": ["other_scale"]}


def test_a_requirement_of_a_skill_without_a_scale_names_no_step() -> None:
    needed = SkillRequirementFactory(skill=SkillFactory(scale=None))
    assert (needed.proficiency, codes(needed)) == (None, {})
    needed.proficiency = step_of(SkillFactory())
    assert codes(needed) == {"proficiency": ["other_scale"]}


def test_requirements_stand_in_the_order_of_the_skill_groups() -> None:
    role = RoleFactory()
    late, early = SkillGroupFactory(position=2), SkillGroupFactory(position=1)
    for title, group, position in [
        ("d", None, 0),
        ("c", late, 0),
        ("b", early, 2),
        ("a", early, 1),
    ]:
        SkillRequirementFactory(
            role=role, skill=SkillFactory(title=title, group=group), position=position
        )
    assert [row.skill.title for row in role.skill_requirements.with_skills()] == [
        "a",
        "b",
        "c",
        "d",
    ]


@pytest.mark.parametrize(
    ("start", "is_taken"),
    [
        ({"from_role": True, "origin": ""}, True),
        ({"from_role": False, "origin": "Recent graduate"}, True),
        ({"from_role": True, "origin": "Recent graduate"}, False),
        ({"from_role": False, "origin": ""}, False),
    ],
)
def test_a_move_starts_at_a_role_or_at_an_origin(start: dict[str, Any], is_taken: bool) -> None:
    from_role = RoleFactory() if start["from_role"] else None
    move = RoleMove(from_role=from_role, origin=start["origin"], to_role=RoleFactory())
    assert (codes(move) == {}) == is_stored(move) == is_taken


def test_a_move_leads_to_another_role() -> None:
    move = RoleMoveFactory()
    assert codes(move) == {}
    move.to_role = move.from_role
    assert codes(move) == {"__all__": ["This move ends at the role where it starts."]}
    assert not is_stored(move)


@pytest.mark.parametrize("from_outside", [True, False])
def test_a_move_of_one_kind_is_there_once(from_outside: bool) -> None:
    start = (
        {"from_role": None, "origin": "Recent graduate"}
        if from_outside
        else {"from_role": RoleFactory()}
    )
    move = RoleMoveFactory(**start, kind="entry")
    again = RoleMove(**start, to_role=move.to_role, kind="entry")
    assert set(codes(again)) == {"__all__"}
    assert not is_stored(again)
    again.kind = "switch"
    assert codes(again) == {}
    assert is_stored(again)


def test_vocabulary_in_use_is_not_deleted_and_parts_go_with_the_whole() -> None:
    needed = SkillRequirementFactory()
    move = RoleMoveFactory(to_role=needed.role)
    for used in (needed.skill, needed.role.family, needed.proficiency):
        with pytest.raises(RestrictedError):
            used.delete()
    needed.role.delete()
    assert not SkillRequirement.objects.exists()
    assert not RoleMove.objects.filter(pk=move.pk).exists()
    assert list(Role.objects.all()) == [move.from_role]


def test_lists_follow_families_then_places_then_titles() -> None:
    late, early = RoleFamilyFactory(position=2), RoleFamilyFactory(position=1)
    RoleFactory(title="3", family=late)
    RoleFactory(title="2", family=early, position=2)
    RoleFactory(title="1b", family=early, position=1)
    RoleFactory(title="1a", family=early, position=1)
    RoleFactory(title="alone", family=None)
    assert [role.title for role in Role.objects.grouped()] == ["1a", "1b", "2", "3", "alone"]


def test_the_search_finds_a_role_by_its_text_and_by_its_other_titles() -> None:
    role = RoleFactory(
        aliases="Programme lead", neighbors="Unlike the others.", deliverables="- A plan"
    )
    assert role.search_aliases() == "Programme lead"
    for text in (role.purpose, role.responsibilities, "A plan", "Unlike the others."):
        assert text in role.search_body()


def test_rows_have_names() -> None:
    role = RoleFactory(title="Lead", slug="lead")
    assert str(SkillRequirementFactory(role=role, skill__title="Risk")) == "Lead · Risk"
    assert str(RoleMoveFactory(from_role=role, to_role__title="Head")) == "Lead → Head"
    assert str(RoleMoveFactory(from_role=None, origin="School", to_role=role)) == "School → Lead"
    assert role.get_absolute_url() == "/roles/lead/"
