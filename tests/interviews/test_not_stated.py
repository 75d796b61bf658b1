"""A source may not state who asks a question, and whether a set always asks it."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from content.models import Collection
from interviews.models import AskedBy, Audience, Question, QuestionSet, SetItem, SetSection
from tests.admin_forms import admin_url, opened, saved, with_new_part
from tests.factories import (
    QuestionFactory,
    QuestionSetFactory,
    SetItemFactory,
    SetSectionFactory,
)
from tests.hiring.loops import make_hiring
from tests.interchange.packages import export_again, export_text
from tests.markup import Page
from tests.pack_files import MANIFEST, Pack
from tests.question_files.spreadsheets import edited, import_file, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

QUESTIONS = "id,title,prompt,audience\nopen,Open,What broke?,{}\n"
ITEMS = "section,question,required\nset/part,open,{}\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).write("pack.yml", MANIFEST)
    pack.write("questions.csv", QUESTIONS.format(""))
    pack.write("question_sets.csv", "id,title,audience\nset,Set,\n")
    pack.write("set_sections.csv", "question_set,id,title\nset,part,Part\n")
    return pack.write("set_items.csv", ITEMS.format(""))


@pytest.fixture
def item() -> SetItem:
    """A question that a set asks; neither says more."""
    item: SetItem = SetItemFactory(
        required=None, question__audience="", section__question_set__audience=""
    )
    return item


def stated() -> list[Any]:
    return [
        *Question.objects.values_list("audience", flat=True),
        *QuestionSet.objects.values_list("audience", flat=True),
        *SetItem.objects.values_list("required", flat=True),
    ]


def test_a_pack_keeps_it_open_until_it_states_it(pack: Pack) -> None:
    assert pack.refusals() == []
    assert stated() == ["", "", None]
    assert not pack.load().changed
    pack.write("questions.csv", QUESTIONS.format("candidate"))
    pack.write("set_items.csv", ITEMS.format("false"))
    assert pack.refusals() == []
    assert stated() == ["candidate", "", False]
    pack.write("questions.csv", QUESTIONS.format(""))
    pack.write("set_items.csv", ITEMS.format(""))
    assert pack.refusals() == []
    assert stated() == ["", "", None]


def test_a_case_package_keeps_it_open(item: SetItem) -> None:
    written = export_text(Collection.objects.get())
    assert "audience" not in json.dumps(json.loads(written))
    assert export_again(written) == written
    assert stated() == ["", "", None]
    SetItem.objects.update(required=True)
    Question.objects.update(audience=AskedBy.PANEL)
    written = export_text(Collection.objects.get())
    assert export_again(written) == written
    assert stated() == ["panel", "", True]


def test_a_question_file_keeps_it_open(item: SetItem) -> None:
    question_set = item.section.question_set
    assert rows_of(question_set)[0]["required"] == ""
    for cell, required in (("no", False), ("yes", True), ("", None)):
        report = import_file(question_set, edited(question_set, 0, required=cell))
        assert report.is_written
        assert SetItem.objects.get().required is required


def test_a_new_row_of_a_question_file_states_nothing(item: SetItem) -> None:
    question_set = item.section.question_set
    rows = rows_of(question_set)
    new = dict.fromkeys(rows[0], "") | {"prompt": "What next?", "section": rows[0]["section"]}
    assert import_file(question_set, [*rows, new]).is_written
    added = SetItem.objects.exclude(pk=item.pk).get()
    assert (added.required, added.question.audience) == (None, "")


def test_pages_show_only_what_is_stated(item: SetItem) -> None:
    question_set = item.section.question_set
    addresses = [question_set.get_absolute_url(), f"{question_set.get_absolute_url()}kit/"]
    for address in addresses:
        assert "Must ask" not in Page.read(Client(), address)
    assert not Page.read(Client(), addresses[0]).marked("items__facts")
    SetItem.objects.update(required=True)
    for address in addresses:
        assert "Must ask" in Page.read(Client(), address)


def test_a_kit_plans_time_for_questions_that_may_always_be_asked(item: SetItem) -> None:
    SetItemFactory(section=item.section, required=False, minutes=30)
    url = f"{item.section.question_set.get_absolute_url()}kit/"
    assert "minute 0 to 10" in Page.read(Client(), url)


def test_an_interview_and_a_practice_may_ask_it() -> None:
    make_hiring()

    def asked(address: str) -> list[bool]:
        page = Page.read(Client(), f"{address}?level=tpm/senior")
        return [bool(page.marked(mark)) for mark in ("practice__question", "q__prompt")]

    Question.objects.update(audience="")
    assert any(asked("/interviews/practice/"))
    assert any(asked("/interviews/builder/"))
    Question.objects.update(audience=AskedBy.CANDIDATE)
    assert not any(asked("/interviews/practice/"))
    assert not any(asked("/interviews/builder/"))


def test_the_form_of_a_new_row_preselects_what_is_usual(editor: Client) -> None:
    section = SetSectionFactory()
    assert opened(editor, admin_url(Question, "add"))["audience"] == AskedBy.INTERVIEWER
    assert opened(editor, admin_url(QuestionSet, "add"))["audience"] == Audience.INTERVIEWER
    data = opened(editor, admin_url(section, "change"))
    assert data["items-__prefix__-required"] == "true"
    question = QuestionFactory()
    url = admin_url(section, "change")
    assert editor.post(url, with_new_part(data, "items", question=question.pk)).status_code == 302
    assert section.items.get().required is True


def test_a_new_row_that_is_left_as_it_was_preselected_is_not_saved(editor: Client) -> None:
    section = SetSectionFactory()
    data = opened(editor, admin_url(section, "change"))
    response = editor.post(admin_url(section, "change"), with_new_part(data, "items"))
    assert response.status_code == 302
    assert not section.items.exists()


def test_a_form_leaves_open_what_is_open(editor: Client, item: SetItem) -> None:
    section, question = item.section, item.question
    assert opened(editor, admin_url(section, "change"))["items-0-required"] == "unknown"
    assert "Not stated" in editor.get(admin_url(section, "change")).text
    assert saved(editor, admin_url(section, "change"), title="Other").status_code == 302
    assert saved(editor, admin_url(question, "change"), title="Other").status_code == 302
    assert stated() == ["", "", None]
    assert SetSection.objects.get().title == "Other"
    changes = {"items-0-required": "false"}
    assert saved(editor, admin_url(section, "change"), **changes).status_code == 302
    assert stated() == ["", "", False]


def test_two_editors_merge_what_they_state(editor: Client, item: SetItem) -> None:
    url = admin_url(item.section, "change")
    data = opened(editor, url)
    SetItem.objects.update(required=False)
    assert editor.post(url, data | {"items-0-minutes": "25"}).status_code == 302
    assert SetItem.objects.values_list("required", "minutes").get() == (False, 25)


def test_a_list_of_questions_exports_no_answer_outside_a_set(client: Client) -> None:
    QuestionSetFactory()
    QuestionFactory(audience="")
    response = client.get("/interviews/questions.csv")
    text = b"".join(response).decode("utf-8-sig")  # type: ignore[call-overload]
    assert [row["required"] for row in csv.DictReader(io.StringIO(text))] == [""]
