"""The examples in docs/mapping.md work, and its messages and limits are those of the code."""

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openpyxl import Workbook
from pytest_django import Settings

from content.models import Collection
from file_formats.text_files import read_yaml
from interchange.packs import TABLES
from mapping import parser, reference
from mapping.converter import convert
from mapping.record_transforms import CONDITIONS, RECORD_TRANSFORMS, parse_condition
from mapping.slugs import slug
from packs.reading import RawRow
from source_files import files, json_yaml, markdown, workbooks
from source_files.options import SOURCE_KEYS, parse_sources
from tests.portal.packs_sent import TABLE, sent, words
from tpm_portal.environment import BASE_DIR
from tpm_portal.forms import TableForm
from tpm_portal.importers import IMPORTERS

DOCUMENT = (BASE_DIR / "docs/mapping.md").read_text("utf-8")
EXAMPLE_SECTION = re.compile(r"^## (Example: .+?)\n(.+?)(?=^## )", re.MULTILINE | re.DOTALL)
EXAMPLES = dict(EXAMPLE_SECTION.findall(DOCUMENT))
NAMED_BLOCK = re.compile(r"^\*\*(\S+)\*\*\n\n```\w+\n(.+?)^```$", re.MULTILINE | re.DOTALL)
#: In the code, a long message is several literals on lines of their own.
LITERAL_BREAK = re.compile(r'"\s*f?"')


def write_example(folder: Path, title: str) -> tuple[Path, Path, dict[str, Any]]:
    """The mapping and the source of an example, written to files, and its rows."""
    blocks = dict(NAMED_BLOCK.findall(EXAMPLES[title]))
    rows = read_yaml(blocks.pop("rows"), title)
    for name, text in blocks.items():
        (folder / name).write_text(text, "utf-8")
    (mapping,) = folder.glob("*.yml")
    (source,) = {folder / name for name in blocks} - {mapping}
    return mapping, source, rows


def test_there_is_an_example_of_a_table_and_one_of_a_nested_file() -> None:
    assert list(EXAMPLES) == ["Example: a CSV file", "Example: a nested JSON file"]


@pytest.mark.parametrize("title", EXAMPLES)
def test_an_example_makes_the_rows_that_the_document_shows(title: str, tmp_path: Path) -> None:
    mapping, source, expected = write_example(tmp_path, title)
    pack = convert(parser.read_mapping(mapping, TABLES), source)
    rows: dict[str, list[object]] = {}
    for table in TABLES:
        for row in pack.rows(table):
            assert isinstance(row, RawRow), str(row)
            rows.setdefault(table.name, []).append(row.values)
    assert rows == expected
    assert pack.notes == []


def test_the_table_of_the_example_may_be_a_workbook(tmp_path: Path) -> None:
    mapping, source, expected = write_example(tmp_path, "Example: a CSV file")
    (source_options,) = re.findall(r"`(levels: \{file: \w+\.xlsx, .+?\})`", DOCUMENT)
    text = mapping.read_text("utf-8")
    mapping.write_text(text.replace("levels: {file: engineering.csv}", source_options), "utf-8")
    book = Workbook()
    sheet = book.create_sheet("Levels")
    for row in csv.reader(source.read_text("utf-8").splitlines(keepends=True)):
        sheet.append(row)
    book.save(source.with_suffix(".xlsx"))
    pack = convert(parser.read_mapping(mapping, TABLES), source.with_suffix(".xlsx"))
    levels = next(table for table in TABLES if table.name == "levels")
    rows = [row.values for row in pack.rows(levels) if isinstance(row, RawRow)]
    assert rows == expected["levels"]


@pytest.mark.django_db
@pytest.mark.parametrize("title", EXAMPLES)
def test_an_example_is_loaded_without_refusals(title: str, tmp_path: Path) -> None:
    mapping, source, rows = write_example(tmp_path, title)
    report = StringIO()
    call_command("import_table", str(mapping), str(source), stdout=report)
    created = sum(map(len, rows.values())) + 1  # and the collection
    assert report.getvalue().startswith(f"{created} created, 0 changed")


@pytest.mark.django_db
def test_the_command_to_try_a_mapping_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_example(tmp_path, "Example: a CSV file")
    monkeypatch.chdir(tmp_path)
    (arguments,) = re.findall(r'^    make manage ARGS="(.+)"$', DOCUMENT, re.MULTILINE)
    report = StringIO()
    call_command(*arguments.split(), stdout=report)
    assert report.getvalue().endswith("\n10 created, 0 changed, 0 unchanged.\n")


def test_the_admin_previews_the_example(editor: Client, settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    mapping, source, _ = write_example(tmp_path, "Example: a CSV file")
    upload = SimpleUploadedFile(mapping.name, mapping.read_bytes())
    preview = sent(editor, TABLE, source.read_bytes(), source.name, own=upload)
    assert "Nothing has been saved yet" in words(preview)
    assert "expectations 4 0 0" in words(preview)
    assert not Collection.objects.filter(slug="our-ladder").exists()


@pytest.mark.parametrize("key", SOURCE_KEYS)
def test_the_example_of_a_source_key_is_valid(key: str) -> None:
    example = read_yaml(SOURCE_KEYS[key].example, "example")
    assert list(example) == [key]
    assert parse_sources({"example": example}, "sources")


@pytest.mark.parametrize("key", RECORD_TRANSFORMS)
def test_the_example_of_a_record_transform_is_valid(key: str) -> None:
    kind = RECORD_TRANSFORMS[key]
    assert kind.parse(read_yaml(kind.help.example, "example"), "example").columns_read


@pytest.mark.parametrize("value", CONDITIONS)
def test_the_example_of_a_condition_is_valid(value: str) -> None:
    condition = parse_condition(read_yaml(CONDITIONS[value].example, "example"), "example")
    assert condition(reference.SAMPLE_RECORD) in (True, False)


def test_examples_in_the_text_have_the_result_that_it_states() -> None:
    nested = "{slug: [Family, {column: Name, shorten: 30}]}"
    assert f"`{nested}`" in DOCUMENT
    assert reference.evaluate_example(nested) == "delivery-lead-manager"
    assert "*CI/CD & Release* becomes `ci-cd-release`" in DOCUMENT
    assert slug("CI/CD & Release") == "ci-cd-release"


def test_the_page_of_the_admin_has_the_labels_that_the_document_names() -> None:
    assert f"“{IMPORTERS['table'].title}”" in DOCUMENT
    for label in (TableForm.base_fields["own"].label, TableForm.base_fields["retire"].label):
        assert f"“{label}”" in DOCUMENT


def unknown_messages(text: str, code: str) -> list[str]:
    """Messages in the tables of a text of which a part is not in the code."""
    joined = LITERAL_BREAK.sub("", code)
    messages = re.findall(r"^\| `(.+?)` \|", text, re.MULTILINE)
    assert messages
    return [
        message
        for message in messages
        if not all(part.strip("“”?; ") in joined for part in message.split("…"))
    ]


def test_messages_that_are_explained_are_in_the_code() -> None:
    section = DOCUMENT.partition("\n## What messages mean\n")[2].partition("\n## ")[0]
    code = "\n".join(
        path.read_text("utf-8")
        for package in ("source_files", "mapping", "file_formats", "packs", "uploads")
        for path in sorted((BASE_DIR / package).rglob("*.py"))
    )
    assert unknown_messages("| `no such thing` | x |", code) == ["no such thing"]
    assert unknown_messages(section, code) == []


def test_limits_are_those_of_the_code() -> None:
    section = DOCUMENT.partition("\n## Limits\n")[2].partition("\n## ")[0]
    assert " ".join(section.split()) == (
        f"A mapping may have up to {parser.MAX_FILE_BYTES // 1000} kB, "
        f"a file {files.MAX_FILE_BYTES // 1024**2} MB, "
        f"a Markdown file {markdown.MAX_LENGTH // 1024} kB, "
        f"and a workbook {workbooks.MAX_CELLS:,} cells "
        f"and {workbooks.MAX_BLANK_ROWS:,} blank rows. "
        f"Nested files may be {json_yaml.MAX_DEPTH} levels deep."
    )
