"""A load in the admin is in the history of every row that it wrote, with user and file."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from pytest_django import Settings
from reversion.models import Version

from content.models import Collection
from interviews.models import QuestionSet
from ladders.models import Level
from skills.models import Scale, Skill
from tests.admin_forms import admin_url, opened
from tests.portal.packs_sent import FILES, PACK, next_step, sent, words, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LATER = FILES | {
    "skills/risk.md": FILES["skills/risk.md"].replace("Keeps a list.", "Keeps a list of risks."),
    "skills/plan.md": FILES["skills/risk.md"].replace("title: Risk", "title: Plan"),
}


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def load(client: Client, files: dict[str, str], name: str, **choices: str) -> None:
    page = sent(client, PACK, zipped(files), name, **choices)
    assert "Imported." in words(next_step(client, page, "load", **choices))


def entries(row: Any) -> list[tuple[int, str]]:
    """Oldest first."""
    kind = ContentType.objects.get_for_model(row)
    found = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).order_by("pk")
    return [(entry.action_flag, entry.get_change_message()) for entry in found]


def comments(row: Any) -> list[str]:
    """Oldest first."""
    versions = Version.objects.get_for_object(row).order_by("pk").select_related("revision")
    return [version.revision.get_comment() for version in versions]


def test_what_a_load_creates_has_an_entry_with_user_and_file(editor: Client) -> None:
    load(editor, FILES, "first.zip")
    skill, collection = Skill.objects.get(), Collection.objects.get()
    assert (
        entries(skill) == entries(Scale.objects.get()) == [(ADDITION, "From the file first.zip.")]
    )
    assert entries(collection) == [
        (ADDITION, "From the file first.zip. 7 created, 0 changed, 0 unchanged.")
    ]
    assert {entry.user for entry in LogEntry.objects.all()} == {User.objects.get()}
    page = words(editor.get(admin_url(skill, "history")))
    assert f"{User.objects.get().username} From the file first.zip." in page


def test_a_part_that_a_load_changes_is_a_change_of_its_row_alone(editor: Client) -> None:
    load(editor, FILES, "first.zip")
    load(editor, LATER, "later.zip")
    risk, plan = Skill.objects.get(slug="risk"), Skill.objects.get(slug="plan")
    assert entries(risk) == [
        (ADDITION, "From the file first.zip."),
        (CHANGE, "From the file later.zip."),
    ]
    assert comments(risk) == ["From the file first.zip.", "From the file later.zip."]
    assert entries(plan) == [(ADDITION, "From the file later.zip.")]
    assert len(entries(Scale.objects.get())) == 1
    assert entries(Collection.objects.get())[-1] == (
        CHANGE,
        "From the file later.zip. 3 created, 1 changed, 6 unchanged.",
    )


def test_a_load_can_be_taken_back_row_by_row(editor: Client) -> None:
    load(editor, FILES, "first.zip")
    Version.objects.all().delete()  # as if it had been loaded on the command line
    load(editor, LATER, "later.zip")
    risk = Skill.objects.get(slug="risk")
    before = Version.objects.get_for_object(risk).order_by("pk")[0]
    url = admin_url(risk, "revision", before.pk)
    assert editor.post(url, opened(editor, url)).status_code == 302
    assert "Keeps a list." in risk.descriptors.values_list("text", flat=True)


def test_what_a_load_retires_has_an_entry(editor: Client) -> None:
    load(editor, LATER, "first.zip")
    load(editor, FILES, "later.zip", retire="on", overwrite="on")
    plan = Skill.objects.get(slug="plan")
    assert plan.status == "archived"
    assert comments(plan)[-1] == "From the file later.zip."
    assert entries(plan)[-1] == (CHANGE, "From the file later.zip.")


def test_a_level_that_gets_an_expectation_has_an_entry(editor: Client) -> None:
    ladder = FILES | {
        "ladders.csv": "id,title,status\nown,Own,published\n",
        "levels.csv": "ladder,id,title,position\nown,one,One,1\nown,two,Two,2\n",
        "expectations.csv": "level,position,text\nown/one,1,Plans.\n",
    }
    load(editor, ladder, "first.zip")
    load(
        editor,
        ladder | {"expectations.csv": ladder["expectations.csv"] + "own/two,1,Leads.\n"},
        "later.zip",
    )
    changed = [comments(level) for level in Level.objects.order_by("position")]
    assert changed == [
        ["From the file first.zip."],
        ["From the file first.zip.", "From the file later.zip."],
    ]


def test_a_set_changes_with_the_questions_of_its_sections(editor: Client) -> None:
    files = FILES | {
        "questions.csv": "id,title,prompt\nlate,Late,Were you late?\n",
        "question_sets.csv": "id,title\nscreen,Screen\nonsite,Onsite\n",
        "set_sections.csv": "question_set,id,title\nscreen,one,One\nonsite,one,One\n",
        "set_items.csv": "section,question,minutes\nscreen/one,late,5\nonsite/one,late,5\n",
    }
    load(editor, files, "first.zip")
    items = "section,question,minutes\nscreen/one,late,7\nonsite/one,late,5\n"
    load(editor, files | {"set_items.csv": items}, "later.zip")
    load(editor, files | {"set_items.csv": items.partition("onsite")[0]}, "last.zip", retire="on")
    screen, onsite = QuestionSet.objects.get(slug="screen"), QuestionSet.objects.get(slug="onsite")
    for row in (screen, screen.sections.get()):
        assert comments(row) == ["From the file first.zip.", "From the file later.zip."]
        assert entries(row)[-1] == (CHANGE, "From the file later.zip.")
    assert comments(onsite) == ["From the file first.zip.", "From the file last.zip."]


def test_lines_that_only_move_are_a_change_of_their_level_that_can_be_taken_back(
    editor: Client,
) -> None:
    lines = "level,position,text\nown/one,{},Plans.\nown/one,{},Leads.\n"
    ladder = FILES | {
        "ladders.csv": "id,title\nown,Own\n",
        "levels.csv": "ladder,id,title,position\nown,one,One,1\n",
        "expectations.csv": lines.format(1, 2),
    }
    load(editor, ladder, "first.zip")
    Version.objects.all().delete()  # as if it had been loaded on the command line
    load(editor, ladder | {"expectations.csv": lines.format(2, 1)}, "later.zip")
    level = Level.objects.get()
    texts = level.expectations.order_by("position").values_list("text", flat=True)
    assert [*texts] == ["Leads.", "Plans."]
    assert entries(level)[-1] == (CHANGE, "From the file later.zip.")
    url = admin_url(level, "revision", Version.objects.get_for_object(level).earliest("pk").pk)
    assert editor.post(url, opened(editor, url)).status_code == 302
    assert [*texts.all()] == ["Plans.", "Leads."]


def test_a_preview_and_a_refused_load_leave_no_entry(editor: Client) -> None:
    page = sent(editor, PACK, zipped(FILES | {"roles.csv": "id,title\nlead,\n"}))
    next_step(editor, page, "load")
    assert not LogEntry.objects.exists()
    assert not Version.objects.exists()
    next_step(editor, next_step(editor, page, "look", skip_refused="on"), "load")
    assert comments(Skill.objects.get()) == ["From the file pack.zip."]
