"""The admin of roles: requirements and moves, in the order that the editor chose."""

import pytest
from django.test import Client

from roles.models import RoleMove
from tests import factories
from tests.admin_forms import admin_url, opened, saved, with_new_part

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_requirements_are_put_in_order_and_new_ones_come_last(editor: Client) -> None:
    role = factories.RoleFactory()
    skills = [factories.SkillFactory(title=title) for title in "ABC"]
    for position, skill in enumerate(skills[:2], start=1):
        factories.SkillRequirementFactory(role=role, skill=skill, position=position)
    url = admin_url(role, "change")
    moved = {"skill_requirements-0-position": "2", "skill_requirements-1-position": "1"}
    data = with_new_part(
        opened(editor, url) | moved,
        "skill_requirements",
        skill=skills[2].pk,
        importance="helpful",
    )
    assert editor.post(url, data).status_code == 302
    assert [requirement.skill.title for requirement in role.skill_requirements.all()] == [
        "B",
        "A",
        "C",
    ]


def test_a_skill_is_required_once(editor: Client) -> None:
    requirement = factories.SkillRequirementFactory()
    url = admin_url(requirement.role, "change")
    data = with_new_part(opened(editor, url), "skill_requirements", skill=requirement.skill.pk)
    assert "This role already requires this skill." in str(editor.post(url, data).context["errors"])


def test_a_step_of_another_scale_is_refused_beside_its_field(editor: Client) -> None:
    requirement = factories.SkillRequirementFactory()
    other = factories.ProficiencyFactory(scale__slug="other")
    url = admin_url(requirement.role, "change")
    response = saved(editor, url, **{"skill_requirements-0-proficiency": other.pk})
    assert "not on the skill" in str(response.context["errors"])


def test_a_move_is_edited_from_both_of_its_ends(editor: Client) -> None:
    move = factories.RoleMoveFactory(text="Old.")
    saved(editor, admin_url(move.to_role, "change"), **{"moves_in-0-text": "From the goal."})
    assert RoleMove.objects.get().text == "From the goal."
    saved(editor, admin_url(move.from_role, "change"), **{"moves_out-0-text": "From the start."})
    assert RoleMove.objects.get().text == "From the start."


def test_a_move_starts_at_a_role_or_in_words_and_leads_elsewhere(editor: Client) -> None:
    role = factories.RoleFactory()
    url = admin_url(role, "change")
    data = opened(editor, url)
    for values in (
        {},
        {"from_role": role.pk},
        {"from_role": factories.RoleFactory().pk, "origin": "Graduate"},
    ):
        assert (
            editor.post(url, with_new_part(data, "moves_in", kind="entry", **values)).status_code
            == 200
        )
    assert (
        editor.post(
            url, with_new_part(data, "moves_in", kind="entry", origin="Graduate")
        ).status_code
        == 302
    )
    assert RoleMove.objects.get().origin == "Graduate"


def test_a_move_is_there_once(editor: Client) -> None:
    role, other = factories.RoleFactory(), factories.RoleFactory()
    url = admin_url(role, "change")
    once = with_new_part(opened(editor, url), "moves_out", to_role=other.pk)
    twice = with_new_part(once, "moves_out", to_role=other.pk)
    assert "Two role moves are the same." in str(editor.post(url, twice).context["errors"])
    assert editor.post(url, once).status_code == 302
    again = with_new_part(opened(editor, url), "moves_out", to_role=other.pk)
    assert "This move already exists." in str(editor.post(url, again).context["errors"])
    assert RoleMove.objects.count() == 1
