"""Notes about data that a load leaves out are shown in the admin and on the command line."""

import io
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from ladders.models import Level
from tests.admin_forms import admin_url
from tests.factories import SetItemFactory
from tests.mappings import COLLECTION
from tests.portal.packs_sent import FILES, PACK, TABLE, next_step, sent, words, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LADDER = FILES | {
    "ladders.csv": "id,title,status\nown,Own,published\n",
    "levels.csv": "ladder,id,title,position\nown,one,One,1\nown,two,Two,2\n",
    "expectations.csv": "level,position,text\nown/two,1,Plans.\n",
}


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_a_column_that_a_mapping_does_not_take_is_named_before_and_after_the_load(
    editor: Client,
) -> None:
    mapping = (
        "sources:\n  a: {file: a.csv}\ntables:\n  - {table: roles, from: a, columns: {id: {slug: "
        "Role}, title: Role}}\n"
    )
    own = io.BytesIO((COLLECTION + mapping).encode())
    own.name = "mine.yml"
    page = sent(editor, TABLE, b"Role,Level\nLead,secret\n", "a.csv", own=own)
    note = "The mapping does not use Level of “a”."
    assert note in words(page)
    done = words(next_step(editor, page, "load"))
    assert "Imported." in done
    assert note in done


def test_a_level_that_the_pack_lacks_is_named_and_stays_whole(editor: Client) -> None:
    next_step(editor, sent(editor, PACK, zipped(LADDER)), "load")
    less = LADDER | {"levels.csv": LADDER["levels.csv"].replace("own,two,Two,2\n", "")}
    del less["expectations.csv"]
    page = sent(editor, PACK, zipped(less), retire="on")
    assert "Missing from the file but not removed: 1" in words(page)
    assert "levels: “Two”" in words(page)
    next_step(editor, page, "load", retire="on")
    assert Level.objects.get(slug="two").expectations.count() == 1


def test_a_level_that_loses_all_its_expectations_is_named(editor: Client) -> None:
    next_step(editor, sent(editor, PACK, zipped(LADDER)), "load")
    one = LADDER | {"expectations.csv": LADDER["expectations.csv"] + "own/two,2,Leads.\n"}
    next_step(editor, sent(editor, PACK, zipped(one)), "load")
    page = sent(editor, PACK, zipped(LADDER), retire="on")
    assert "no rows remain" not in words(page)
    less = dict(LADDER)
    del less["expectations.csv"]
    note = "Expectations: no rows remain in “Two”."
    page = sent(editor, PACK, zipped(less), retire="on")
    assert note in words(page)
    assert note in words(next_step(editor, page, "load", retire="on"))
    assert not Level.objects.get(slug="two").expectations.exists()


def test_rows_that_were_dragged_without_new_numbers_are_reported(editor: Client) -> None:
    dragged = "ladder,id,title,position\nown,two,Two,2\nown,one,One,1\n"
    page = sent(editor, PACK, zipped(LADDER | {"levels.csv": dragged}))
    note = (
        "Levels.csv: the rows of own are in a different order than the numbers in “position”; "
        "the numbers were used."
    )
    assert note in words(page)
    assert "the numbers were used" not in words(sent(editor, PACK, zipped(LADDER)))


def test_a_position_of_thousands_of_digits_is_refused(editor: Client) -> None:
    levels = LADDER["levels.csv"].replace("One,1", f"One,{'9' * 6_000}")
    page = words(sent(editor, PACK, zipped(LADDER | {"levels.csv": levels})))
    assert "levels.csv line 2 position" in page


def test_a_file_that_brings_nothing_new_is_not_said_to_be_stored_where_something_was_edited(
    editor: Client,
) -> None:
    next_step(editor, sent(editor, PACK, zipped(LADDER)), "load")
    level = Level.objects.get(slug="one")
    level.title = "Edited here"
    level.save()
    page = words(sent(editor, PACK, zipped(LADDER)))
    assert "Importing this file would change nothing." in page
    assert "Edited here since the last load: 1" in page


def test_the_page_shows_cells_that_no_file_changes(editor: Client) -> None:
    question_set = SetItemFactory().section.question_set
    csv = editor.get(admin_url(question_set, "csv")).getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    spdx = question_set.collection.license
    assert spdx in csv
    page = sent(
        editor,
        admin_url(question_set, "import_csv"),
        csv.replace(spdx, "Edited").encode(),
        "set.csv",
    )
    assert "Not imported from the file: 1" in words(page)
    assert f"license removed: {spdx} added: Edited" in words(page)
    assert "Importing this file would change nothing." in words(page)


def test_questions_one_must_not_ask_are_named_in_the_preview_and_after_the_load(
    editor: Client,
) -> None:
    files = FILES | {
        "questions.csv": (
            "id,title,prompt\nhome,Home,Are you married?\nwork,Work,What did you plan?\n"
        ),
        "probes.csv": "question,position,text\nwork,1,And who looks after your kids then?\n",
    }
    page = sent(editor, PACK, zipped(files))
    shown = words(page)
    assert "To check before publishing: 2" in shown
    assert (
        "questions.csv line 2: “Are you married” touches a topic that is unlawful or unfair to "
        "ask" in shown
    )
    assert "probes.csv line 2: “" in shown
    assert "To check before publishing: 2" in words(next_step(editor, page, "load"))
    assert "To think about" not in words(sent(editor, PACK, zipped(files)))


def test_questions_of_a_table_are_looked_at_too(editor: Client) -> None:
    entry = "{table: questions, from: a, columns: {id: {slug: Title}, title: Title, prompt: Words}}"
    own = io.BytesIO(
        (COLLECTION + f"sources:\n  a: {{file: a.csv}}\ntables:\n  - {entry}\n").encode()
    )
    own.name = "mine.yml"
    page = sent(
        editor,
        TABLE,
        b"Title,Words\nHome,Are you married?\nWork,What did you plan?\n",
        "a.csv",
        own=own,
    )
    assert "To check before publishing: 1" in words(page)
