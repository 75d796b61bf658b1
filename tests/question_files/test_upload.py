"""The page of the admin where the CSV of a question set is uploaded, previewed and imported."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import Settings
from reversion.models import Version

from file_formats.csv_reading import read_sheet
from interviews.models import Question, QuestionSet
from question_files.importer import import_questions
from tests.admin_forms import admin_url, opened
from tests.admin_forms import saved as form_saved
from tests.factories import EditorFactory, SetItemFactory, SetSectionFactory, UserFactory
from tests.portal.packs_sent import next_step, sent, words
from tests.question_files.spreadsheets import edited, phone_screen, rows_of, saved

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def question_set(settings: Settings, tmp_path: Path) -> QuestionSet:
    settings.VAR_DIR = tmp_path
    return phone_screen()


def look(editor: Client, question_set: QuestionSet, content: bytes, **fields: Any) -> Any:
    return sent(
        editor, admin_url(question_set, "import_csv"), content, "phone screen.csv", **fields
    )


def test_the_file_that_leaves_here_comes_back_here(
    editor: Client, question_set: QuestionSet
) -> None:
    form = editor.get(admin_url(question_set, "change")).text
    for page in ("csv", "import_csv"):
        assert f'href="{admin_url(question_set, page)}"' in form
    content = editor.get(admin_url(question_set, "csv")).getvalue()  # type: ignore[attr-defined]
    page = look(editor, question_set, content)
    assert "No changes." in words(page)
    assert 'value="load"' not in page.text


def test_differences_are_shown_and_put_in_the_name_of_the_editor(
    editor: Client, question_set: QuestionSet
) -> None:
    SetItemFactory(section=SetSectionFactory(), question=Question.objects.get(slug="first"))
    rows = [
        row
        for row in edited(question_set, 1, prompt="Tell me about the first.")
        if row["question"] != "third"
    ]
    page = look(editor, question_set, saved(rows, separator=";"))
    assert "Tell me about removed: First added: the first ." in words(page)
    assert "The question also changes in Question set" in words(page)
    assert "Missing from the file but not removed: 1" in words(page)
    assert Question.objects.get(slug="first").prompt == "Tell me about First."
    removing = next_step(editor, page, "look", remove="on")
    assert "To be removed from the set: 1" in words(removing)
    done = words(next_step(editor, removing, "load"))
    assert "Imported." in done
    assert "Removed from the set: 1" in done
    question = Question.objects.get(slug="first")
    assert question.prompt == "Tell me about the first."
    version = Version.objects.get_for_object(question)[0]
    assert version.revision.comment == "From the file phone_screen.csv."
    assert version.revision.user == LogEntry.objects.get().user


def test_a_bad_cell_is_shown_with_its_row_and_column(
    editor: Client, question_set: QuestionSet
) -> None:
    page = look(
        editor, question_set, saved(edited(question_set, 2, kind="Nonsense", minutes="many"))
    )
    assert "phone_screen.csv row 3 kind “Nonsense” is not one of Behavioral" in words(page)
    assert "phone_screen.csv row 3 minutes “many” is not a number of minutes" in words(page)
    assert 'value="load"' not in page.text
    assert "with changes" not in words(page)


def test_a_refused_file_removes_nothing_and_does_not_say_so(
    editor: Client, question_set: QuestionSet
) -> None:
    rows = edited(question_set, 1, kind="Nonsense")
    page = words(look(editor, question_set, saved(rows[:-1]), remove="on"))
    assert "“Nonsense” is not one of" in page
    assert "emoved from the set" not in page
    sound = words(look(editor, question_set, saved(rows_of(question_set)[:-1]), remove="on"))
    assert "To be removed from the set: 1" in sound


def test_what_is_no_table_ends_in_a_sentence(editor: Client, question_set: QuestionSet) -> None:
    assert "neither UTF-8 nor UTF-16" in words(
        look(editor, question_set, "Größe".encode("latin-1"))
    )
    assert "the column “question” is missing" in words(
        look(editor, question_set, b"prompt\nWhy?\n")
    )


def test_it_is_for_those_who_may_change_all_of_it(
    client: Client, question_set: QuestionSet
) -> None:
    client.force_login(UserFactory(is_staff=True))
    assert client.get(admin_url(question_set, "import_csv")).status_code == 403
    assert client.get(admin_url(question_set, "csv")).status_code == 403


def test_a_set_that_is_gone_is_not_found(editor: Client, question_set: QuestionSet) -> None:
    address = admin_url(question_set, "import_csv")
    assert rows_of(question_set)
    question_set.delete()
    assert editor.get(address).status_code == 404


def test_a_cell_that_someone_else_edited_too_is_shown_with_both_values(
    editor: Client, question_set: QuestionSet
) -> None:
    content = saved(edited(question_set, 1, prompt="Tell me about the first."))
    Question.objects.filter(slug="first").update(prompt="Tell me about one.")
    page = look(editor, question_set, content)
    assert "Edited in the file and here: 1" in words(page)
    assert "Tell me about removed: one added: the first ." in words(page)
    assert 'value="load"' not in page.text
    page = next_step(editor, page, "look", overwrite="on")
    assert "Imported." in words(next_step(editor, page, "load"))
    assert Question.objects.get(slug="first").prompt == "Tell me about the first."


def test_a_conflict_names_who_loaded_the_file(editor: Client, question_set: QuestionSet) -> None:
    page = admin_url(Question.objects.get(slug="first"), "change")
    assert form_saved(editor, page, guidance="Ask for two cases.").status_code == 302
    mine = opened(editor, page) | {"prompt": "Mine?"}
    colleague = EditorFactory()
    rows = read_sheet(saved(edited(question_set, 1, prompt="Theirs?")), "set.csv")
    assert import_questions(question_set, rows, user=colleague).is_written
    refused = editor.post(page, mine)
    assert refused.context["conflict"].last_revision.user == colleague
    assert f"by <strong>{colleague}</strong>" in refused.text
