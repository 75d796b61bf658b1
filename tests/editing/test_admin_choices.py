"""Two editors choose rows in the same field: both additions and both removals are saved."""

from typing import Any

import pytest
from django.test import Client

from interviews.models import Question
from tests import factories
from tests.admin_forms import admin_url, again, conflicts, opened, said, saved

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question() -> Question:
    return factories.QuestionFactory()


@pytest.mark.parametrize(
    ("made", "name", "chosen"),
    [
        (factories.QuestionFactory, "roles", factories.RoleFactory),
        (factories.SkillFactory, "related", factories.SkillFactory),
        (factories.LadderFactory, "other_roles", factories.RoleFactory),
        (factories.GuideFactory, "ladders", factories.LadderFactory),
        (factories.LearningResourceFactory, "skills", factories.SkillFactory),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_both_added_and_took_out_is_saved(
    editor: Client, made: Any, name: str, chosen: Any
) -> None:
    row = made()
    kept, mine_to_go, theirs_to_go, both_to_go, mine, theirs, of_both = (
        chosen().pk for _ in range(7)
    )
    getattr(row, name).set([kept, mine_to_go, theirs_to_go, both_to_go])
    url = admin_url(row, "change")
    sent = opened(editor, url) | {name: [kept, theirs_to_go, mine, of_both]}
    assert saved(editor, url, **{name: [kept, mine_to_go, theirs, of_both]}).status_code == 302
    answer = editor.post(url, sent)
    assert answer.status_code == 302
    assert {each.pk for each in getattr(row, name).all()} == {kept, mine, theirs, of_both}
    assert "Their changes were kept" in said(answer)


def test_a_form_refused_for_another_reason_shows_the_choices_of_both(
    editor: Client, question: Question
) -> None:
    mine, theirs = (str(factories.RoleFactory().pk) for _ in range(2))
    url = admin_url(question, "change")
    sent = opened(editor, url) | {"roles": [mine], "guidance": "Mine."}
    saved(editor, url, roles=[theirs], guidance="Theirs.")
    refused = editor.post(url, sent)
    assert conflicts(refused) == [("Guidance", "Theirs.")]
    assert sorted(again(refused)["roles"]) == sorted([mine, theirs])
    assert editor.post(url, again(refused)).status_code == 302
    assert question.roles.count() == 2


def test_a_row_that_was_deleted_elsewhere_does_not_stop_other_choices(
    editor: Client, question: Question
) -> None:
    gone, added = factories.RoleFactory(), factories.RoleFactory()
    question.roles.add(gone)
    url = admin_url(question, "change")
    sent = opened(editor, url) | {"roles": [gone.pk, added.pk]}
    assert editor.post(admin_url(gone, "delete"), {"post": "yes"}).status_code == 302
    assert editor.post(url, sent).status_code == 302
    assert question.roles.get() == added


def test_without_knowing_what_the_form_showed_other_choices_are_a_conflict(
    editor: Client, question: Question
) -> None:
    theirs = factories.RoleFactory(title="Theirs")
    url = admin_url(question, "change")
    sent = opened(editor, url) | {"roles": [factories.RoleFactory().pk], "edit_state": ""}
    question.roles.add(theirs)
    assert conflicts(editor.post(url, sent)) == [("Roles", "Theirs")]
