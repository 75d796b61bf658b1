"""Blocks of Markdown are read as records."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from file_formats.errors import UnreadableFile
from source_files import markdown
from source_files.markdown import MAX_LENGTH, block_columns, read_blocks, split_label
from source_files.markup import markdown_to_line
from source_files.options import SourceOptions

GUIDE = """\
The goal is to talk.

{% include warning.html %}

## Outline

> Hello! My name is \\_\\_\\_.

### Work experience

Begin here.

Ask one (or more) of these:

- [Tell me about {PROJECT}](https://example.org/a)
    - If yes: What challenges
      did you face?
        - And then?
    - What was <b>your</b> part?

  More of the same item.
- "Why `x`?"

## After

Thank you.
"""


def records(text: str, **options: Any) -> list[dict[str, str]]:
    """The values of the records of a text."""
    return [columns for _, columns in block_columns(text.splitlines(), **options)]


def items(text: str, **options: Any) -> list[dict[str, str]]:
    """The same of its list items alone."""
    return [columns for columns in records(text, **options) if columns["kind"] == "item"]


def test_each_block_is_a_record_under_its_headings() -> None:
    kinds = [(row["kind"], row["h2"], row["h3"]) for row in records(GUIDE)]
    assert kinds[:4] == [
        ("paragraph", "", ""),
        ("paragraph", "", ""),
        ("heading", "Outline", ""),
        ("quote", "Outline", ""),
    ]
    assert kinds[-2:] == [("heading", "After", ""), ("paragraph", "After", "")]


def test_an_item_has_its_own_text_and_knows_the_items_above_it() -> None:
    first, second, third, fourth, last = items(GUIDE)
    assert (
        first["text"]
        == "[Tell me about {PROJECT}](https://example.org/a)\n\nMore of the same item."
    )
    assert [row["depth"] for row in (first, second, third, fourth, last)] == [
        "0",
        "1",
        "2",
        "1",
        "0",
    ]
    assert third["text"] == "And then?"
    assert third["parent"].startswith("If yes: What challenges")
    assert third["top"] == first["title"] == "Tell me about {PROJECT} More of the same item."
    assert (last["text"], last["title"]) == ('"Why `x`?"', "Why x?")


def test_a_label_goes_before_the_text_into_a_column_of_its_own() -> None:
    labelled = [(row["label"], row["text"]) for row in items(GUIDE, labels=["If yes", "If no"])]
    assert labelled[1] == ("If yes", "What challenges\ndid you face?")
    assert labelled[2] == ("", "And then?")


@pytest.mark.parametrize(
    "text",
    [
        "Junior: A *story*",
        "**Junior**: A *story*",
        "**Junior:** A *story*",
        "__junior： A *story*__",
    ],
)
def test_a_label_may_be_written_with_emphasis(text: str) -> None:
    assert split_label(text, ["Junior"]) == ("Junior", "A *story*")
    assert split_label(text, ["Senior"]) == ("", text)


def test_a_heading_has_the_text_below_it() -> None:
    outline_heading, section, after = [row for row in records(GUIDE) if row["kind"] == "heading"]
    assert section["script"] == "Begin here.\n\nAsk one (or more) of these:"
    assert section["body"].endswith('- "Why `x`?"')
    assert outline_heading["body"] == "> Hello! My name is \\_\\_\\_."
    assert outline_heading["section"].endswith('- "Why `x`?"')
    assert after["section"] == "Thank you."


def test_code_belongs_to_the_question_before_it() -> None:
    text = (
        "Question: What is `foo`?\n```js\nvar foo = 1;\n```\n\n* Make it work:\n```js\nadd(2)\n"
        "```\n* Else\n"
    )
    question, _, item, _, other = records(text, labels=["Question"])
    assert (question["label"], question["after"]) == ("Question", "```js\nvar foo = 1;\n```")
    assert item["after"] == "```js\nadd(2)\n```"
    assert other["before"] == "```js\nadd(2)\n```"
    assert other["after"] == ""


def test_a_row_of_a_table_has_a_column_for_each_cell() -> None:
    rows = records("| Score | What |\n| --- | --- |\n| Hire | Clear<br/>calm |\n")
    assert [(row["kind"], row["cell.Score"], row["cell.What"]) for row in rows] == [
        ("row", "Hire", "Clear<br/>calm")
    ]


def test_nothing_but_markdown_is_interpreted() -> None:
    text = (
        "<head>\n  <meta />\n</head>\n\nimport X from './x';\n\n<InDocAd />\n\n{{site.baseurl}} "
        "<insert question 1>\n"
    )
    assert [row["kind"] for row in records(text)] == ["html", "paragraph", "html", "paragraph"]
    assert records(text)[3]["title"] == "{{site.baseurl}} <insert question 1>"


def test_front_matter_is_a_column_of_every_record_and_lines_count_from_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.md"
    path.write_text("---\ntitle: Page\nparent: guides\n---\n\n# One\n\nTwo\n", "utf-8")
    heading, paragraph = read_blocks(path, SourceOptions("source", relative_path="page.md"))
    assert (heading.location, paragraph.location) == ("page.md line 6", "page.md line 8")
    assert paragraph.values["front.parent"] == "guides"
    assert paragraph.values["parent"] == ""


def test_a_page_of_brackets_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.md"
    path.write_text("[a](b) [c](d)", "utf-8")
    options = SourceOptions("source", relative_path="page.md")
    monkeypatch.setattr(markdown, "MAX_BRACKETS", 2)
    assert len(list(read_blocks(path, options))) == 1
    monkeypatch.setattr(markdown, "MAX_BRACKETS", 1)
    with pytest.raises(UnreadableFile, match="more than 1 opening bracket"):
        list(read_blocks(path, options))


def test_a_page_longer_than_any_framework_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    for length, is_refused in [(MAX_LENGTH, False), (MAX_LENGTH + 1, True)]:
        path.write_text("a" * length, "utf-8")
        with (
            pytest.raises(UnreadableFile, match="page.md: more than 256 kB of Markdown")
            if is_refused
            else nullcontext()
        ):
            assert (
                len(list(read_blocks(path, SourceOptions("source", relative_path="page.md")))) == 1
            )


def test_the_text_of_a_pdf_is_read_with_bullets_and_headings_of_the_options(
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.txt"
    path.write_text("AVOID\n● Puzzles: they\n\ntest nothing\n•\nPlans\nGoals\n•\n• Ends\n", "utf-8")
    options = SourceOptions("source", relative_path="page.txt", bullets="●•", headings={"AVOID": 2})
    rows = [record.values for record in read_blocks(path, options)]
    found = [(row["kind"], row["text"]) for row in rows]
    assert found == [
        ("heading", "AVOID"),
        ("item", "Puzzles: they"),
        ("paragraph", "test nothing"),
        ("item", "Plans"),
        ("item", "Goals"),
        ("item", "Ends"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[[⬆]](#toc) <a name='general'>Γενικές Ερωτήσεις:</a>", "Γενικές Ερωτήσεις:"),
        ("A **bold** `code`\nnext &lt;role&gt;", "A bold code next <role>"),
        ("“Tell me about yourself”", "Tell me about yourself"),
        ('"One" or "two"', '"One" or "two"'),
        ("one two three four", "one two…"),
    ],
)
def test_a_title_is_the_text_in_plain_letters(text: str, line: str) -> None:
    assert markdown_to_line(text, 10 if line.endswith("…") else 200) == line


def test_blocks_of_html_are_read_as_markdown(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        '# One\n\n<h2 dir="rtl">أسئلة</h2>\n<ul>\n<li>ما <code>CSS</code>؟</li>\n'
        "<ul><li>لماذا؟</li></ul>\n</ul>\n\n"
        "```js\n<b>\n```\n",
        "utf-8",
    )
    options = SourceOptions("source", relative_path="page.md", is_html=True)
    found = [
        (record.location, record.values["kind"], record.values["text"])
        for record in read_blocks(path, options)
    ]
    assert found == [
        ("page.md line 1", "heading", "One"),
        ("page.md line 3", "heading", "أسئلة"),
        ("page.md line 3", "item", "ما `CSS`؟"),
        ("page.md line 3", "item", "لماذا؟"),
        ("page.md line 9", "code", "```js\n<b>\n```"),
    ]
    assert [record.values["depth"] for record in read_blocks(path, options)][2:4] == ["0", "1"]
