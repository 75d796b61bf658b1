"""Recovering a deleted row restores its links, or says which ones cannot be restored."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client
from reversion import is_registered
from reversion.models import Version

from content.base_models import ContentModel
from content.models import LostLink
from editing.lost_links import optional_links
from guides.models import Guide
from interviews.models import QuestionSet, SetSection
from ladders.models import Ladder, Level
from roles.models import Role, RoleMove
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url, opened, saved
from tests.links import point_at

pytestmark = pytest.mark.django_db

RECOVERABLE = [Role, Ladder, Level, Skill]


def delete(client: Client, row: Model) -> None:
    assert client.post(admin_url(row, "delete"), {"post": "yes"}).status_code == 302


def recover(client: Client, model: type[Model], key: int) -> list[str]:
    """Recover the row with this key; what the page says then."""
    url = admin_url(model, "recover", Version.objects.get_deleted(model).get(object_id=key).pk)
    response = client.post(url, opened(client, url))
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


def delete_both_and_recover_first(client: Client, first: Model, second: Model) -> None:
    """A row that depends on both is deleted with the first, and restored with the second."""
    delete(client, first)
    delete(client, second)
    recover(client, type(first), first.pk)


def points_at(row: Any, name: str, target_id: int) -> bool:
    return type(row)._base_manager.filter(pk=row.pk, **{name: target_id}).exists()


@pytest.mark.one_database
@pytest.mark.parametrize("model", RECOVERABLE, ids=lambda model: model.__name__)
def test_every_link_to_a_recovered_row_is_made_again(editor: Client, model: type[Model]) -> None:
    target = getattr(factories, f"{model.__name__}Factory")()
    links = point_at(target)
    assert links
    delete(editor, target)
    assert not any(points_at(row, name, target.pk) for row, name in links)
    said = recover(editor, model, target.pk)
    assert all(points_at(row, name, target.pk) for row, name in links)
    assert any(line.startswith("Links restored: 1 ") for line in said)
    assert not any(line.startswith("Links that could not") for line in said)
    assert not LostLink.objects.exists()


def test_every_kind_that_links_can_point_at_is_among_these() -> None:
    models = [model for model in apps.get_models() if issubclass(model, ContentModel)]
    assert {each.related_model for model in models for each in optional_links(model)} == {
        *RECOVERABLE
    }


@pytest.mark.one_database
def test_the_page_that_asks_names_what_loses_a_link(editor: Client) -> None:
    role = factories.RoleFactory(title="Lead")
    guide, question_set = (
        factories.GuideFactory(title="Entry"),
        factories.QuestionSetFactory(title="Onsite", role=role),
    )
    guide.roles.add(role)
    page = editor.get(admin_url(role, "delete")).text
    assert "Guide: Entry (roles)" in page
    assert f"Question set: {question_set} (role)" in page
    assert "Guide_roles object" not in page


def test_rows_deleted_with_their_whole_get_their_links_again(editor: Client) -> None:
    ladder = factories.LadderFactory(levels=1)
    level = ladder.levels.get()
    question_set = factories.QuestionSetFactory(level=level)
    data = {"action": "delete_selected", "_selected_action": [ladder.pk], "post": "yes"}
    editor.post(admin_url(Ladder, "changelist"), data)
    assert QuestionSet.objects.get().level is None
    recover(editor, Ladder, ladder.pk)
    question_set.refresh_from_db()
    assert question_set.level == level


@pytest.mark.one_database
def test_to_look_at_what_can_be_recovered_makes_no_link(editor: Client) -> None:
    role = factories.RoleFactory()
    guide = factories.GuideFactory()
    guide.roles.add(role)
    delete(editor, role)
    version = Version.objects.get_deleted(Role).get()
    assert editor.get(admin_url(Role, "recover", version.pk)).status_code == 200
    assert not guide.roles.exists()
    assert LostLink.objects.count() == 1


@pytest.mark.one_database
def test_links_that_cannot_be_made_are_named(editor: Client) -> None:
    role = factories.RoleFactory()
    gone, moved = (
        factories.GuideFactory(title="Gone"),
        factories.QuestionSetFactory(title="Moved", role=role),
    )
    gone.roles.add(role)
    delete(editor, role)
    gone.delete()
    saved(editor, admin_url(moved, "change"), role=factories.RoleFactory().pk)
    assert recover(editor, Role, role.pk)[-1] == (
        "Links that could not be restored: the guide “Gone” is deleted; the question set “Moved” "
        "now has another role."
    )


@pytest.mark.one_database
@pytest.mark.parametrize("first", ["role", "guide"])
@pytest.mark.parametrize("recovered_first", ["role", "guide"])
def test_two_rows_that_were_deleted_are_linked_again_in_any_order(
    editor: Client, first: str, recovered_first: str
) -> None:
    rows: dict[str, Any] = {"role": factories.RoleFactory(), "guide": factories.GuideFactory()}
    rows["guide"].roles.add(rows["role"])
    models: dict[str, type[Model]] = {"role": Role, "guide": Guide}
    for name in sorted(rows, key=lambda name: name != first):
        delete(editor, rows[name])
    for name in sorted(rows, key=lambda name: name != recovered_first):
        recover(editor, models[name], rows[name].pk)
    assert [*Guide.objects.get().roles.all()] == [rows["role"]]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_two_roles_that_were_deleted_at_once_come_back_with_their_moves_in_any_order(
    editor: Client, is_reversed: bool
) -> None:
    role, other = factories.RoleFactory(title="Lead"), factories.RoleFactory(title="Analyst")
    move = factories.RoleMoveFactory(from_role=role, to_role=other)
    keys = [role.pk, other.pk]
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    editor.post(admin_url(Role, "changelist"), data)
    assert not Role.objects.exists()
    first, last = sorted(keys, reverse=is_reversed)
    said = recover(editor, Role, first)
    assert said[-1] == (
        f"Links that could not be restored: “{move}” referred to a role that was deleted."
    )
    recover(editor, Role, last)
    assert RoleMove.objects.get() == move
    assert not LostLink.objects.exists()


def test_a_part_whose_other_end_was_deleted_later_waits_for_it(editor: Client) -> None:
    role, other = factories.RoleFactory(), factories.RoleFactory()
    move = factories.RoleMoveFactory(from_role=role, to_role=other)
    delete_both_and_recover_first(editor, role, other)
    assert not RoleMove.objects.exists()
    delete(editor, role)
    assert recover(editor, Role, other.pk)[-1].endswith("refers to a role that was deleted.")
    recover(editor, Role, role.pk)
    assert RoleMove.objects.get() == move


@pytest.mark.one_database
def test_a_part_that_is_there_in_another_way_is_left_out_in_words(editor: Client) -> None:
    question, skill = factories.QuestionFactory(), factories.SkillFactory()
    probed = factories.QuestionSkillFactory(question=question, skill=skill)
    delete_both_and_recover_first(editor, question, skill)
    factories.QuestionSkillFactory(
        question=question, skill=factories.SkillFactory(), position=probed.position
    )
    assert "Links restored: 1 question skill." in recover(editor, Skill, skill.pk)
    assert question.question_skills.count() == 2


@pytest.mark.one_database
def test_a_row_comes_back_without_the_family_that_was_deleted_after_it(editor: Client) -> None:
    role = factories.RoleFactory(family=factories.RoleFamilyFactory())
    delete(editor, role)
    delete(editor, role.family)
    said = recover(editor, Role, role.pk)
    assert (
        said[-1]
        == f"Links that could not be restored: “{role}” referred to a role family that was deleted."
    )
    assert Role.objects.get().family is None


def test_a_version_that_names_a_deleted_row_comes_back_without_it_and_says_so(
    editor: Client,
) -> None:
    role = factories.RoleFactory()
    guide = factories.GuideFactory(title="Guide", body="As it was.")
    guide.roles.add(role)
    saved(editor, admin_url(guide, "change"), body="New.")
    delete(editor, role)
    url = admin_url(guide, "revision", Version.objects.get_for_object(guide).last().pk)
    response = editor.post(url, opened(editor, url))
    said = [str(message) for message in get_messages(response.wsgi_request)][-1]
    assert said == "Links that could not be restored: “Guide” referred to a role that was deleted."
    guide.refresh_from_db()
    assert (guide.body, guide.roles.count()) == ("As it was.", 0)
    assert f"[{role.pk}]" in Version.objects.get_for_object(guide).last().serialized_data.replace(
        '"', ""
    )


@pytest.mark.one_database
def test_a_section_that_is_recovered_leaves_later_changes_of_its_set(editor: Client) -> None:
    section = factories.SetItemFactory().section
    question_set, key = section.question_set, section.pk
    saved(editor, admin_url(question_set, "change"), intro="First.")
    section.delete()
    saved(editor, admin_url(question_set, "change"), intro="Later.")
    recover(editor, SetSection, key)
    question_set.refresh_from_db()
    assert question_set.intro == "Later."
    assert question_set.sections.get().items.count() == 1


def test_all_that_goes_with_a_recoverable_row_has_a_history_or_is_a_link() -> None:
    kept = {
        model
        for model in apps.get_models()
        if issubclass(model, ContentModel) and is_registered(model)
    }
    waiting, reached = list(RECOVERABLE), set()
    while waiting:
        model = waiting.pop()
        for relation in model._meta.related_objects:
            part = relation.related_model
            if (
                relation.one_to_many
                and relation.on_delete.__name__ == "CASCADE"
                and part not in reached
            ):
                reached.add(part)
                waiting.append(part)
    assert reached - kept == set()
    assert len(reached) > 5
