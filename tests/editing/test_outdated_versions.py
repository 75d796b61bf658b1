"""Two editors, one with an old or deleted version: no one's work is overwritten."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from reversion.models import Version

from guides.models import Guide
from roles.models import Role
from tests import factories
from tests.admin_forms import admin_url, again, opened, said, saved

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def guide(editor: Client) -> Guide:
    """A guide with a version to go back to."""
    guide = factories.GuideFactory(title="Guide", body="Old.")
    assert saved(editor, admin_url(guide, "change"), body="New.").status_code == 302
    return guide


def oldest(row: Model) -> str:
    """The address of the page that restores the oldest version of a row."""
    return admin_url(row, "revision", Version.objects.get_for_object(row).order_by("pk")[0].pk)


def deleted(client: Client, row: Model) -> str:
    """The address that recovers a row, which is deleted."""
    assert client.post(admin_url(row, "delete"), {"post": "yes"}).status_code == 302
    return admin_url(
        type(row), "recover", Version.objects.get_deleted(type(row)).get(object_id=row.pk).pk
    )


def body_of(guide: Guide) -> str:
    return Guide.objects.get(pk=guide.pk).body


def test_a_version_does_not_replace_what_was_saved_since_it_was_looked_at(
    editor: Client, guide: Guide
) -> None:
    mine = opened(editor, oldest(guide))
    saved(editor, admin_url(guide, "change"), body="Theirs.")
    answer = editor.post(oldest(guide), mine)
    assert (answer.status_code, answer["Location"]) == (302, oldest(guide))
    assert "Someone else has changed or deleted “Guide” since you opened this page." in said(answer)
    assert body_of(guide) == "Theirs."
    assert saved(editor, oldest(guide)).status_code == 302
    assert body_of(guide) == "Old."


def test_a_version_does_not_replace_what_was_saved_since_on_the_page_of_another_row(
    editor: Client,
) -> None:
    move = factories.RoleMoveFactory(text="Old.")
    role, other = move.from_role, move.to_role
    saved(editor, admin_url(role, "change"), purpose="New.")
    mine = opened(editor, oldest(role))
    saved(editor, admin_url(other, "change"), **{"moves_in-0-text": "Theirs."})
    editor.post(oldest(role), mine)
    move.refresh_from_db()
    assert move.text == "Theirs."
    assert Role.objects.get(pk=role.pk).purpose == "New."


def test_what_was_deleted_while_a_version_was_looked_at_stays_deleted(
    editor: Client, guide: Guide
) -> None:
    mine = opened(editor, oldest(guide))
    deleted(editor, guide)
    assert "Someone else has changed or deleted “Guide”" in said(editor.post(oldest(guide), mine))
    assert not Guide.objects.exists()


@pytest.mark.parametrize("state", [{"former_state": ""}, {"former_state": "0" * 64}])
def test_a_version_is_brought_back_only_by_who_has_seen_what_it_replaces(
    editor: Client, guide: Guide, state: dict[str, Any]
) -> None:
    assert editor.post(oldest(guide), opened(editor, oldest(guide)) | state).status_code == 302
    assert body_of(guide) == "New."


def test_a_row_that_somebody_else_recovered_keeps_what_was_saved_since(
    editor: Client, guide: Guide
) -> None:
    url = deleted(editor, guide)
    mine = opened(editor, url)
    assert saved(editor, url).status_code == 302
    saved(editor, admin_url(guide, "change"), body="Theirs.")
    answer = editor.post(url, mine)
    assert (answer.status_code, answer["Location"]) == (302, admin_url(guide, "change"))
    assert said(answer).endswith(
        "“Guide” is no longer deleted: someone has recovered it. Nothing was changed."
    )
    assert body_of(guide) == "Theirs."
    assert editor.get(url)["Location"] == admin_url(guide, "change")


def test_what_was_typed_into_a_row_that_someone_else_recovered_is_shown_again_and_can_be_saved(
    editor: Client, guide: Guide
) -> None:
    url = deleted(editor, guide)
    mine = opened(editor, url) | {"title": "Mine"}
    assert saved(editor, url).status_code == 302
    saved(editor, admin_url(guide, "change"), body="Theirs.")
    shown = editor.post(url, mine)
    assert shown.status_code == 200
    assert "“Guide” is no longer deleted: someone has recovered it." in shown.text
    assert "What you typed is in the form below. It is not saved yet." in shown.text
    assert f'action="{admin_url(guide, "change")}"' in shown.text
    assert (again(shown)["title"], again(shown)["body"]) == ("Mine", "Theirs.")
    guide.refresh_from_db()
    assert (guide.title, guide.body) == ("Guide", "Theirs.")
    assert editor.post(admin_url(guide, "change"), again(shown)).status_code == 302
    guide.refresh_from_db()
    assert (guide.title, guide.body) == ("Mine", "Theirs.")


def test_a_field_that_was_typed_into_here_and_there_is_a_conflict_with_both_texts(
    editor: Client, guide: Guide
) -> None:
    url = deleted(editor, guide)
    mine = opened(editor, url) | {"body": "Mine."}
    assert saved(editor, url, body="Theirs.").status_code == 302
    shown = editor.post(url, mine)
    assert again(shown)["body"] == "Mine."
    assert "Theirs" in shown.text
    assert "Someone else also changed this after you opened the form." in shown.text


def test_what_is_typed_into_a_version_is_refused_for_a_reason_and_then_saved(
    editor: Client, guide: Guide
) -> None:
    refused = saved(editor, oldest(guide), title="")
    assert refused.status_code == 200
    assert body_of(guide) == "New."
    assert saved(editor, oldest(guide), title="Mine").status_code == 302
    assert (Guide.objects.get().title, body_of(guide)) == ("Mine", "Old.")


def test_what_was_typed_into_an_overtaken_version_is_put_back_and_can_be_saved(
    editor: Client, guide: Guide
) -> None:
    mine = opened(editor, oldest(guide)) | {"title": "Mine"}
    saved(editor, admin_url(guide, "change"), body="Theirs.")
    assert editor.post(oldest(guide), mine).status_code == 302
    shown = editor.post(oldest(guide), mine | {"_restore": "1"})
    assert "What you typed was restored. It is not saved yet." in shown.text
    assert again(shown)["title"] == "Mine"
    assert body_of(guide) == "Theirs."
    assert editor.post(oldest(guide), again(shown)).status_code == 302
    assert (Guide.objects.get().title, body_of(guide)) == ("Mine", "Old.")
