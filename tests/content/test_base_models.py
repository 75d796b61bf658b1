"""Visibility: a row is public only if it and everything it depends on are, in every query."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import IntegrityError, transaction

from content.base_models import ContentModel, Status, StatusModel
from roles.models import Role, SkillRequirement
from skills.models import Skill
from tests import factories
from tests.factories import (
    EditorFactory,
    ExpectationFactory,
    RoleMoveFactory,
    SkillFactory,
    SkillGroupFactory,
    SkillRequirementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

HIDDEN = [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED]
GATED = [model for model in apps.get_models() if issubclass(model, ContentModel)]
MADE: dict[Any, Any] = {
    made._meta.model: made
    for made in vars(factories).values()
    if getattr(made, "_meta", None) and made._meta.model
}


def ways_up(model: type[ContentModel], way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The lookups from a row to itself and to each ancestor with a publishing state."""
    if issubclass(model, StatusModel):
        yield way
    for name in model.visibility_parents:
        yield from ways_up(model._meta.get_field(name).related_model, (*way, name))


def complete(model: type[ContentModel]) -> ContentModel:
    """A row of which every way up leads somewhere."""
    row = MADE[model]()
    for name in model.visibility_parents:
        if getattr(row, name) is None:
            setattr(row, name, MADE[model._meta.get_field(name).related_model]())
    if model.__name__ == "Expectation":  # it has a skill or a dimension, never both
        row.group = None
    row.save()
    return row


def follow(row: Any, way: tuple[str, ...]) -> Any:
    """The row at the end of such a lookup."""
    for name in way:
        row = row and getattr(row, name)
    return row


def is_public(row: ContentModel) -> bool:
    """What is stored, which has to agree with the rows that it follows from."""
    is_live = type(row).objects.published().filter(pk=row.pk).exists()
    assert is_live == (not type(row).objects.get(pk=row.pk).unpublished_ancestors())
    return is_live


def set_status(row: ContentModel, status: Status) -> None:
    type(row).objects.filter(pk=row.pk).update(status=status)


@pytest.mark.drawn(14)
@pytest.mark.parametrize("model", GATED, ids=lambda model: model._meta.label)
def test_every_state_of_every_parent_counts(model: type[ContentModel]) -> None:
    row = complete(model)
    assert is_public(row)
    ends = {end for way in ways_up(model) if (end := follow(row, way))}
    assert ends or model._meta.label in {"ladders.Band", "search.SynonymGroup"}
    for end in ends:
        for status in HIDDEN:
            set_status(end, status)
            assert not is_public(row), f"{end} is {status}"
        set_status(end, Status.PUBLISHED)
        assert is_public(row), f"{end} is published again"


@pytest.mark.parametrize("status", Status)
def test_an_expectation_follows_its_dimension_too(status: Status) -> None:
    group = SkillGroupFactory(collection=factories.CollectionFactory())
    expectation = ExpectationFactory(skill=None, group=group)
    set_status(group.collection, status)
    assert is_public(expectation) == (status == Status.PUBLISHED)


def test_an_empty_optional_parent_does_not_count() -> None:
    assert is_public(ExpectationFactory(skill=None, group=None))
    assert is_public(RoleMoveFactory(from_role=None, origin="Recent graduate"))


@pytest.mark.parametrize("status", Status)
def test_what_a_page_shows_can_be_asked_behind_a_relation(status: Status) -> None:
    needed = SkillRequirementFactory(role__status=Status.DRAFT, skill__status=status)
    found = SkillRequirement.objects.filter(Skill.shown_on_q([needed.role], "skill__"))
    assert (needed in found) == (status == Status.PUBLISHED)


def test_the_page_of_a_draft_shows_its_parts_as_far_as_the_rest_of_them_is_public() -> None:
    needed = SkillRequirementFactory(role__status=Status.DRAFT)
    rows = SkillRequirement.objects.all()
    for shown in (rows.shown_on(needed.role), rows.published_ignoring("role")):
        assert needed in shown
    assert needed not in rows.published()
    set_status(needed.skill, Status.DRAFT)
    for shown in (rows.shown_on(needed.role), rows.published_ignoring("role")):
        assert needed not in shown


@pytest.mark.parametrize("status", Status)
def test_the_pages_of_a_hidden_collection_show_drafts_of_it_and_of_no_other(status: Status) -> None:
    hidden, other = factories.CollectionFactory(status=Status.DRAFT), factories.CollectionFactory()
    role = factories.RoleFactory(collection=hidden)
    own, foreign = (
        SkillFactory(collection=hidden, status=status),
        SkillFactory(collection=other, status=status),
    )
    shown = Skill.objects.shown_on(Role.objects.get(pk=role.pk))
    assert (own in shown) == own.is_shown_on(role) == (status != Status.ARCHIVED)
    assert (foreign in shown) == foreign.is_shown_on(role) == (status == Status.PUBLISHED)


def test_only_who_may_change_this_kind_sees_what_is_hidden() -> None:
    shown, hidden = SkillFactory(), SkillFactory(status=Status.DRAFT)
    reader, narrow, viewer = UserFactory(), UserFactory(), UserFactory()
    narrow.user_permissions.set(Permission.objects.filter(codename="change_skill"))
    viewer.user_permissions.set(
        Permission.objects.filter(codename__in=["view_skill", "change_role"])
    )
    for user in (AnonymousUser(), reader, viewer, EditorFactory(is_active=False)):
        assert set(Skill.objects.visible_to(user)) == {shown}, user
    for user in (EditorFactory(), narrow):
        assert set(Skill.objects.visible_to(user)) == {shown, hidden}, user


def test_the_first_publication_is_dated_and_the_date_stays() -> None:
    skill = SkillFactory(status=Status.DRAFT)
    assert skill.published_at is None
    skill.status = Status.PUBLISHED
    skill.full_clean()
    skill.save()
    first = skill.published_at
    assert first
    skill.status = Status.ARCHIVED
    skill.save()
    skill.status = Status.PUBLISHED
    skill.save()
    assert Skill.objects.get().published_at == first


def test_the_database_refuses_what_is_published_without_a_date() -> None:
    skill = SkillFactory(status=Status.DRAFT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.update(status=Status.PUBLISHED)
    Skill.objects.update(status=Status.PUBLISHED, published_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert is_public(skill)
