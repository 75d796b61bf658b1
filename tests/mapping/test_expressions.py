"""How the columns of ours are made of cells of others."""

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


def made(mapping_case: MappingCase, says: str, column: str = "title") -> list[Any]:
    """What a column holds in each row."""
    mapping_case.write("roles.csv", SHEET).write_table_mapping(f"columns: {{{column}: {says}}}")
    return [row[column] for row in mapping_case.rows()]


@pytest.mark.parametrize(
    ("says", "values"),
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
def test_a_column_is_made_as_the_mapping_says(
    mapping_case: MappingCase, says: str, values: list[Any] | None
) -> None:
    if values is None:
        with pytest.raises(Exception, match="there is no column of “roles” “Name.__class__”"):
            made(mapping_case, says)
    else:
        assert made(mapping_case, says) == values


def test_rows_are_numbered_within_the_columns_that_are_named(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping(
        "columns: {title: Name, family: Family, position: {number: [family]}}"
    )
    assert [row["position"] for row in mapping_case.rows()] == ["1", "2", "1"]
    mapping_case.write_table_mapping("columns: {title: Name, position: {number: []}}")
    assert [row["position"] for row in mapping_case.rows()] == ["1", "2", "3"]


def test_rows_that_stand_there_twice_count_twice_if_the_mapping_says_so(
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


def test_cells_with_a_name_can_stand_in_several_columns(mapping_case: MappingCase) -> None:
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


def test_a_text_too_long_to_be_made_plain_is_refused(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", f"Name\n{'a ' * 5000}b\n").write_table_mapping(
        "columns: {title: {plain: Name}}"
    )
    assert mapping_case.refusals() == ["roles.csv line 2: title: more than 10,000 letters"]


def test_a_template_knows_the_columns_above_it(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping(
        'columns: {family: {slug: Family}, id: {text: "{family}-{slug:Name}"}}'
    )
    assert [row["id"] for row in mapping_case.rows()] == [
        "delivery-lead-manager",
        "delivery-head",
        "words-scribe",
    ]


def test_what_no_column_of_ours_holds_is_kept_beside_them(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping(
        "columns: {title: Name}\nextra: {code: Code}"
    )
    assert mapping_case.rows()[0] == {"title": "Lead Manager", "code": "2.A.1"}


def test_a_text_that_is_not_looked_up_is_refused_with_its_row(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", SHEET).write_table_mapping("columns: {title: Name}")
    assert mapping_case.refusals() == []
    mapping_case.write_table_mapping("columns: {title: {column: Level, lookup: {Expert: x}}}")
    assert mapping_case.refusals() == ["roles.csv line 7: title: “NOT IN USE” is none of Expert"]
    mapping_case.write_table_mapping("columns: {title: {rank: [Lead, Head], of: Name}}")
    assert mapping_case.refusals() == [
        "roles.csv line 7: title: none of the words of rank stands in “scribe”"
    ]


def test_words_that_mean_nothing_are_empty(mapping_case: MappingCase) -> None:
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

    def made(self, mapping_case: MappingCase, says: str) -> list[Any]:
        """What the column holds in each row."""
        sources = (
            "sources: {roles: {file: roles.csv}, names: {file: names.csv}, skills: {file: "
            "skills.csv}}"
        )
        mapping_case.write_mapping(
            f"{sources}\ntables:\n  - table: roles\n    from: roles\n    columns: {{aliases: "
            f"{says}}}\n"
        )
        return [row["aliases"] for row in mapping_case.rows()]

    @pytest.mark.parametrize(
        ("says", "values"),
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
        self, mapping_case: MappingCase, says: str, values: list[Any]
    ) -> None:
        assert self.made(mapping_case, says) == values

    def test_one_means_one(self, mapping_case: MappingCase) -> None:
        with pytest.raises(AssertionError, match="aliases: expected one of “Boss”, “Chief”"):
            self.made(mapping_case, "{gather: Other, from: names, by: Code, as: one}")
