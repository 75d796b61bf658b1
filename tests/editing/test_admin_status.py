"""List actions: publish, revert to draft, archive, delete. Rows are validated, and counted."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from reversion.models import Revision

from content.base_models import Status, StatusModel
from content.models import SiteVersion
from interviews.models import Question
from search.models import SearchEntry
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def act(client: Client, action: str, *rows: Any) -> tuple[int, str]:
    """The status of the response, and the messages."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], "index": "0"}
    response = client.post(admin_url(type(rows[0]), "changelist"), data)
    return response.status_code, " ".join(map(str, get_messages(response.wsgi_request)))


def statuses() -> list[str]:
    return [skill.status for skill in Skill.objects.order_by("pk")]


def test_chosen_rows_are_published_in_one_change_and_counted(editor: Client) -> None:
    drafts = [factories.SkillFactory(status=Status.DRAFT) for _ in range(3)]
    already = factories.SkillFactory()
    before = SiteVersion.objects.get().version
    status, told = act(editor, "publish", *drafts[:2], already)
    assert (status, told) == (302, "2 skills changed to “Published”.")
    assert statuses() == ["published", "published", "draft", "published"]
    assert SiteVersion.objects.get().version == before + 1
    assert SearchEntry.objects.count() == 3
    assert LogEntry.objects.count() == 2


@pytest.mark.parametrize(("action", "status"), [("unpublish", "draft"), ("archive", "archived")])
def test_what_is_taken_back_is_gone_from_the_search_at_once(
    editor: Client, action: str, status: str
) -> None:
    skill = factories.SkillFactory()
    assert SearchEntry.objects.count() == 1
    assert act(editor, action, skill)[0] == 302
    assert statuses() == [status]
    assert SearchEntry.objects.count() == 0
    skill.refresh_from_db()
    assert skill.published_at


def test_a_row_that_breaks_a_rule_is_left_and_named_and_the_others_go_on(editor: Client) -> None:
    bad = factories.SkillFactory(status=Status.DRAFT, title="Without a text")
    good = factories.SkillFactory(status=Status.DRAFT)
    bad.slug = "Not-A-Slug"
    bad.save()
    _, told = act(editor, "publish", bad, good)
    assert "“Without a text” was not changed: Use lowercase letters" in told
    assert "1 skill changed" in told
    assert statuses() == ["draft", "published"]


def test_who_publishes_below_a_hidden_collection_is_told(editor: Client) -> None:
    hidden = factories.CollectionFactory(status=Status.DRAFT)
    skill = factories.SkillFactory(status=Status.DRAFT, collection=hidden, title="Deep")
    _, told = act(editor, "publish", skill)
    assert "not visible until what it belongs to is published: “Deep”" in told


def test_an_action_does_not_undo_what_another_editor_saves_meanwhile(editor: Client) -> None:
    skill = factories.SkillFactory(status=Status.DRAFT)
    written: list[Any] = []
    original = StatusModel.save

    def spy(self: Any, *args: Any, **kwargs: Any) -> None:
        written.append(kwargs.get("update_fields"))
        original(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StatusModel, "save", spy)
        act(editor, "publish", skill)
    assert written == [["status", "published_at", "updated_at"]]


def test_each_row_of_an_action_has_a_revision_of_its_own(editor: Client) -> None:
    act(editor, "publish", *[factories.SkillFactory(status=Status.DRAFT) for _ in range(3)])
    assert [revision.version_set.count() for revision in Revision.objects.all()] == [1, 1, 1]


def test_who_may_only_look_has_no_actions(client: Client) -> None:
    viewer = factories.UserFactory(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_skill"))
    client.force_login(viewer)
    skill = factories.SkillFactory(status=Status.DRAFT)
    assert client.get(admin_url(Skill, "changelist")).status_code == 200
    act(client, "publish", skill)
    assert statuses() == ["draft"]


def test_chosen_rows_are_deleted_and_gone_from_the_search(editor: Client) -> None:
    gone, kept = factories.SkillFactory(), factories.SkillFactory()
    data = {"action": "delete_selected", "_selected_action": [gone.pk], "post": "yes"}
    assert editor.post(admin_url(Skill, "changelist"), data).status_code == 302
    assert list(Skill.objects.all()) == [kept]
    assert [entry.object_id for entry in SearchEntry.objects.all()] == [kept.pk]


def test_actions_work_on_a_list_that_a_filter_has_made_distinct(editor: Client) -> None:
    role = factories.RoleFactory()
    question = factories.QuestionFactory(status=Status.DRAFT, roles=[role])
    url = f"{admin_url(Question, 'changelist')}?roles__id__exact={role.pk}"
    data = {"action": "publish", "_selected_action": [question.pk], "index": "0"}
    assert editor.post(url, data).status_code == 302
    question.refresh_from_db()
    assert question.is_live


def test_a_collection_is_published_like_any_row(editor: Client) -> None:
    collection = factories.CollectionFactory(status=Status.DRAFT)
    assert act(editor, "publish", collection) == (302, "1 collection changed to “Published”.")
    collection.refresh_from_db()
    assert collection.status == Status.PUBLISHED
