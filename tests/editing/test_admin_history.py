"""History in the admin: saves are reverted and deletions recovered, row by row."""

import html
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db.models.signals import post_save
from django.test import Client
from reversion.models import Revision, Version

from content.models import SiteVersion, SlugRedirect
from guides.models import Guide
from interviews.models import Question, QuestionSet, SetSection
from ladders.models import Ladder, Level
from search.models import SearchEntry
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url, opened, said, saved, with_new_part

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def versions(row: Any) -> list[Version]:
    """Oldest first."""
    return list(Version.objects.get_for_object(row).order_by("pk"))


def reverted(client: Client, row: Any, version: Version) -> Any:
    url = admin_url(row, "revision", version.pk)
    return client.post(url, opened(client, url))


def asked_question() -> Question:
    question = factories.QuestionFactory(guidance="As the pack brought it.")
    factories.ProbeFactory(question=question, text="And then?")
    return question


def test_the_state_before_the_first_change_can_be_brought_back_with_its_parts(
    editor: Client,
) -> None:
    question = asked_question()
    data = opened(editor, admin_url(question, "change")) | {
        "guidance": "New.",
        "probes-0-text": "New?",
    }
    editor.post(admin_url(question, "change"), with_new_part(data, "probes", text="One more?"))
    assert question.probes.count() == 2
    assert reverted(editor, question, versions(question)[0]).status_code == 302
    question.refresh_from_db()
    assert question.guidance == "As the pack brought it."
    assert [probe.text for probe in question.probes.all()] == ["And then?"]
    assert "And then?" in SearchEntry.objects.get(kind="question").body


def test_a_save_that_is_refused_leaves_no_version(editor: Client) -> None:
    question = asked_question()
    assert saved(editor, admin_url(question, "change"), title="").status_code == 200
    assert versions(question) == []
    assert saved(editor, admin_url(question, "change"), guidance="Ours.").status_code == 302
    kept = [version.field_dict["guidance"] for version in versions(question)]
    assert sorted(kept) == ["As the pack brought it.", "Ours."]


def test_reverting_one_row_leaves_the_others_of_the_same_action(editor: Client) -> None:
    one, other = factories.SkillFactory(), factories.SkillFactory()
    for row in (one, other):
        saved(editor, admin_url(row, "change"), title="First")
    data = {"action": "archive", "_selected_action": [one.pk, other.pk], "index": "0"}
    editor.post(admin_url(Skill, "changelist"), data)
    reverted(editor, one, versions(one)[1])
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, other.status) == ("published", "archived")


def test_to_look_at_a_version_changes_nothing_and_deafens_nobody(editor: Client) -> None:
    question = asked_question()
    saved(editor, admin_url(question, "change"), guidance="New.")
    before = SiteVersion.objects.get().version
    heard: list[Any] = []
    post_save.connect(
        lambda **kwargs: heard.append(kwargs["sender"]), weak=False, dispatch_uid="another request"
    )
    page = editor.get(admin_url(question, "revision", versions(question)[0].pk))
    post_save.disconnect(dispatch_uid="another request")
    assert "As the pack brought it." in page.text
    assert Question in heard
    question.refresh_from_db()
    assert question.guidance == "New."
    assert SiteVersion.objects.get().version == before


def test_a_deleted_row_is_recovered_whole(editor: Client) -> None:
    question = asked_question()
    key = question.pk
    assert editor.post(admin_url(question, "delete"), {"post": "yes"}).status_code == 302
    assert not SearchEntry.objects.filter(kind="question").exists()
    version = Version.objects.get_deleted(Question).get()
    assert str(version.pk) in editor.get(admin_url(Question, "recoverlist")).text
    url = admin_url(Question, "recover", version.pk)
    assert editor.post(url, opened(editor, url)).status_code == 302
    assert [probe.text for probe in Question.objects.get(pk=key).probes.all()] == ["And then?"]
    assert SearchEntry.objects.filter(kind="question").exists()


def test_a_deleted_ladder_comes_back_with_levels_and_what_they_ask_for(editor: Client) -> None:
    ladder = factories.LadderFactory(levels=2)
    level = ladder.levels.first()
    factories.LevelRequirementFactory(level=level)
    factories.ExpectationFactory(level=level, text="Plans.")
    factories.LevelMoveFactory(from_level=level, to_level=ladder.levels.last())
    data = {"action": "delete_selected", "_selected_action": [ladder.pk], "post": "yes"}
    editor.post(admin_url(Ladder, "changelist"), data)
    assert not Level.objects.exists()
    url = admin_url(Ladder, "recover", Version.objects.get_deleted(Ladder).get().pk)
    assert editor.post(url, opened(editor, url)).status_code == 302
    assert Ladder.objects.get().levels.count() == 2
    found = Level.objects.get(pk=level.pk)
    assert (found.requirements.count(), found.expectations.get().text, found.moves_out.count()) == (
        1,
        "Plans.",
        1,
    )


def test_a_revision_of_a_ladder_leaves_its_levels_to_their_own_history(editor: Client) -> None:
    ladder = factories.LadderFactory(levels=2)
    saved(editor, admin_url(ladder, "change"), body="New.")
    assert {
        version.content_type.model for version in Revision.objects.first().version_set.all()
    } == {"ladder"}


def test_a_set_is_kept_with_its_sections_and_their_questions(editor: Client) -> None:
    item = factories.SetItemFactory()
    question_set = item.section.question_set
    saved(editor, admin_url(question_set, "change"), intro="New.")
    saved(editor, admin_url(item.section, "change"), **{"items-0-DELETE": "on"})
    assert not question_set.sections.get().items.exists()
    reverted(editor, question_set, versions(question_set)[0])
    assert QuestionSet.objects.get().sections.get().items.get().question == item.question


def test_the_page_of_a_version_names_what_goes_back_and_is_not_on_it(editor: Client) -> None:
    item = factories.SetItemFactory(question__title="Late")
    section = item.section
    question_set = section.question_set
    question_set.title = section.title = "Onsite"
    question_set.save()
    section.save()
    saved(editor, admin_url(question_set, "change"), intro="New.")
    url = admin_url(section, "change")
    form = with_new_part(
        opened(editor, url), "items", question=factories.QuestionFactory(title="Slipped").pk
    )
    assert editor.post(url, form | {"script": "Say hello."}).status_code == 302
    first = versions(question_set)[0]
    names = [f"the set item “{each}” (removed)" for each in section.items.exclude(pk=item.pk)]
    expected = (
        f"Restoring this version also restores parts that this page does not show: {names[0]} and "
        "the set section “Onsite: Onsite” (script)."
    )
    assert expected in html.unescape(editor.get(admin_url(question_set, "revision", first.pk)).text)
    assert section.items.count() == 2
    assert expected in said(reverted(editor, question_set, first))
    assert section.items.get() == item
    assert "does not show" not in said(reverted(editor, question_set, versions(question_set)[-1]))


def test_a_version_that_needs_what_is_gone_is_refused_with_a_sentence(editor: Client) -> None:
    section = factories.SetSectionFactory(question_set=factories.QuestionSetFactory(title="Onsite"))
    for row in (section, section.question_set):
        editor.post(admin_url(row, "delete"), {"post": "yes"})
    version = Version.objects.get_deleted(SetSection).get()
    response = editor.get(admin_url(SetSection, "recover", version.pk))
    assert response.status_code == 302
    said = str(list(get_messages(response.wsgi_request))[-1])
    assert (
        said == "This version cannot be restored: the question set “Onsite” is deleted. Recover it "
        "first."
    )
    assert not SetSection.objects.exists()


def test_a_version_whose_address_is_taken_names_what_is_in_its_place(editor: Client) -> None:
    guide = factories.GuideFactory()
    editor.post(admin_url(guide, "delete"), {"post": "yes"})
    taker = factories.GuideFactory(slug=guide.slug)
    response = editor.get(admin_url(Guide, "recover", Version.objects.get_deleted(Guide).get().pk))
    assert response.status_code == 302
    said = str(list(get_messages(response.wsgi_request))[-1])
    assert said == "This version cannot be restored: Another row of this collection has this slug."
    assert Guide.objects.get() == taker


def test_a_version_comes_back_without_a_part_that_needs_what_is_gone(editor: Client) -> None:
    question = factories.QuestionFactory()
    probed = factories.QuestionSkillFactory(question=question)
    saved(editor, admin_url(question, "change"), **{"question_skills-0-DELETE": "on"})
    probed.skill.delete()
    said = reverted(editor, question, versions(question)[0])
    assert f"“{probed}” referred to a skill that was deleted" in str(
        list(get_messages(said.wsgi_request))[-1]
    )
    assert not question.question_skills.exists()


def test_an_older_slug_brought_back_leaves_a_redirect_from_the_newer(editor: Client) -> None:
    skill = factories.SkillFactory(slug="risk")
    saved(editor, admin_url(skill, "change"), title="Danger")
    skill.slug = "danger"
    skill.save()
    reverted(editor, skill, versions(skill)[0])
    skill.refresh_from_db()
    assert skill.slug == "risk"
    assert SlugRedirect.objects.target(Skill, "danger") == skill


def test_an_older_title_brought_back_leaves_the_later_ones_to_be_found(editor: Client) -> None:
    skill = factories.SkillFactory(title="One")
    for title in ("Two", "Three"):
        saved(editor, admin_url(skill, "change"), title=title)
    reverted(editor, skill, versions(skill)[0])
    skill.refresh_from_db()
    assert skill.title == "One"
    assert sorted(skill.former_titles.splitlines()) == ["Three", "Two"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_version_of_another_kind_is_not_found(editor: Client, method: str) -> None:
    question, skill = asked_question(), factories.SkillFactory()
    saved(editor, admin_url(question, "change"), guidance="New.")
    version = versions(question)[0]
    assert editor.get(admin_url(question, "revision", version.pk)).status_code == 200
    ask = getattr(editor, method)
    assert ask(f"/admin/skills/skill/{question.pk}/history/{version.pk}/").status_code == 404
    assert ask(admin_url(Skill, "recover", version.pk)).status_code == 404
    assert ask(admin_url(skill, "revision", version.pk)).status_code == 404
    question.refresh_from_db()
    assert question.guidance == "New."


def test_who_may_only_look_brings_nothing_back(editor: Client) -> None:
    question = asked_question()
    saved(editor, admin_url(question, "change"), guidance="New.")
    url = admin_url(question, "revision", versions(question)[0].pk)
    data = opened(editor, url)
    viewer, looking = factories.UserFactory(is_staff=True), Client()
    viewer.user_permissions.add(Permission.objects.get(codename="view_question"))
    looking.force_login(viewer)
    assert looking.post(url, data).status_code == 403
    question.refresh_from_db()
    assert question.guidance == "New."
    assert editor.post(url, data).status_code == 302


def test_the_history_says_who_did_what(editor: Client) -> None:
    question = asked_question()
    saved(editor, admin_url(question, "change"), guidance="New.")
    page = editor.get(admin_url(question, "history")).text
    assert "As it was before the first change here." in page
    assert "Changed Guidance." in page
    assert "person-" in page
