"""Expressions make the values of columns from the cells of a source."""

from typing import Any

import pytest

from tests.mappings import MappingCase

SHEET = """\
Name,Family,Tags,Code,Text,Level
 Lead Manager ,Delivery,"a; B c;",2.A.1,"One.

Two.
- three",Expert
Head,Delivery,,2.B,,
Scribe,Words,d,2,<p>Hi <b>you</b></p>,NOT IN USE
"""


def column_values(mapping_case: MappingCase, expression: str, column: str = "title") -> list[Any]:
    """What a column contains in each row."""
    mapping_case.write("roles.csv", SHEET).write_table_mapping(
        f"columns: {{{column}: {expression}}}"
    )
    return [row[column] for row in mapping_case.rows()]


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("Name", ["Lead Manager", "Head", "Scribe"]),
        ("{column: Name}", ["Lead Manager", "Head", "Scribe"]),
        ("{value: x}", ["x", "x", "x"]),
        ("{slug: [Family, Name]}", ["delivery-lead-manager", "delivery-head", "words-scribe"]),
        (
            '{text: "{Name} of {slug:Family}"}',
            ["Lead Manager of delivery", "Head of delivery", "Scribe of words"],
        ),
        ('{text: "({Text})"}', ["(One.\n\nTwo.\n- three)", "", "(<p>Hi <b>you</b></p>)"]),
        ('{text: "{Name.__class__}"}', None),
        ("{first: [Tags, {value: none}]}", ["a; B c;", "none", "d"]),
        ('{column: Tags, split: ";"}', [["a", "B c"], [], ["d"]]),
        ('{column: Tags, split: ";", slug: true}', [["a", "b-c"], [], ["d"]]),
        ('{column: Code, before_last: "."}', ["2.A", "2", ""]),
        ("{column: Name, shorten: 9}", ["Lead…", "Head", "Scribe"]),
        ("{column: Name, shorten: 5}", ["Lead…", "Head", "Scri…"]),
        (
            '{column: Code, replace: {".": "-", "2": "two"}, slug: true}',
            ["two-a-1", "two-b", "two"],
        ),
        ('{column: Code, before_last: ".", slug: true}', ["2-a", "2", ""]),
        ("{column: Text, part: first paragraph}", ["One.", "", "<p>Hi <b>you</b></p>"]),
        ("{column: Text, part: rest}", ["Two.\n- three", "", ""]),
        ("{column: Level, lookup: {Expert: x}, else: keep}", ["x", "", "NOT IN USE"]),
        ("{column: Level, lookup: {Expert: x}, else: empty}", ["x", "", ""]),
        ("{column: Name, without: [Lead, Lead Man]}", ["Manager", "Head", "Scribe"]),
        ("{plain: {html: Text}}", ["One. Two. - three", "", "Hi you"]),
        ("{html: Text}", ["One. Two. - three", "", "Hi **you**"]),
        ('{rank: [scribe, "", [Lead, Head]], of: Name}', ["3", "3", "1"]),
    ],
)
def test_an_expression_has_the_expected_values(
    mapping_case: MappingCase, expression: str, values: list[Any] | None
) -> None:
    if values is None:
        with pytest.raises(Exception, match="there is no column of “roles” “Name.__class__”"):
            column_values(mapping_case, expression)
    else:
        assert column_values(mapping_case, expression) == values


def test_rows_are_numbered_within_the_columns_that_are_named(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping(
        "columns: {title: Name, family: Family, position: {number: [family]}}"
    )
    assert [row["position"] for row in mapping_case.rows()] == ["1", "2", "1"]
    mapping_case.write_table_mapping("columns: {title: Name, position: {number: []}}")
    assert [row["position"] for row in mapping_case.rows()] == ["1", "2", "3"]


def test_equal_rows_have_different_numbers_with_repeats(
    mapping_case: MappingCase,
) -> None:
    mapping_case.write("roles.csv", "Name\nLead\nLead\nHead\n")
    for repeats, numbers in [("", ["1", "1", "2"]), (", repeats: true", ["1", "2", "3"])]:
        mapping_case.write_table_mapping(
            f"columns: {{title: Name, position: {{number: []{repeats}}}}}"
        )
        assert [row["position"] for row in mapping_case.rows()] == numbers


def test_the_rows_of_a_second_entry_are_counted_on(mapping_case: MappingCase) -> None:
    entry = "  - {table: roles, from: roles, columns: {title: %s, position: {number: []}}}\n"
    sources = "sources: {roles: {file: roles.csv}}\ntables:\n"
    mapping_case.write("roles.csv", SHEET).write_mapping(sources + entry % "Name" + entry % "Code")
    assert [row["position"] for row in mapping_case.rows()] == ["1", "2", "3", "4", "5", "6"]


def test_a_named_expression_is_used_in_several_columns(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_mapping("""
        sources: {roles: {file: roles.csv}}
        cells: {who: {column: Name, slug: true}}
        tables:
          - table: roles
            from: roles
            columns: {id: {cell: who}, title: {text: "{who} ({Name})"}}
    """)
    assert [row["title"] for row in mapping_case.rows()][1:] == ["head (Head)", "scribe (Scribe)"]
    assert [row["id"] for row in mapping_case.rows()] == ["lead-manager", "head", "scribe"]


def test_plain_refuses_a_text_that_is_too_long(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", f"Name\n{'a ' * 5000}b\n").write_table_mapping(
        "columns: {title: {plain: Name}}"
    )
    assert mapping_case.refusals() == ["roles.csv line 2: title: more than 10,000 characters"]


def test_a_template_knows_the_columns_above_it(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping(
        'columns: {family: {slug: Family}, id: {text: "{family}-{slug:Name}"}}'
    )
    assert [row["id"] for row in mapping_case.rows()] == [
        "delivery-lead-manager",
        "delivery-head",
        "words-scribe",
    ]


def test_extra_columns_are_part_of_the_row(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping(
        "columns: {title: Name}\nextra: {code: Code}"
    )
    assert mapping_case.rows()[0] == {"title": "Lead Manager", "code": "2.A.1"}


def test_a_text_that_is_not_looked_up_is_refused_with_its_row(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping("columns: {title: Name}")
    assert mapping_case.refusals() == []
    mapping_case.write_table_mapping("columns: {title: {column: Level, lookup: {Expert: x}}}")
    assert mapping_case.refusals() == ["roles.csv line 7: title: “NOT IN USE” is not one of Expert"]
    mapping_case.write_table_mapping("columns: {title: {rank: [Lead, Head], of: Name}}")
    assert mapping_case.refusals() == [
        "roles.csv line 7: title: none of the words in “rank” occurs in “scribe”"
    ]


def test_empty_texts_mean_empty_cells(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_mapping(
        """\
        empty: [NOT IN USE]
        sources: {roles: {file: roles.csv}}
        tables:
          - {table: roles, from: roles, where: {Level: false}, columns: {title: Name}}
        """
    )
    assert [row["title"] for row in mapping_case.rows()] == ["Head", "Scribe"]


class TestGather:
    """Cells of another source that belong to the row."""

    @pytest.fixture
    def mapping_case(self, mapping_case: MappingCase) -> MappingCase:
        mapping_case.write("roles.csv", "Code,Name,Zone\n1,Lead,4\n2,Head,\n")
        mapping_case.write("names.csv", "Code,Other,Kind\n1,Boss,a\n1,Chief,b\n3,Nobody,a\n")
        return mapping_case.write("skills.csv", "id,roles\nrisk,1|2\nplan,2\n")

    def column_values(self, mapping_case: MappingCase, expression: str) -> list[Any]:
        """What the column contains in each row."""
        sources = (
            "sources: {roles: {file: roles.csv}, names: {file: names.csv}, skills: {file: "
            "skills.csv}}"
        )
        mapping_case.write_mapping(
            f"{sources}\ntables:\n  - table: roles\n    from: roles\n    columns: {{aliases: "
            f"{expression}}}\n"
        )
        return [row["aliases"] for row in mapping_case.rows()]

    @pytest.mark.parametrize(
        ("expression", "values"),
        [
            ("{gather: Other, from: names, by: Code}", [["Boss", "Chief"], []]),
            ("{gather: Other, from: names, by: Code, as: lines}", ["Boss\nChief", ""]),
            ("{gather: Other, from: names, by: Code, as: bullets}", ["- Boss\n- Chief", ""]),
            ("{gather: Other, from: names, by: Code, where: {Kind: b}, as: one}", ["Chief", ""]),
            (
                '{gather: {text: "{Other}!"}, from: names, by: {Code: Code}}',
                [["Boss!", "Chief!"], []],
            ),
            (
                '{gather: id, from: skills, by: {roles: Code}, split: "|"}',
                [["risk"], ["risk", "plan"]],
            ),
        ],
    )
    def test_it_finds_the_records_that_share_a_cell(
        self, mapping_case: MappingCase, expression: str, values: list[Any]
    ) -> None:
        assert self.column_values(mapping_case, expression) == values

    def test_one_means_one(self, mapping_case: MappingCase) -> None:
        with pytest.raises(AssertionError, match="aliases: expected one of “Boss”, “Chief”"):
            self.column_values(mapping_case, "{gather: Other, from: names, by: Code, as: one}")
