"""The files of a pack are read completely and exactly, or refused with location and reason."""

import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from file_formats.errors import UnreadableFile
from file_formats.text_files import read_text, read_yaml
from packs.pack_tables import Table
from packs.reading import RawRow, read_rows
from roles.models import Role
from skills.models import SkillDescriptor
from tests import corpora

ROLES = Table("roles", Role, ("title", "body"), body="body")
PARTS = Table("parts", SkillDescriptor, ("text",), parent="skill")
HEADER = "id,title\n"


def values(rows: Iterable[RawRow | UnreadableFile]) -> list[Any]:
    """What the rows say.

    :raises UnreadableFile: if one could not be read.
    """
    read = []
    for row in rows:
        if isinstance(row, UnreadableFile):
            raise row
        read.append(row.values)
    return read


def csv_rows(folder: Path, content: str | bytes) -> list[dict[str, Any]]:
    """The rows of a CSV file of this content."""
    (folder / "roles.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return values(read_rows(folder, ROLES))


def page_rows(
    folder: Path, content: str | bytes, path: str = "roles/lead.md", table: Table = ROLES
) -> list[Any]:
    """The rows of a Markdown file of this content."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return values(read_rows(folder, table))


def refusal(reading: Any, *args: Any) -> str:
    """Why it cannot be read."""
    with pytest.raises(UnreadableFile) as refused:
        reading(*args)
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        "id,title\nlead,Lead\n",
        "id,title\r\nlead,Lead\r\n",
        "id,title\nlead,Lead",
        "\ufeffid,title\nlead,Lead\n",
        '"id","title"\n"lead","Lead"\n',
        "\n\nid,title\n\nlead,Lead\n\n",
        "\n\nid;title\nlead;Lead\n",
        "\t\nid\ttitle\nlead\tLead\n",
        "title,id\nLead,lead\n",
    ],
)
def test_a_csv_file_may_be_written_in_many_ways(tmp_path: Path, content: str) -> None:
    assert csv_rows(tmp_path, content) == [{"id": "lead", "title": "Lead"}]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " a ",
        "a,b",
        'say "no"',
        "two\nlines",
        "a\u2028b",
        "a\x0bb\x0cc\x1cd\x85e",
        "=1+1",
        "'",
        "😀",
        "|",
        "a\\nb",
    ],
)
def test_a_cell_is_read_exactly(tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    assert csv_rows(tmp_path, f'{HEADER}lead,"{quoted}"\n') == [{"id": "lead", "title": cell}]
    if not set(cell) & set(',"\n'):
        assert csv_rows(tmp_path, f"{HEADER}lead,{cell}\n") == [{"id": "lead", "title": cell}]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (HEADER + "lead,Lead,more\n", "roles.csv line 2: 3 cells under 2 columns"),
        (
            HEADER + '\n"two\nlines",A\nlead,Lead,more\n',
            "roles.csv line 5: 3 cells under 2 columns",
        ),
        (
            HEADER + 'a,A\n"lead,Lead\nb,B\n',
            "roles.csv line 3: the quotation mark that opens this cell is never closed",
        ),
        (
            HEADER + 'a,"A" b\n',
            "roles.csv line 2: there is text after the closing quotation mark of a cell; double "
            "the quotation marks inside a cell",
        ),
        (HEADER + "a,A\0\n", "roles.csv line 2: Character 2 (U+0000) cannot be stored."),
        (
            HEADER + f"a,{'x' * 131_073}\n",
            "roles.csv line 2: field larger than field limit (131072)",
        ),
        ("id,title,id\na,A,b\n", "roles.csv line 1: expected a row that names every column once"),
        ("id,,title\na,A,b\n", "roles.csv line 1: expected a row that names every column once"),
        ("", "roles.csv: expected a row that names every column once"),
        (b"id,title\nlead,Caf\xe9\n", "roles.csv line 2: not UTF-8"),
        ("id,title\nlead,Lead\n".encode("utf-16"), "roles.csv line 1: not UTF-8"),
    ],
)
def test_a_csv_file_that_cannot_be_read_is_refused_by_line(
    tmp_path: Path, content: str | bytes, place: str
) -> None:
    assert refusal(csv_rows, tmp_path, content) == place


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    size = 4_000_000
    (tmp_path / "roles.csv").write_text(HEADER + f"a,{'x' * 999}\n" * (size // 1000), "utf-8")
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_rows(tmp_path, ROLES)) == size // 1000
        assert tracemalloc.get_traced_memory()[1] < size / 2
    finally:
        tracemalloc.stop()


def test_no_row_is_read_from_a_table_that_is_not_text_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "roles.csv").write_bytes((HEADER + "a,A\n" * 50_000).encode() + b"b,\xe9\n")
    (error,) = read_rows(tmp_path, ROLES)
    assert str(error) == "roles.csv line 50002: not UTF-8"


def test_a_header_alone_is_an_empty_table_and_no_file_too(tmp_path: Path) -> None:
    assert [*read_rows(tmp_path, ROLES)] == csv_rows(tmp_path, HEADER) == []


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (
            "---\ntitle: Lead\n---\nIts text.\n\nMore.\n",
            {"id": "lead", "title": "Lead", "body": "Its text.\n\nMore."},
        ),
        (
            "---\r\ntitle: Lead\r\n---\r\nIts\r\ntext.",
            {"id": "lead", "title": "Lead", "body": "Its\ntext."},
        ),
        ("\ufeff---\ntitle: Lead\n---\n", {"id": "lead", "title": "Lead"}),
        ("---\ntitle: Lead\n---", {"id": "lead", "title": "Lead"}),
        (
            "---\nid: head\ntitle: Head\n---\na\n---\nb",
            {"id": "head", "title": "Head", "body": "a\n---\nb"},
        ),
        (
            "---\ntitle: Lead\nbody: Above.\n---\n",
            {"id": "lead", "title": "Lead", "body": "Above."},
        ),
    ],
)
def test_a_markdown_file_is_front_matter_and_text(
    tmp_path: Path, content: str, values: dict[str, str]
) -> None:
    assert page_rows(tmp_path, content) == [values]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("title: Lead\n", "roles/lead.md: expected front matter between two --- lines"),
        ("---\ntitle: Lead\n", "roles/lead.md: expected front matter between two --- lines"),
        (
            " ---\ntitle: Lead\n---\n",
            "roles/lead.md: expected front matter between two --- lines",
        ),
        (
            "---\na: b\ntitle: a: b\n---\n",
            "roles/lead.md line 3: put text that contains a colon and a space in quotes, and "
            "indent this key like the other keys",
        ),
        ("---\na: b\na: c\n---\n", "roles/lead.md line 3: the key “a” appears twice"),
        (
            "---\nbody: a\n---\nb\n",
            "roles/lead.md: “body” is in the front matter and again below it",
        ),
        ("---\ntitle: Lead\n---\na\0b\n", "roles/lead.md: Character 2 (U+0000) cannot be stored."),
        ("---\n- a\n---\n", "roles/lead.md: expected a mapping"),
        (b"---\ntitle: Caf\xe9\n---\n", "roles/lead.md line 2: not UTF-8"),
    ],
)
def test_a_markdown_file_that_cannot_be_read_is_refused(
    tmp_path: Path, content: str | bytes, place: str
) -> None:
    assert refusal(page_rows, tmp_path, content) == place


def test_a_part_belongs_to_the_folder_it_lies_in_unless_it_says_otherwise(tmp_path: Path) -> None:
    plain, stated = "---\ntext: a\n---\n", "---\ntext: a\nskill: cost\n---\n"
    (row,) = page_rows(tmp_path, plain, "parts/risk/working.md", PARTS)
    assert row == {"id": "working", "skill": "risk", "text": "a"}
    assert page_rows(tmp_path, stated, "parts/risk/working.md", PARTS)[0]["skill"] == "cost"


def test_a_text_below_a_table_without_one_is_named_body(tmp_path: Path) -> None:
    assert page_rows(tmp_path, "---\ntext: a\n---\nb", "parts/risk/x.md", PARTS)[0]["body"] == "b"


def test_rows_come_from_the_csv_file_then_from_the_markdown_files_by_name(tmp_path: Path) -> None:
    for name in ("b", "a", "deep/c"):
        page_rows(tmp_path, f"---\ntitle: {name}\n---\n", f"roles/{name}.md")
    assert [row["title"] for row in csv_rows(tmp_path, "id,title\nz,Z\n")] == [
        "Z",
        "a",
        "b",
        "deep/c",
    ]


def test_a_file_that_leads_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    pack, outside = tmp_path / "pack", tmp_path / "outside.md"
    outside.write_text("---\ntitle: Secret\n---\n")
    page_rows(pack, "---\ntitle: Lead\n---\n", "roles/lead.md")
    (pack / "roles/link.md").symlink_to(outside)
    assert refusal(lambda: values(read_rows(pack, ROLES))) == (
        "roles/link.md: points outside the pack"
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roles/lead.md").mkdir(parents=True)
    assert refusal(lambda: values(read_rows(tmp_path, ROLES))) == "roles/lead.md: cannot be read"
    assert refusal(read_text, tmp_path / "none", "none") == "none: cannot be read"


@pytest.mark.parametrize("extra", ["d,D\n", "\n"], ids=["row", "blank"])
def test_a_table_of_too_many_rows_is_read_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str
) -> None:
    monkeypatch.setattr("packs.reading.MAX_ROWS", 3)
    sheet = tmp_path / "roles.csv"
    sheet.write_text("id,title\na,A\nb,B\nc,C\n")
    assert len([*read_rows(tmp_path, ROLES)]) == 3
    sheet.write_text(f"id,title\na,A\nb,B\nc,C\n{extra}")
    *rows, refused = read_rows(tmp_path, ROLES)
    assert len(rows) == 3
    assert str(refused) == "roles.csv line 5: more than 3 rows"


def test_the_hostile_packs_end_as_stated() -> None:
    files = corpora.folder("pack-hostile") / "files"
    accepted = {"01_plain", "05_norway", "06_quoted_norway", "12_bom_crlf", "17_html_body"}
    refused = {
        "02_alias_bomb",
        "03_python_tag",
        "04_duplicate_key",
        "07_multi_doc",
        "08_tab_indent",
        "10_list_top",
    }
    refused |= {"11_empty", "13_latin1", "18_deep_flow"}
    for name in accepted:
        assert read_yaml(read_text(files / f"{name}.yaml", name), name)["title"]
    for name in refused:
        refusal(lambda name=name: read_yaml(read_text(files / f"{name}.yaml", name), name))
    assert read_yaml(read_text(files / "05_norway.yaml", "x"), "x")["tags"][:3] == [
        "yes",
        "off",
        "1_000",
    ]


def test_csv_files_of_all_sorts_are_read_as_stated(tmp_path: Path) -> None:
    folder = corpora.folder("csv-spectrum")
    files = sorted((folder / "csvs").glob("*.csv"))
    assert len(files) == 12
    for file in files:
        stated = json.loads(
            (folder / "json" / f"{file.stem}.json").read_text().replace("\\r\\n", "\\n")
        )
        stated = stated if isinstance(stated, list) else [stated]
        stated[0].pop("Contact Phone Number", None)  # the corpus contradicts itself here
        rows = csv_rows(tmp_path, file.read_bytes())
        assert [
            {name: row[name] for name in wanted} for row, wanted in zip(rows, stated, strict=True)
        ] == stated


def test_the_csv_files_on_the_edge_end_as_stated(tmp_path: Path) -> None:
    files = corpora.folder("csv-edge") / "files"
    outcomes = {
        case["file"]: case for case in corpora.entries("csv-edge", "manifest.json", "cases")
    }
    for number in (1, 2, 3, 4, 5, 6, 7, 8, 16, 17, 23):
        (name,) = [name for name in outcomes if name.startswith(f"{number:02}_")]
        rows = csv_rows(tmp_path, (files / name).read_bytes())
        assert len(rows) == outcomes[name].get("rows", len(rows)) > 0, name
        if cell := outcomes[name].get("cell"):
            assert rows[cell["row"] - 1][cell["column"]] == cell["value"], name
    # Number 12, a row without its last cell, is what spreadsheets write where the last cells are
    # empty.
    for number in (10, 11, 13, 14, 19, 20):
        (name,) = [name for name in outcomes if name.startswith(f"{number:02}_")]
        place = refusal(csv_rows, tmp_path, (files / name).read_bytes())
        assert f"line {outcomes[name].get('line', '')}" in place or "line" not in outcomes[name], (
            name
        )
