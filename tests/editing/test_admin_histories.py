"""Pages that also change rows with their own history: saves can be reverted from both pages."""

from typing import Any

import pytest
from django.test import Client
from reversion.models import Revision, Version

from interviews.models import Anchor, AnswerStep, Question
from ladders.models import Ladder, Level
from tests import factories
from tests.admin_forms import admin_url, opened, said, saved

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def ladder() -> Ladder:
    """A ladder of three levels, the first of which asks for something."""
    ladder = factories.LadderFactory(title="As it was")
    for position, title in enumerate(("Junior", "Senior", "Staff"), start=1):
        factories.LevelFactory(ladder=ladder, title=title, position=position)
    factories.LevelRequirementFactory(level=ladder.levels.first())
    return ladder


def versions(row: Any) -> list[Version]:
    """Oldest first."""
    return list(Version.objects.get_for_object(row).order_by("pk"))


def revert(client: Client, row: Any, number: int) -> None:
    url = admin_url(row, "revision", versions(row)[number].pk)
    assert client.post(url, opened(client, url)).status_code == 302


def titles(ladder: Ladder) -> list[str]:
    return [level.title for level in ladder.levels.all()]


def test_a_level_changed_on_the_page_of_its_ladder_keeps_what_it_was(
    editor: Client, ladder: Ladder
) -> None:
    level, other = ladder.levels.all()[:2]
    assert (
        saved(editor, admin_url(ladder, "change"), **{"levels-0-title": "Entry"}).status_code == 302
    )
    assert [version.field_dict["title"] for version in versions(level)] == ["Junior", "Entry"]
    assert "Changed on the page of" in editor.get(admin_url(level, "history")).text
    assert versions(other) == []
    level.requirements.all().delete()
    revert(editor, level, 0)
    level.refresh_from_db()
    assert (level.title, level.requirements.count()) == ("Junior", 1)


def test_a_save_that_is_refused_adds_nothing_to_either_history(
    editor: Client, ladder: Ladder
) -> None:
    saved(editor, admin_url(ladder, "change"), **{"levels-0-title": "Entry"})
    before = Revision.objects.count()
    assert (
        saved(
            editor, admin_url(ladder, "change"), title="", **{"levels-0-title": "None"}
        ).status_code
        == 200
    )
    assert Revision.objects.count() == before


def test_to_revert_the_ladder_takes_back_what_its_page_did_to_levels(
    editor: Client, ladder: Ladder
) -> None:
    url = admin_url(ladder, "change")
    saved(
        editor,
        url,
        title="First",
        **{"levels-0-title": "Entry", "levels-1-position": "3", "levels-2-position": "2"},
    )
    saved(editor, url, title="Second", **{"levels-0-title": "Start"})
    assert titles(ladder) == ["Start", "Staff", "Senior"]
    revert(editor, ladder, 1)
    assert (Ladder.objects.get().title, titles(ladder)) == ("First", ["Entry", "Staff", "Senior"])
    revert(editor, ladder, 0)
    assert (Ladder.objects.get().title, titles(ladder)) == (
        "As it was",
        ["Junior", "Senior", "Staff"],
    )
    revert(editor, ladder, 2)
    assert (Ladder.objects.get().title, titles(ladder)) == ("Second", ["Start", "Staff", "Senior"])
    assert [version.field_dict["title"] for version in versions(ladder.levels.first())] == [
        "Junior", "Entry", "Start", "Entry", "Junior", "Start",
    ]  # fmt: skip


def test_to_revert_the_ladder_leaves_what_only_the_page_of_a_level_changes(
    editor: Client, ladder: Ladder
) -> None:
    level = ladder.levels.first()
    saved(editor, admin_url(ladder, "change"), **{"levels-0-title": "Entry"})
    saved(editor, admin_url(level, "change"), scope="Wide.", title="Start")
    late = factories.LevelFactory(ladder=ladder, title="Late", position=9)
    saved(editor, admin_url(late, "change"), title="Later")
    requirement = factories.LevelRequirementFactory(level=level)
    revert(editor, ladder, 1)
    level.refresh_from_db()
    assert (level.title, level.scope) == ("Entry", "Wide.")
    assert requirement in level.requirements.all()
    assert titles(ladder)[-1] == "Late"


def test_to_revert_a_level_leaves_the_ladder(editor: Client, ladder: Ladder) -> None:
    level = ladder.levels.first()
    saved(editor, admin_url(ladder, "change"), title="First", **{"levels-0-title": "Entry"})
    saved(editor, admin_url(ladder, "change"), title="Second", **{"levels-1-title": "Expert"})
    revert(editor, level, 0)
    assert (Ladder.objects.get().title, titles(ladder)) == ("Second", ["Junior", "Expert", "Staff"])


def test_to_look_at_an_older_version_shows_the_levels_of_then_and_changes_nothing(
    editor: Client, ladder: Ladder
) -> None:
    saved(editor, admin_url(ladder, "change"), **{"levels-0-title": "Entry"})
    page = editor.get(admin_url(ladder, "revision", versions(ladder)[0].pk)).text
    assert "Junior" in page
    assert Level.objects.filter(title="Entry").exists()
    assert len(versions(ladder.levels.first())) == 2


def exchange(field: str, first: Any, second: Any, between: Any) -> None:
    """Exchange the values of two rows, as several saves or a load do."""
    values = getattr(first, field), getattr(second, field)
    for row, value in ((first, between), (second, values[0]), (first, values[1])):
        setattr(row, field, value)
        row.save()


def test_parts_that_exchanged_unique_values_are_reverted_together(editor: Client) -> None:
    question = factories.QuestionFactory()
    anchors = [factories.AnchorFactory(question=question, rating=rating) for rating in (1, 3)]
    framework = factories.AnswerFrameworkFactory()
    steps = [factories.AnswerStepFactory(framework=framework, slug=slug) for slug in ("a", "b")]
    for row in (question, framework):
        saved(editor, admin_url(row, "change"), summary="Saved.")
    exchange("rating", *anchors, between=2)
    exchange("slug", *steps, between="c")
    for row in (question, framework):
        revert(editor, row, 1)
    assert list(Anchor.objects.order_by("pk").values_list("rating", flat=True)) == [1, 3]
    assert list(AnswerStep.objects.order_by("pk").values_list("slug", flat=True)) == ["a", "b"]


@pytest.mark.parametrize("factory", [factories.QuestionFactory, factories.LevelFactory])
def test_a_row_whose_former_slug_is_taken_is_reverted_without_it(
    editor: Client, factory: Any
) -> None:
    first = factory(slug="a", summary="First.")
    owner = "ladder" if isinstance(first, Level) else "collection"
    second = factory(slug="b", **{owner: getattr(first, owner)})
    for row in (first, second):
        saved(editor, admin_url(row, "change"), summary="Edited.")
        row.refresh_from_db()
    exchange("slug", first, second, between="c")
    url = admin_url(first, "revision", versions(first)[0].pk)
    page = editor.get(url)
    warning = "Another row now has the slug “a”, so the slug stays “b”."
    assert warning in page.text
    assert warning in said(editor.post(url, opened(editor, url)))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.slug, first.summary) == ("b", "First.")
    assert (second.slug, second.summary) == ("a", "Edited.")
    assert [version.field_dict["slug"] for version in versions(first)] == ["a", "a", "b"]


def test_a_deleted_row_whose_slug_is_taken_names_nothing_but_the_slug(editor: Client) -> None:
    first = factories.QuestionFactory(slug="a", external_id="one")
    url = admin_url(first, "delete")
    editor.post(url, {"post": "yes"})
    factories.QuestionFactory(slug="a", external_id="two", collection=first.collection)
    version = Version.objects.get_for_model(Question).get()
    answer = editor.get(admin_url(Question, "recover", version.pk))
    _, _, reason = said(answer).partition("This version cannot be restored: ")
    assert reason == "Another row of this collection has this slug."
