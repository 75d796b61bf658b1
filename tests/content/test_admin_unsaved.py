"""What the server does for text that is not saved yet: it draws a form with it again, and says what was saved."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from interviews.models import Question
from skills.models import Skill
from tests import factories
from tests.admin_forms import FormReader, admin_url, opened, saved, with_new_part
from tests.factories import EditorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question() -> Question:
    question = factories.QuestionFactory(guidance="Stored.")
    factories.ProbeFactory(question=question, text="And then?")
    return question


def test_what_was_typed_is_drawn_again_with_its_rows_and_not_saved(editor: Client, question: Question) -> None:
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
    assert "What you typed is back in the form" in page.text
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


def test_what_somebody_else_saved_meanwhile_is_merged_into_what_is_put_back(editor: Client, question: Question) -> None:
    url = admin_url(question, "change")
    data = opened(editor, url) | {"guidance": "Typed."}
    saved(editor, url, summary="Theirs.")
    drawn = FormReader(editor.post(url, data | {"_restore": "1"}).text).data
    assert (drawn["guidance"], drawn["summary"]) == ("Typed.", "Theirs.")


@pytest.mark.parametrize(("mark", "is_named"), [("12ab", True), ("", False), ("a b", False), ("x" * 90, False)])
def test_the_message_about_a_save_names_the_form(
    editor: Client, question: Question, mark: str, *, is_named: bool
) -> None:
    answer = saved(editor, admin_url(question, "change"), guidance="Typed.", form_mark=mark)
    (message,) = get_messages(answer.wsgi_request)
    assert (f"saved-form-{mark}" in (message.extra_tags or "").split()) == is_named
    page = editor.get(answer["Location"]).text
    assert (f'class="saved-form-{mark} success"' in page) == is_named


def test_a_form_that_is_too_old_leads_back_to_itself(question: Question) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(EditorFactory())
    url = admin_url(question, "change")
    page = client.post(url, {"guidance": "Typed.", "csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert f'<a href="{url}">Open the form again</a>' in page.text
    assert "no right" not in page.text
    login = client.post("/admin/login/", {"username": "editor"})
    assert '<a href="/admin/login/">Open the form again</a>.' in login.text
