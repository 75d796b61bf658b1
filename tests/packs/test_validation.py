"""A stored row is validated completely, but with queries only for what changed."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model

from packs.validation import validate
from skills.models import Skill
from tests.factories import (
    AnchorFactory,
    BandFactory,
    QuestionFactory,
    RoleFactory,
    RoleMoveFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db


def refused(row: Model, *changed: str) -> set[str]:
    """The fields that are wrong."""
    try:
        validate(row, changed=set(changed))
    except ValidationError as error:
        return set(error.message_dict)
    return set()


def stored(row: Model) -> Any:
    """The same row, with nothing at hand that it refers to."""
    return type(row)._base_manager.get(pk=row.pk)


def test_what_did_not_change_costs_no_query(django_assert_num_queries: Any) -> None:
    skill = stored(SkillFactory())
    skill.summary = "Another one."
    with django_assert_num_queries(0):
        assert refused(skill, "summary") == set()
    with django_assert_num_queries(1):
        assert refused(skill, "slug") == set()


def test_a_twin_is_found_by_any_of_its_fields() -> None:
    first, second = SkillFactory(slug="first"), SkillFactory(slug="second")
    skill = stored(second)
    skill.slug = "first"
    assert first.collection == second.collection
    assert refused(skill, "slug")
    assert refused(skill, "collection")
    assert refused(skill, "summary") == set()


def test_a_condition_that_comes_true_is_checked() -> None:
    question = QuestionFactory()
    AnchorFactory(question=question, rating=2, band=None)
    anchor = stored(AnchorFactory(question=question, rating=2, band=BandFactory()))
    anchor.band = None
    assert refused(anchor, "band")
    assert refused(anchor, "text") == set()


def test_a_check_is_made_for_any_of_its_fields() -> None:
    move = stored(RoleMoveFactory(from_role=RoleFactory()))
    move.to_role_id = move.from_role_id
    assert refused(move, "to_role")
    assert refused(move, "from_role")
    assert refused(move, "text") == set()


def test_a_row_that_is_referred_to_is_looked_up_when_the_reference_changed() -> None:
    skill = stored(SkillFactory())
    skill.group_id = 10**6
    assert refused(skill, "group") == {"group"}


def test_the_values_of_all_fields_are_checked() -> None:
    skill: Skill = stored(SkillFactory())
    skill.title = ""
    assert refused(skill, "summary") == {"title"}
