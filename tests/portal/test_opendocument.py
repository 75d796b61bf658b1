"""Files of LibreOffice are refused in words by every form that takes a file."""

import io
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.admin_forms import admin_url
from tests.factories import EditorFactory, LevelRequirementFactory
from tests.portal.packs_sent import sent, words
from tests.question_files.spreadsheets import phone_screen

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OPENDOCUMENT = "This is an OpenDocument file."


@pytest.fixture
def editor(settings: Settings, tmp_path: Path) -> Client:
    settings.VAR_DIR = tmp_path
    client = Client()
    client.force_login(EditorFactory())
    return client


def spreadsheet() -> bytes:
    """The beginning of a workbook as LibreOffice saves it by default."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    return packed.getvalue()


@pytest.mark.parametrize("kind", ["pack", "case", "rsd", "table"])
def test_an_import_names_the_format(editor: Client, kind: str) -> None:
    address = f"/admin/load/{kind}/"
    for name in ("skills.ods", "skills.csv", "skills.zip", "skills.xlsx"):
        page = sent(editor, address, spreadsheet(), name)
        assert OPENDOCUMENT in words(page), name
        assert "Choose a file that ends in" in words(page)


@pytest.mark.parametrize("name", ["set.ods", "set.csv"])
def test_a_question_file_names_the_format(editor: Client, name: str) -> None:
    page = sent(editor, admin_url(phone_screen(), "import_csv"), spreadsheet(), name)
    assert OPENDOCUMENT in words(page)


@pytest.mark.parametrize("name", ["card.ods", "card.csv", "card.xlsx"])
def test_a_scorecard_is_refused_in_a_sentence(client: Client, name: str) -> None:
    file = SimpleUploadedFile(name, spreadsheet())
    page = client.post("/interviews/calibration/", {"scorecards": file})
    assert page.status_code == 200
    assert f"{name}: a workbook or another zip file; save it as “CSV UTF-8”" in words(page)


def test_an_assessment_is_refused_in_a_sentence(client: Client) -> None:
    url = LevelRequirementFactory().level.get_assessment_url()
    file = SimpleUploadedFile("answers.ods", spreadsheet())
    page = client.post(url, {"as": "load", "file": file})
    assert page.status_code == 200
    assert "This file is not an assessment: it is not JSON." in words(page)
