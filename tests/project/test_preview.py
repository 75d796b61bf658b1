"""An editor sees an unpublished framework as its readers will, and no one else sees it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from content.base_models import Status, StatusModel
from content.models import Collection
from roles.models import Role
from skills.models import Skill
from tests import factories
from tests.markup import Page
from tests.project.world import World, content_models

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

KINDS = [model for model in content_models() if issubclass(model, StatusModel)]


def set_all(status: Status) -> None:
    for model in KINDS:
        model.objects.update(status=status)


def page(client: Client, row: Any) -> str:
    """The page of a row, without the badge of what is not public and without dates."""
    answer = client.get(row.get_absolute_url())
    assert answer.status_code == 200, row
    before, _, rest = answer.text.partition('<p class="state">')
    text = before + rest.partition("</p>")[2] if rest else before
    return " ".join(re.sub(r"<time .*?</time>", "", text).split())


def pages(world: World) -> Iterator[Any]:
    return (
        row
        for row in world.values()
        if hasattr(row, "get_absolute_url") and not isinstance(row, Collection)
    )


def badge(client: Client, row: Any) -> str:
    (state,) = Page.read(client, row.get_absolute_url()).marked("state")
    return state.text


@pytest.mark.parametrize("others", [Status.DRAFT, Status.PUBLISHED])
def test_a_draft_collection_reads_for_an_editor_as_it_will_for_all(
    world: World, editor: Client, others: Status
) -> None:
    public = {row: page(editor, row) for row in pages(world)}
    assert len(public) > 7
    set_all(others)
    Collection.objects.update(status=Status.DRAFT)
    assert {row: page(editor, row) == public[row] for row in public} == dict.fromkeys(public, True)
    assert {Client().get(row.get_absolute_url()).status_code for row in public} == {404}


def needed_skill(**given: Any) -> tuple[Role, Skill]:
    """A role of a draft collection, and a skill of whatever is said that it needs."""
    collection = factories.CollectionFactory(
        status=Status.DRAFT, title="New framework", slug=f"new-{Collection.objects.count()}"
    )
    role = factories.RoleFactory(collection=collection, family=None)
    skill = factories.SkillFactory(
        **({"collection": collection, "group": None, "scale": None} | given)
    )
    factories.SkillRequirementFactory(role=role, skill=skill, proficiency=None)
    return role, skill


def test_what_is_archived_or_of_another_draft_is_left_out(editor: Client) -> None:
    role, skill = needed_skill(status=Status.DRAFT)
    assert f"{skill.title}<" in page(editor, role)
    for given in (
        {"status": Status.ARCHIVED},
        {"collection": factories.home_collection(), "status": Status.DRAFT},
        {"collection": factories.CollectionFactory(status=Status.DRAFT)},
    ):
        role, skill = needed_skill(**given, title="Zebra")
        assert "Zebra" not in page(editor, role)


def test_beside_a_draft_of_a_published_collection_other_drafts_stay_hidden(editor: Client) -> None:
    role, skill = needed_skill(status=Status.DRAFT, title="Zebra")
    assert "Zebra" in page(editor, role)
    Collection.objects.update(status=Status.PUBLISHED, published_at=role.updated_at)
    for status in (Status.PUBLISHED, Status.DRAFT):
        Role.objects.update(status=status)
        assert "Zebra" not in page(editor, role)


def test_the_badge_names_all_that_hides_a_page(editor: Client) -> None:
    role, _ = needed_skill()
    assert (
        badge(editor, role)
        == "Its collection “New framework” is a draft. Only editors see this page."
    )
    Role.objects.filter(pk=role.pk).update(status=Status.IN_REVIEW)
    assert badge(editor, role).startswith("In review. Its collection “New framework” is a draft.")
    Collection.objects.filter(pk=role.collection.pk).update(status=Status.ARCHIVED)
    assert "Its collection “New framework” is archived." in badge(editor, role)
    group = factories.SkillGroupFactory(collection=role.collection)
    grouped = factories.SkillFactory(group=group)
    assert badge(editor, grouped).startswith(
        "The collection of its group “New framework” is archived."
    )
    level = factories.LevelFactory(ladder__collection=role.collection, ladder__role=None)
    assert badge(editor, level).startswith(
        "The collection of its ladder “New framework” is archived."
    )
