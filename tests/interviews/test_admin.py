"""The admin of interviews: questions with probes and anchors, sets with sections, their CSV."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from interviews.models import Question, QuestionSet, SetSection
from tests import factories
from tests.admin_forms import admin_url, opened, saved, with_new_part

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_question_is_edited_with_all_that_belongs_to_it(editor: Client) -> None:
    question, skill, step = (
        factories.QuestionFactory(),
        factories.SkillFactory(),
        factories.AnswerStepFactory(),
    )
    url = admin_url(question, "change")
    data = with_new_part(opened(editor, url), "question_skills", skill=skill.pk)
    data = with_new_part(
        data, "probes", step=step.pk, condition="If short", text="What did *you* do?"
    )
    data = with_new_part(data, "anchors", rating="3", text="- Names the cause")
    assert editor.post(url, data).status_code == 302
    page = Client().get(question.get_absolute_url()).text
    for text in (skill.title, "What did <em>you</em> do?", "If short", "Names the cause"):
        assert text in page


def test_what_is_unfair_to_ask_is_saved_with_a_warning(editor: Client) -> None:
    question = factories.QuestionFactory(prompt="Tell me about a launch.")
    url = admin_url(question, "change")
    harmless = saved(editor, url, title="Launch")
    assert [
        str(each) for each in get_messages(harmless.wsgi_request) if "unlawful" in str(each)
    ] == []
    data = with_new_part(opened(editor, url), "probes", text="How old are you?")
    answer = editor.post(url, data | {"prompt": "Are you married?", "publish_anyway": "on"})
    warned = [str(each) for each in get_messages(answer.wsgi_request) if "unlawful" in str(each)]
    assert answer.status_code == 302
    assert [text.partition(" touches")[0] for text in warned] == [
        "“How old are you”",
        "“Are you married”",
    ]
    assert "US guidance: https://" in warned[0]
    assert Question.objects.get().prompt == "Are you married?"


def test_probes_are_put_in_order(editor: Client) -> None:
    question = factories.QuestionFactory()
    for position, text in enumerate(["First?", "Second?"], start=1):
        factories.ProbeFactory(question=question, text=text, position=position)
    changes = {"probes-0-position": "2", "probes-1-position": "1"}
    assert saved(editor, admin_url(question, "change"), **changes).status_code == 302
    assert [probe.text for probe in question.probes.all()] == ["Second?", "First?"]


@pytest.mark.parametrize("banded", [False, True])
def test_two_anchors_for_one_rating_are_refused_with_a_sentence(
    editor: Client, *, banded: bool
) -> None:
    question, band = factories.QuestionFactory(), factories.BandFactory(title="Senior")
    url = admin_url(question, "change")
    place = {"rating": "2", "band": band.pk if banded else "", "text": "Mixed."}
    data = with_new_part(opened(editor, url), "anchors", **place)
    response = editor.post(url, with_new_part(data, "anchors", **place))
    where = "in the band “Senior”" if banded else "for all bands"
    assert f"There are 2 anchors for rating 2 {where}." in str(response.context["errors"])
    other = with_new_part(data, "anchors", **place | {"band": "" if banded else band.pk})
    assert editor.post(url, other).status_code == 302
    assert question.anchors.count() == 2


def test_a_set_leads_to_its_sections_and_a_section_holds_its_questions_in_order(
    editor: Client,
) -> None:
    section = factories.SetSectionFactory()
    items = [factories.SetItemFactory(section=section, position=position) for position in (1, 2)]
    page = editor.get(admin_url(section.question_set, "change")).text
    assert admin_url(section, "change") in page
    url = admin_url(section, "change")
    third = factories.QuestionFactory()
    data = opened(editor, url) | {"items-0-position": "2", "items-1-position": "1"}
    assert editor.post(url, with_new_part(data, "items", question=third.pk)).status_code == 302
    questions = [item.question for item in section.items.all()]
    assert questions == [items[1].question, items[0].question, third]


def test_sections_are_found_by_their_set(editor: Client) -> None:
    section = factories.SetSectionFactory()
    factories.SetSectionFactory()
    url = f"{admin_url(SetSection, 'changelist')}?question_set__id__exact={section.question_set.pk}"
    assert list(editor.get(url).context["cl"].queryset) == [section]


def test_a_question_is_once_in_a_section(editor: Client) -> None:
    item = factories.SetItemFactory()
    url = admin_url(item.section, "change")
    data = with_new_part(opened(editor, url), "items", question=item.question.pk)
    assert "This question is already in this section." in str(
        editor.post(url, data).context["errors"]
    )


def test_chosen_questions_leave_as_csv_without_what_visitors_do_not_see(editor: Client) -> None:
    shown, draft = (
        factories.QuestionFactory(title="Shown"),
        factories.QuestionFactory(status="draft", prompt="Hidden?"),
    )
    unchosen = factories.QuestionFactory(prompt="Not chosen?")
    data = {"action": "download_questions", "_selected_action": [shown.pk, draft.pk], "index": "0"}
    response = editor.post(admin_url(Question, "changelist"), data)
    text = response.getvalue().decode("utf-8-sig")
    assert response["Content-Type"].startswith("text/csv")
    assert shown.prompt in text
    assert f"http://testserver{shown.get_absolute_url()}" in text
    assert draft.prompt not in text
    assert unchosen.prompt not in text
    assert "does not contain 1 of the selected" in str(*get_messages(response.wsgi_request))


def test_one_set_at_a_time_leaves_as_csv(editor: Client) -> None:
    item, other = factories.SetItemFactory(), factories.QuestionSetFactory()
    url, key = admin_url(QuestionSet, "changelist"), item.section.question_set.pk
    data = {"action": "download_set", "_selected_action": [key], "index": "0"}
    assert item.question.prompt in editor.post(url, data).getvalue().decode("utf-8-sig")
    both = editor.post(url, data | {"_selected_action": [key, other.pk]})
    assert both.status_code == 302
    assert "one at a time" in str(*get_messages(both.wsgi_request))
