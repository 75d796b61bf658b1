"""Broken and hostile files that once caused server errors, with the expected responses."""

import errno
import json
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from file_formats import archives
from interviews.models import Question
from packs.row_writer import RowWriter
from skills.models import Skill
from tests.admin_forms import admin_url
from tests.factories import EditorFactory, LevelRequirementFactory
from tests.hiring.test_calibration import card
from tests.interchange.packages import package
from tests.pack_files import MANIFEST
from tests.portal.packs_sent import FILES, PACK, next_step, sent, words, zipped
from tests.question_files.spreadsheets import exported, phone_screen
from uploads.import_wizard import IMPORT_FAILED
from uploads.pending_uploads import PendingUpload

pytestmark = pytest.mark.django_db

CASE, RSD, TABLE = "/admin/load/case/", "/admin/load/rsd/", "/admin/load/table/"
GUIDE = "---\ntitle: Guide\nstatus: published\npublished_at: {}\n---\nBody.\n"
CASE_TABLE = "Identifier,fullStatement,Human Coding Scheme,Is Child Of,sequenceNumber\n,One,A,,{}\n"


@pytest.fixture
def editor(settings: Settings, tmp_path: Path) -> Client:
    settings.VAR_DIR = tmp_path
    client = Client(raise_request_exception=False)
    client.force_login(EditorFactory())
    return client


def damaged_zip() -> bytes:
    """A pack whose manifest is compressed with LZMA and damaged."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_LZMA) as archive:
        archive.writestr("pack.yml", MANIFEST * 20)
    content = bytearray(written.getvalue())
    content[60:90] = b"\xff" * 30
    return bytes(content)


def misnamed_zip() -> bytes:
    """A pack with a name that is marked as UTF-8 and is not."""
    return zipped(FILES | {"é.md": "x"}).replace("é.md".encode(), b"\xff\xfe.md")


@pytest.mark.parametrize(
    "content", [damaged_zip(), misnamed_zip(), zipped(FILES)[:-30]], ids=["lzma", "name", "cut"]
)
@pytest.mark.parametrize("address", [PACK, TABLE])
def test_a_zip_that_is_not_sound_is_refused_in_words(
    editor: Client, content: bytes, address: str
) -> None:
    fields = {"mapping": "medium-snowflake"} if address == TABLE else {}
    page = sent(editor, address, content, **fields)
    assert "pack.zip: neither a folder nor a valid zip file; zip the folder again" in words(page)
    assert "tpm-portal-pack" not in page.text
    assert "This field is required" not in words(page)


def test_a_page_names_the_first_of_many_unknown_columns_and_files(editor: Client) -> None:
    columns = "".join(f"\ncolumn{number:03}: x" for number in range(150))
    files = {f"file{number:03}.txt": "x" for number in range(150)}
    manifest = f"{FILES['pack.yml']}{columns}\n"
    said = words(sent(editor, PACK, zipped(FILES | files | {"pack.yml": manifest})))
    assert "column000 (1)" in said
    assert "file000.txt" in said
    assert said.count("50 more") == 2
    assert "column149" not in said
    assert "file149.txt" not in said


def test_what_was_chosen_beside_a_refused_file_stays_chosen(editor: Client) -> None:
    page = sent(editor, TABLE, b"PK", mapping="medium-snowflake", retire="on")
    form = page.context["page"].form
    assert (form["mapping"].value(), form["retire"].value(), form["overwrite"].value()) == (
        "medium-snowflake",
        True,
        False,
    )


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"])
def test_a_date_outside_the_calendar_is_refused_by_its_column(editor: Client, moment: str) -> None:
    page = sent(editor, PACK, zipped(FILES | {"guides/doc.md": GUIDE.format(moment)}))
    assert f"guides/doc.md published_at The year {int(moment[:4])} is outside 2 to 9998." in words(
        page
    )
    sound = sent(
        editor, PACK, zipped(FILES | {"guides/doc.md": GUIDE.format("0002-01-01T00:00:00+14:00")})
    )
    assert 'value="load"' in sound.text


@pytest.mark.parametrize("name", ["CFLicenses", "CFItemTypes"])
@pytest.mark.parametrize("held", [5, "x", None, [5]])
def test_definitions_of_another_kind_are_refused(editor: Client, name: str, held: Any) -> None:
    content = json.dumps(package() | {"CFDefinitions": {name: [held]}}).encode()
    page = sent(editor, CASE, content, "case.json")
    assert f"the package: CFDefinitions: {name} 1: expected an object, not" in words(page)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [("9" * 5_000, "is too long"), ("9" * 19, "is too long"), ("1e999", "is too large")],
)
def test_a_number_that_fits_nowhere_is_refused(editor: Client, number: str, refusal: str) -> None:
    content = json.dumps(package(extra=5)).replace(": 5", f": {number}").encode()
    assert f"case.json: the number {number[:18]}" in words(
        page := sent(editor, CASE, content, "case.json")
    )
    assert refusal in words(page)


def test_a_place_of_too_many_digits_is_none(editor: Client) -> None:
    page = sent(editor, CASE, CASE_TABLE.format("9" * 5_000).encode(), "case.csv")
    assert 'value="load"' in page.text


def test_a_long_key_is_refused_and_not_echoed(editor: Client) -> None:
    long = "k" * 100_000
    page = sent(editor, PACK, zipped(FILES | {"guides.csv": f"id,title,{long}\ndoc,Guide,x\n"}))
    assert "this column name is longer than 200 characters" in words(page)
    assert len(page.text) < 20_000


@pytest.mark.parametrize("character", ["\\u0000", "\\ud800"])
def test_characters_that_no_database_takes_are_refused_in_what_has_no_column(
    editor: Client, character: str
) -> None:
    skill = {"id": "https://a.example/1", "skillName": "Access", "skillStatement": "Open doors."}
    content = json.dumps([skill | {"remark": "a#"}]).replace("#", character).encode()
    page = sent(
        editor,
        RSD,
        content,
        "rsd.json",
        author="A",
        title="T",
        publisher="P",
        license="L",
        attribution="A",
    )
    assert "rsd.json 1: Character 2 (U+" in words(page)
    assert not Skill.objects.exists()


def test_the_name_of_a_column_is_text_as_well(editor: Client) -> None:
    content = b"RSD Name,Skill Statement,Authors,a\0b\nAccess,Open doors.,W,x\n"
    page = sent(
        editor,
        RSD,
        content,
        "rsd.csv",
        author="A",
        title="T",
        publisher="P",
        license="L",
        attribution="A",
    )
    assert "Character 2 (U+0000) cannot be stored." in words(page)


def test_lines_may_end_as_on_the_macintosh(editor: Client) -> None:
    question_set = phone_screen()
    content = exported(question_set).replace(b"\r\n", b"\r").replace(b"Second", b"Asked otherwise")
    page = sent(editor, admin_url(question_set, "import_csv"), content, "set.csv")
    assert "Imported." in words(next_step(editor, page, "load"))
    assert Question.objects.get(slug="second").prompt.count("Asked otherwise") == 1
    card_of_mac = SimpleUploadedFile("1.csv", card("3 4 2").replace("\r\n", "\r").encode())
    answer = Client().post("/interviews/calibration/", {"scorecards": [card_of_mac]})
    assert answer.status_code == 200
    assert "Risk" in answer.text


@pytest.mark.parametrize(
    ("sign", "is_taken"),
    [(";", True), ("|", True), ("", True), ('"', False), ("ab", False), ("\0", False)],
)
def test_an_announced_separator_is_one(sign: str, is_taken: bool) -> None:
    text = card("3 4 2").replace(",", sign or "\t")
    content = SimpleUploadedFile("1.csv", f"sep={sign}\r\n{text}".encode())
    answer = Client().post("/interviews/calibration/", {"scorecards": [content]})
    assert answer.status_code == 200
    assert ("is not a separator; use a comma" not in answer.text) == is_taken


@pytest.mark.parametrize("character", ["\ud800", "\0"])
@pytest.mark.parametrize("place", ["n-{}", "r-{}", "r-{}#"])
def test_an_assessment_with_characters_that_are_no_text_is_refused(
    character: str, place: str
) -> None:
    need = LevelRequirementFactory()
    name = place.format(need.skill.key).replace("#", character)
    held = {"kind": "TPM Portal assessment", "answers": {name: "x" if "#" in place else character}}
    file = SimpleUploadedFile("a.json", json.dumps(held).encode())
    answer = Client().post(need.level.get_assessment_url(), {"as": "load", "file": file})
    assert answer.status_code == 200
    assert "This file contains invalid characters" in answer.text


def test_nul_in_what_a_visitor_sends_is_no_fault() -> None:
    need = LevelRequirementFactory()
    other = LevelRequirementFactory().level
    url = need.level.get_assessment_url()
    assert Client().post(url, {"as": "carry", "level": other.key}).status_code == 307
    for level in ("\0", f"{other.key}\0", f"\0:{other.key}"):
        assert Client().post(url, {"as": "carry", "level": level}).status_code == 200
    answer = Client().post(url, {f"n-{need.skill.key}": "Did\0 it.", "r-\0": "\0"})
    assert "Did\ufffd it." in answer.text


def test_a_long_name_of_a_file_fits_the_disk(editor: Client) -> None:
    page = sent(editor, PACK, zipped(FILES), name="\U00010348" * 90 + ".zip")
    assert 'value="load"' in page.text


Fail = Callable[..., Any]


def failing(error: Exception) -> Fail:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    return fail


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "name"),
    [(PendingUpload, "store"), (PendingUpload, "set_progress"), (archives, "_unpack")],
)
def test_a_full_disk_is_503(
    editor: Client, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, failing(FULL))
        assert_unavailable(sent(editor, PACK, zipped(FILES)))
    assert 'value="load"' in sent(editor, PACK, zipped(FILES)).text


def test_a_full_database_is_503(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    error = OperationalError("database or disk is full")
    error.__cause__ = sqlite3.OperationalError("database or disk is full")
    error.__cause__.sqlite_errorname = "SQLITE_FULL"
    monkeypatch.setattr(RowWriter, "create", failing(error))
    assert_unavailable(sent(editor, PACK, zipped(FILES)))


def assert_unavailable(answer: HttpResponse) -> None:
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_fault_of_ours_is_logged_and_said_and_writes_nothing(
    editor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(RowWriter, "create", failing(AttributeError("nothing of the sort")))
    page = sent(editor, PACK, zipped(FILES))
    assert page.status_code == 200
    assert IMPORT_FAILED in words(page)
    assert "nothing of the sort" not in page.text
    assert "nothing of the sort" in caplog.text
    assert not Skill.objects.exists()
