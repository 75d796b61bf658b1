"""Editors are warned of unlawful or unfair wording before visitors see it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import Settings

from content.base_models import Status
from interviews.models import Question
from tests.admin_forms import admin_url, opened, saved, with_new_part
from tests.factories import ProbeFactory, QuestionFactory, SetSectionFactory
from tests.portal.packs_sent import sent, words
from tests.question_files.spreadsheets import edited, phone_screen
from tests.question_files.spreadsheets import saved as sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ASKED = "Do you have kids?"
WARNING = "touches a topic that is unlawful or unfair to ask a candidate about: family"


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture
def question() -> Question:
    return QuestionFactory(prompt="Tell me about a launch.", status=Status.PUBLISHED)


def test_a_doubtful_prompt_is_not_published_before_the_editor_says_so(
    editor: Client, question: Question
) -> None:
    url = admin_url(question, "change")
    answer = saved(editor, url, prompt=ASKED)
    assert answer.status_code == 200
    assert WARNING in answer.text
    assert "Do you want to publish this?" in answer.text
    question.refresh_from_db()
    assert question.prompt == "Tell me about a launch."
    confirmed = saved(editor, url, prompt=ASKED, publish_anyway="on")
    assert confirmed.status_code == 302
    assert any(WARNING in message for message in messages_of(confirmed))
    question.refresh_from_db()
    assert question.prompt == ASKED


def test_a_draft_is_saved_with_a_warning_and_asked_about_when_it_is_published(
    editor: Client, question: Question
) -> None:
    url = admin_url(question, "change")
    draft = saved(editor, url, prompt=ASKED, status=Status.DRAFT)
    assert draft.status_code == 302
    assert any(WARNING in message for message in messages_of(draft))
    assert saved(editor, url, status=Status.PUBLISHED).status_code == 200
    assert saved(editor, url, status=Status.PUBLISHED, publish_anyway="on").status_code == 302
    question.refresh_from_db()
    assert question.is_live


def test_a_question_that_was_published_on_purpose_is_not_asked_about_again(
    editor: Client, question: Question
) -> None:
    url = admin_url(question, "change")
    ProbeFactory(question=question, text=ASKED)
    saved(editor, url, prompt=ASKED, publish_anyway="on")
    assert saved(editor, url, title="Another title").status_code == 302
    assert saved(editor, url, prompt=f"{ASKED} Well?").status_code == 200


def test_a_doubtful_follow_up_is_asked_about_too(editor: Client, question: Question) -> None:
    url = admin_url(question, "change")
    data = with_new_part(opened(editor, url), "probes", text=ASKED)
    answer = editor.post(url, data)
    assert answer.status_code == 200
    assert WARNING in answer.text
    assert "Do you want to publish this?" in answer.text
    assert not question.probes.exists()
    assert editor.post(url, data | {"publish_anyway": "on"}).status_code == 302
    assert question.probes.exists()


def test_publishing_a_draft_asks_about_its_follow_ups(editor: Client) -> None:
    question = QuestionFactory(status=Status.DRAFT)
    ProbeFactory(question=question, text=ASKED)
    url = admin_url(question, "change")
    assert saved(editor, url, title="Another title").status_code == 302
    assert saved(editor, url, status=Status.PUBLISHED).status_code == 200
    assert saved(editor, url, status=Status.PUBLISHED, publish_anyway="on").status_code == 302


def test_publishing_many_leaves_the_doubtful_ones_as_they_are(editor: Client) -> None:
    doubtful = QuestionFactory(prompt=ASKED, status=Status.DRAFT)
    harmless = QuestionFactory(status=Status.DRAFT)
    chosen = {"action": "publish", "_selected_action": [doubtful.pk, harmless.pk]}
    answer = editor.post(admin_url(Question, "changelist"), chosen)
    assert any(
        WARNING in message and "Open it to publish it anyway." in message
        for message in messages_of(answer)
    )
    for row, status in ((doubtful, Status.DRAFT), (harmless, Status.PUBLISHED)):
        row.refresh_from_db()
        assert row.status == status


def test_the_script_of_a_section_is_asked_about_too(editor: Client) -> None:
    section = SetSectionFactory(script="Begin.", question_set__status=Status.PUBLISHED)
    url = admin_url(section, "change")
    assert WARNING in saved(editor, url, script=ASKED).text
    assert saved(editor, url, script=ASKED, publish_anyway="on").status_code == 302
    section.refresh_from_db()
    assert section.script == ASKED


def test_the_preview_of_an_edited_file_warns(
    editor: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    question_set = phone_screen()

    def preview(prompt: str) -> str:
        content = sheet_of(edited(question_set, 1, prompt=prompt))
        return words(
            sent(editor, admin_url(question_set, "import_csv"), content, "phone screen.csv")
        )

    assert WARNING in preview(ASKED)
    assert "unlawful" not in preview("Tell me about a plan.")
