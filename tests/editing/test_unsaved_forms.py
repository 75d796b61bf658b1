"""Unsaved text on the server: forms are shown again with it, and saves are reported."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from reversion.models import Version

from editing.forms import MAX_SAVED_FORMS, SAVED_FORMS, remember_saved
from interviews.models import Question
from ladders.models import Ladder
from skills.models import Skill
from tests import factories
from tests.admin_forms import FormReader, admin_url, opened, said, saved, with_new_part
from tests.factories import EditorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question() -> Question:
    question = factories.QuestionFactory(guidance="Stored.")
    factories.ProbeFactory(question=question, text="And then?")
    return question


def test_what_was_typed_is_drawn_again_with_its_rows_and_not_saved(
    editor: Client, question: Question
) -> None:
    url, skill = admin_url(question, "change"), factories.SkillFactory(title="Estimation")
    data = with_new_part(opened(editor, url) | {"guidance": "Typed."}, "probes", text="Typed?")
    data = with_new_part(data, "question_skills", skill=skill.pk)
    page = editor.post(url, data | {"_restore": "1"})
    assert page.status_code == 200
    drawn = FormReader(page.text).data
    assert (drawn["guidance"], drawn["probes-1-text"], drawn["question_skills-0-skill"]) == (
        "Typed.",
        "Typed?",
        str(skill.pk),
    )
    assert "Estimation" in page.text
    assert "What you typed was restored" in page.text
    assert "Please correct" not in page.text
    question.refresh_from_db()
    assert (question.guidance, question.probes.count()) == ("Stored.", 1)
    assert editor.post(url, drawn).status_code == 302
    question.refresh_from_db()
    assert (question.guidance, question.probes.count()) == ("Typed.", 2)


def test_a_new_row_is_drawn_again_and_not_saved(editor: Client) -> None:
    factories.home_collection()
    url = admin_url(Skill, "add")
    data = opened(editor, url) | {"title": "Typed", "slug": "typed"}
    page = editor.post(url, data | {"_restore": "1"})
    assert FormReader(page.text).data["title"] == "Typed"
    assert not Skill.objects.exists()
    assert editor.post(url, FormReader(page.text).data).status_code == 302
    assert Skill.objects.get().title == "Typed"


def test_what_somebody_else_saved_meanwhile_is_merged_into_what_is_put_back(
    editor: Client, question: Question
) -> None:
    url = admin_url(question, "change")
    data = opened(editor, url) | {"guidance": "Typed."}
    saved(editor, url, summary="Theirs.")
    drawn = FormReader(editor.post(url, data | {"_restore": "1"}).text).data
    assert (drawn["guidance"], drawn["summary"]) == ("Typed.", "Theirs.")


@pytest.mark.django_db(transaction=True)
def test_every_page_names_the_form_that_was_saved(editor: Client, question: Question) -> None:
    url = admin_url(question, "change")
    refused = editor.post(url, opened(editor, url) | {"title": "", "form_mark": "1a"})
    assert refused.status_code == 200
    assert 'data-saved=""' in editor.get("/admin/").text
    saved(editor, url, guidance="Typed.", form_mark="1b")
    assert 'data-saved="1b"' in editor.get("/admin/").text


def test_a_form_saved_in_a_popup_is_named(
    editor: Client, question: Question, django_capture_on_commit_callbacks: Any
) -> None:
    url = admin_url(question, "change")
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(
            url, opened(editor, f"{url}?_popup=1") | {"form_mark": "1a", "_popup": "1"}
        )
    assert answer.wsgi_request.session[SAVED_FORMS] == ["1a"]


def named_after(*marks: str) -> list[str]:
    """The forms that a session names after these were saved."""
    session: dict[str, list[str]] = {}
    for mark in marks:
        request = RequestFactory().post("/", {"form_mark": mark})
        request.session = session  # type: ignore[assignment]
        remember_saved(request)
    return session.get(SAVED_FORMS, [])


def test_only_the_forms_saved_last_are_named_and_only_by_names_that_a_browser_gives() -> None:
    marks = [str(number) for number in range(MAX_SAVED_FORMS + 2)]
    assert named_after(*marks) == marks[2:]
    assert named_after("", "a b", "é", "x" * 90, "12ab") == ["12ab"]


def test_a_form_that_is_too_old_leads_back_to_itself(question: Question) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(EditorFactory())
    url = admin_url(question, "change")
    page = client.post(url, {"guidance": "Typed.", "csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert f'<a href="{url}">Open the form again</a>' in page.text
    assert "no right" not in page.text
    login = client.post("/admin/login/", {"username": "editor"})
    assert '<a href="/admin/login/">Open the form again</a>' in login.text


def test_a_form_whose_row_was_deleted_leads_to_its_recovery(editor: Client) -> None:
    ladder = factories.LadderFactory(title="Engineers")
    url = admin_url(ladder, "change")
    data = opened(editor, url) | {"summary": "Typed."}
    assert editor.post(admin_url(ladder, "delete"), {"post": "yes"}).status_code == 302
    answer = editor.post(url, data)
    version = Version.objects.get_deleted(Ladder).get()
    assert answer.url == admin_url(Ladder, "recover", version.pk)
    page = editor.get(answer.url)
    assert "“Engineers” was deleted since you opened its form, so nothing was saved." in page.text
    assert (
        f'<span data-unsaved-path="{url}" hidden> What you typed is stored in this browser'
        in page.text
    )
    assert editor.post(answer.url, FormReader(page.text).data).status_code == 302
    assert editor.post(url, data).status_code == 302
    ladder.refresh_from_db()
    assert ladder.summary == "Typed."


def test_a_form_whose_row_is_gone_for_good_says_so(editor: Client) -> None:
    guide = factories.GuideFactory()
    url = admin_url(guide, "change")
    data = opened(editor, url)
    guide.delete()
    assert "Perhaps it was deleted?" in said(editor.post(url, data))
