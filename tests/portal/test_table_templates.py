"""Empty tables of packs can be downloaded, with the meaning of their columns."""

import csv
import io

import pytest
from django.test import Client

from file_formats.csv_cells import BOM
from interchange.packs import TABLES
from question_files.columns import COLUMNS
from tests.factories import UserFactory
from tests.markup import parse
from tests.pack_files import MANIFEST
from tests.portal.packs_sent import PACK, sent, words, zipped
from tpm_portal.table_templates import QUESTION_SET

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def header(client: Client, name: str) -> list[str]:
    """The only row of the file."""
    response = client.get(f"/admin/tables/{name}.csv")
    assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    content = response.getvalue()  # type: ignore[attr-defined]
    assert content.startswith(BOM)
    (row,) = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return row


def test_every_table_has_its_file_and_every_column_a_meaning(editor: Client) -> None:
    page = parse(editor.get("/admin/tables/").text)
    sections = page.all("section")
    assert len(sections) == len(TABLES) + 1 > 25
    for section in sections:
        (link,) = section.links
        names = [each.text.split()[0] for each in section.all("dt")]
        assert header(editor, link.rpartition("/")[2].removesuffix(".csv")) == names
        meanings = [each.text for each in section.all("dd")]
        assert all(meaning.endswith(".") and len(meaning) > 3 for meaning in meanings), link


def test_the_empty_files_make_an_empty_pack(editor: Client) -> None:
    files = {f"{table.name}.csv": ",".join(header(editor, table.name)) for table in TABLES}
    page = sent(editor, PACK, zipped(files | {"pack.yml": MANIFEST}))
    assert "Refused" not in words(page)
    assert "pack.yml 1 0 0" in words(page)


def test_the_file_of_a_question_set_has_its_columns(editor: Client) -> None:
    assert header(editor, QUESTION_SET) == list(COLUMNS)


def test_what_is_required_is_marked(editor: Client) -> None:
    page = parse(editor.get("/admin/tables/").text)
    (skills,) = [
        section for section in page.all("section") if section.links == ["/admin/tables/skills.csv"]
    ]
    required = [each.text.split()[0] for each in skills.all("dt") if "required" in each.text]
    assert required == ["id", "title"]


def test_they_are_for_staff_and_there_is_no_other(client: Client, editor: Client) -> None:
    assert editor.get("/admin/tables/nothing.csv").status_code == 404
    client.force_login(UserFactory())
    assert client.get("/admin/tables/").status_code == 302
    assert client.get("/admin/tables/skills.csv").status_code == 302
