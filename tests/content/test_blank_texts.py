"""A title or prompt with only invisible characters is refused like an empty one, everywhere."""

from pathlib import Path
from unicodedata import name

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from content.fields import LineField, MarkdownField, PlainTextField
from skills.models import Skill
from tests.admin_forms import admin_url, opened
from tests.factories import SkillFactory
from tests.pack_files import Pack
from tests.question_files.spreadsheets import edited, import_file, phone_screen, refusals

ZERO_WIDTH, SOFT_HYPHEN, MARK, RIGHT_TO_LEFT = "\u200b", "\u00ad", "\ufeff", "\u202e"
BLANKS = [
    ZERO_WIDTH, SOFT_HYPHEN, MARK, RIGHT_TO_LEFT, "\u2066", "\u2060", "\u200d", "\u00a0", "\u3000",
    "\u2028", "\x07", "\u034f", "\u115f", "\u2800", "\u3164", "\ufe0f", "\U000e0101", " ", "\t\n",
    f"{MARK} {ZERO_WIDTH}\n{SOFT_HYPHEN}",
]  # fmt: skip
SEEN = [
    "a",
    "1",
    "?",
    "\u0301",
    "·",
    "\u05d0",
    "\u200f\u05d0",
    "👩\u200d💻",
    "❤\ufe0f",
    f"{ZERO_WIDTH}Risk{SOFT_HYPHEN}",
]
FIELDS = [LineField, PlainTextField, MarkdownField]


def _named(text: str) -> str:
    return name(text[0], f"U+{ord(text[0]):04X}")


@pytest.mark.parametrize("text", BLANKS, ids=_named)
@pytest.mark.parametrize("kind", FIELDS)
def test_a_text_of_which_nothing_is_seen_is_blank(kind: type[LineField], text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        kind().clean(text, None)
    assert [fault.code for fault in refused.value.error_list] == ["blank"]
    assert kind(blank=True).clean(text, None) == text


@pytest.mark.parametrize("text", SEEN, ids=_named)
@pytest.mark.parametrize("kind", FIELDS)
def test_a_text_of_which_anything_is_seen_stays_as_it_is(kind: type[LineField], text: str) -> None:
    assert kind().clean(text, None) == text


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "row", "column"), [
    ("skills.csv", "id,title\nrisk,{}\n", "title"),
    ("skills.csv", "id,title\nrisk,\" {} \"\n", "title"),
    ("questions.csv", "id,title,prompt\nlate,Late,{}\n", "prompt"),
    ("questions/late.md", "---\ntitle: Late\n---\n{}\n", "prompt"),
])  # fmt: skip
def test_a_pack_with_it_is_refused_by_place(
    tmp_path: Path, path: str, row: str, column: str
) -> None:
    pack = Pack(tmp_path)
    for text in (ZERO_WIDTH, SOFT_HYPHEN, MARK, RIGHT_TO_LEFT):
        (refusal,) = pack.write(path, row.format(text)).refusals()
        assert refusal.startswith(path)
        assert refusal.endswith(f"{column}: This field cannot be blank.")
    assert pack.write(path, row.format(f"{ZERO_WIDTH}Risk")).refusals() == []


@pytest.mark.django_db
def test_a_form_of_the_admin_refuses_it(editor: Client) -> None:
    skill = SkillFactory(title="Risk")
    url = admin_url(skill, "change")
    for text, status in {
        ZERO_WIDTH: 200,
        f" {SOFT_HYPHEN}": 200,
        RIGHT_TO_LEFT: 200,
        f"Crisis{ZERO_WIDTH}": 302,
    }.items():
        assert editor.post(url, opened(editor, url) | {"title": text}).status_code == status
    assert Skill.objects.get().title == f"Crisis{ZERO_WIDTH}"


@pytest.mark.django_db
def test_a_csv_of_a_set_refuses_it_in_known_and_in_new_questions() -> None:
    question_set = phone_screen()
    for cells, said in [
        ({}, "This field cannot be blank."),
        ({"question": ""}, "a question without an identifier requires a prompt"),
    ]:
        rows = edited(question_set, 1, prompt=ZERO_WIDTH, **cells)
        assert refusals(import_file(question_set, rows)) == [("row 2", "prompt", said)]
    assert refusals(import_file(question_set, edited(question_set, 1, prompt="Seen?"))) == []
