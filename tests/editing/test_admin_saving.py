"""Saving in the admin: one tracked change, and a fixed address."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from content.base_models import Status
from content.models import SiteVersion
from interviews.models import Question
from ladders.models import Level
from search.models import SearchEntry
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url, opened, saved, with_new_part

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(factories.SuperuserFactory())
    return client


def version() -> int:
    return SiteVersion.objects.get().version


def asked_question() -> Question:
    question = factories.QuestionFactory(title="Slipped", guidance="Ask for one case.")
    factories.ProbeFactory(question=question, text="And then?")
    factories.ProbeFactory(question=question, text="Who else?", position=1)
    return question


def test_a_form_with_all_its_parts_is_one_change_that_the_search_sees(editor: Client) -> None:
    question = asked_question()
    before = version()
    changes = {
        "title": "It slipped",
        "probes-0-text": "And after that?",
        "probes-1-text": "Who besides you?",
    }
    assert saved(editor, admin_url(question, "change"), **changes).status_code == 302
    assert version() == before + 1
    entry = SearchEntry.objects.get(kind="question")
    assert entry.title == "It slipped"
    assert "And after that?" in entry.body


def test_a_form_that_only_is_looked_at_or_refused_changes_nothing(editor: Client) -> None:
    question = asked_question()
    before = version()
    response = saved(editor, admin_url(question, "change"), title="")
    assert response.status_code == 200
    assert response.context["adminform"].form.has_error("title", "required")
    assert version() == before


def test_what_was_typed_stays_when_a_form_is_refused(editor: Client) -> None:
    typed = {"title": "A handle", "prompt": "Tell **me** …", "slug": "No slug"}
    data = opened(editor, admin_url(Question, "add")) | typed
    response = editor.post(
        admin_url(Question, "add"), with_new_part(data, "probes", text="What did *you* do?")
    )
    assert response.context["adminform"].form.has_error("slug")
    for text in (*typed.values(), "What did *you* do?"):
        assert text in response.text


def test_line_ends_of_a_browser_are_no_change_and_are_not_stored(editor: Client) -> None:
    question = factories.QuestionFactory(guidance="One.\n\nTwo.", summary="A.\nB.")
    probe = factories.ProbeFactory(question=question, text="- a\n- b")
    url = admin_url(question, "change")
    sent = {
        name: value.replace("\n", "\r\n")
        for name, value in opened(editor, url).items()
        if isinstance(value, str)
    }
    assert editor.post(url, sent).status_code == 302
    assert LogEntry.objects.get().get_change_message() == "No fields changed."
    question.refresh_from_db()
    probe.refresh_from_db()
    assert (question.guidance, question.summary, probe.text) == (
        "One.\n\nTwo.",
        "A.\nB.",
        "- a\n- b",
    )


def test_a_slug_comes_from_the_title_until_the_first_publication(editor: Client) -> None:
    url = admin_url(factories.SkillFactory(status=Status.DRAFT), "change")
    assert editor.get(admin_url(Skill, "add")).context["adminform"].prepopulated_fields
    assert editor.get(url).context["adminform"].prepopulated_fields
    assert saved(editor, url, status=Status.PUBLISHED).status_code == 302
    adminform = editor.get(url).context["adminform"]
    assert not adminform.prepopulated_fields
    assert {"slug", "collection"} <= set(adminform.readonly_fields)


def test_a_published_slug_stays_for_everybody_even_when_the_form_is_forged(
    editor: Client, superuser: Client
) -> None:
    skill = factories.SkillFactory(slug="risk")
    other = factories.CollectionFactory()
    for client in (editor, superuser):
        forged = {"slug": "danger", "collection": other.pk, "title": "X"}
        assert saved(client, admin_url(skill, "change"), **forged).status_code == 302
        skill.refresh_from_db()
        assert (skill.slug, skill.title) == ("risk", "X")
        assert skill.collection != other


@pytest.mark.parametrize("slug", ["Risk", "risk_list", "risk--list", "rísk"])
def test_a_slug_is_refused_by_one_rule(editor: Client, slug: str) -> None:
    skill = factories.SkillFactory(slug="risk", status=Status.DRAFT)
    errors = saved(editor, admin_url(skill, "change"), slug=slug).context["adminform"].form.errors
    assert errors == {
        "slug": ["Use lowercase letters (a–z), digits and single hyphens between them."]
    }
    assert saved(editor, admin_url(skill, "change"), slug="risk-list").status_code == 302


def test_a_slug_that_is_taken_is_refused(editor: Client) -> None:
    factories.SkillFactory(slug="risk")
    skill = factories.SkillFactory(slug="danger", status=Status.DRAFT)
    response = saved(editor, admin_url(skill, "change"), slug="risk")
    assert response.context["adminform"].form.errors["__all__"] == [
        "Another row of this collection has this slug."
    ]


def test_a_stored_value_that_is_wrong_and_cannot_be_changed_stops_nobody(editor: Client) -> None:
    skill = factories.SkillFactory(slug="wrong--slug", external_id="\u202e")
    assert saved(editor, admin_url(skill, "change"), title="Mended").status_code == 302


def test_the_address_of_a_level_is_fixed_by_its_ladder(editor: Client) -> None:
    public = factories.LevelFactory(slug="senior")
    draft = factories.LevelFactory(slug="senior", ladder__status=Status.DRAFT)
    for level in (public, draft):
        assert (
            saved(editor, admin_url(level, "change"), slug="expert", title="Expert").status_code
            == 302
        )
    assert Level.objects.get(pk=public.pk).slug == "senior"
    assert Level.objects.get(pk=draft.pk).slug == "expert"


def test_only_superusers_touch_what_ties_a_row_to_its_import(
    editor: Client, superuser: Client
) -> None:
    skill = factories.SkillFactory(external_id="S1")
    saved(editor, admin_url(skill, "change"), external_id="S2")
    assert Skill.objects.get().external_id == "S1"
    saved(superuser, admin_url(skill, "change"), external_id="S2")
    assert Skill.objects.get().external_id == "S2"


def test_only_superusers_choose_the_portals_own_collection(
    editor: Client, superuser: Client
) -> None:
    home = factories.home_collection()
    data = opened(superuser, admin_url(home, "change"))
    data.pop("is_home")
    assert editor.post(admin_url(home, "change"), data | {"title": "Renamed"}).status_code == 302
    home.refresh_from_db()
    assert (home.title, home.is_home) == ("Renamed", True)
    assert (
        superuser.post(admin_url(home, "change"), opened_without_home(superuser, home)).status_code
        == 302
    )
    home.refresh_from_db()
    assert not home.is_home


def opened_without_home(client: Client, home: Any) -> dict[str, Any]:
    return {
        key: value
        for key, value in opened(client, admin_url(home, "change")).items()
        if key != "is_home"
    }


def test_view_on_site_leads_to_the_page_of_a_draft_too(editor: Client) -> None:
    draft = factories.SkillFactory(status=Status.DRAFT, title="A draft of ours")
    page = editor.get(admin_url(draft, "change"))
    assert f'href="{draft.get_absolute_url()}"' in page.text
    assert Client().get(draft.get_absolute_url()).status_code == 404
    assert "A draft of ours" in editor.get(draft.get_absolute_url()).text


def test_a_text_that_was_left_alone_stays_to_the_letter(editor: Client) -> None:
    question = factories.QuestionFactory(guidance="Ask for one case.\n", sources="  - A book\n")
    probe = factories.ProbeFactory(question=question, text="Who else?\n")
    saved(
        editor,
        admin_url(question, "change"),
        summary="Now with a summary.",
        sources="  - A book\n- Another\n",
    )
    question.refresh_from_db()
    probe.refresh_from_db()
    assert (question.summary, question.sources) == ("Now with a summary.", "- A book\n- Another")
    assert (question.guidance, probe.text) == ("Ask for one case.\n", "Who else?\n")
