"""An invalid mapping is refused with the location of the error, before any row is made."""

import pytest

from file_formats.errors import UnreadableFile
from interchange.packs import TABLES
from mapping.parser import MAX_FILE_BYTES, read_mapping
from tests.mappings import MappingCase

VALID = """\
sources: {roles: {file: roles.csv}}
tables:
  - {table: roles, from: roles, columns: {id: {slug: Name}, title: Name}}
"""


def refusal(mapping_case: MappingCase, mapping: str) -> str:
    """Why a mapping is not followed."""
    mapping_case.write("roles.csv", "Name,Level\nLead,3\n").write_mapping(mapping)
    with pytest.raises(UnreadableFile) as refused:
        mapping_case.pack()
    return str(refused.value)


def entry(keys: str) -> str:
    """A mapping with one entry for roles."""
    return (
        f"sources: {{roles: {{file: roles.csv}}}}\ntables:\n  - {{table: roles, from: roles, "
        f"{keys}}}\n"
    )


def test_a_valid_mapping_makes_rows(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name,Level\nLead,3\n").write_mapping(VALID)
    assert mapping_case.rows() == [{"id": "lead", "title": "Lead"}]


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("tabels: []", "map.yml: there is no key “tabels”; did you mean “tables”?"),
        ("sources: {}", "map.yml: “tables” is missing"),
        ("tables: {}", "map.yml: tables: expected a list"),
        (
            "tables: [{table: rolls}]",
            "map.yml: tables 1: there is no table “rolls”; did you mean “roles”?",
        ),
        ("tables: [{table: roles}]", "map.yml: tables 1 (roles): “from” is missing"),
        (
            "tables: [{table: roles, from: here, columns: {}}]",
            "map.yml: tables 1 (roles): there is no source “here”; there are none",
        ),
        (
            entry("columns: {titel: Name}"),
            "map.yml: tables 1 (roles), columns: there is no key “titel”; did you mean “title”?",
        ),
        (
            entry("columns: {title: Nam}"),
            (
                "map.yml: tables 1 (roles), title: there is no column of “roles” “Nam”; did you "
                "mean “Name”?"
            ),
        ),
        (
            entry("where: {Levle: true}, columns: {title: Name}"),
            (
                "map.yml: tables 1 (roles), where: there is no column of “roles” “Levle”; did you "
                "mean “Level”?"
            ),
        ),
        (
            entry("columns: {title: {colum: Name}}"),
            (
                "map.yml: tables 1 (roles), columns, title: there is no key “colum”; did you mean "
                "“column”?"
            ),
        ),
        (
            entry("columns: {title: {split: a}}"),
            "map.yml: tables 1 (roles), columns, title: expected one of column, text, ",
        ),
        (
            entry("columns: {title: {value: a, of: b}}"),
            "map.yml: tables 1 (roles), columns, title: there is no key “of”; there are value",
        ),
        (
            entry("columns: {title: Name, position: {number: [famly]}}"),
            (
                "map.yml: tables 1 (roles), columns, position: there is no column above “famly”; "
                "there are position, title"
            ),
        ),
        (
            entry("columns: {title: Name}, extra: {slug: Name, title: Name}"),
            "“title” is a column of roles",
        ),
        (
            entry("columns: {title: Name}, extra: {rank: {number: []}}"),
            "map.yml: tables 1 (roles), extra, rank: there is no key “number”",
        ),
        (
            entry("distinct: maybe, columns: {title: Name}"),
            "there is no answer “maybe”; there are false, true",
        ),
        (
            entry("columns: {title: {text: {a: b}}}"),
            "map.yml: tables 1 (roles), columns, title: expected a text",
        ),
        (
            entry("columns: {title: {gather: Name, from: roles, by: Name, as: {a: b}}}"),
            "map.yml: tables 1 (roles), columns, title: expected a text",
        ),
        (
            entry("columns: {title: {gather: Name, from: roles, by: {Name: {a: b}}}}"),
            "map.yml: tables 1 (roles), columns, title, by, Name: expected a text",
        ),
        (
            "tables: [{table: roles, rows: [{nam: a}]}]",
            "map.yml: tables 1 (roles), rows: there is no key “nam”",
        ),
        (
            "sources: {a: {file: ../b.csv}}\ntables: []",
            "map.yml: sources, a, file: points outside the source",
        ),
        (
            "sources: {a: {file: /etc/passwd}}\ntables: []",
            "map.yml: sources, a, file: points outside the source",
        ),
        ("sources: {a: {file: .}}\ntables: []", "map.yml: sources, a, file: does not name a file"),
        (
            "sources: {a: {file: '**.csv'}}\ntables: []",
            "sources, a, file: “**” must be alone between slashes",
        ),
        (
            "sources: {a: {file: '**/a/**/b.csv'}}\ntables: []",
            "sources, a, file: “**” must be alone between slashes",
        ),
        (
            f"sources: {{a: {{file: {'b' * 256}}}}}\ntables: []",
            "sources, a, file: more than 255 bytes",
        ),
        (
            f"sources: {{a: {{file: '{'*/' * 400}b'}}}}\ntables: []",
            "sources, a, file: more than 255 bytes",
        ),
        (
            "sources: {a: {header: first}}\ntables: []",
            "map.yml: sources, a, header: expected the number of a row",
        ),
        (
            'sources: {a: {headings: {ONE: "7"}}}\ntables: []',
            "a, headings, ONE: there is no level of headings “7”",
        ),
        (
            "sources: {a: {encoding: UTF-9}}\ntables: []",
            "a, encoding: there is no encoding “UTF-9”; did you mean “UTF-8”?",
        ),
        (
            entry('columns: {title: {column: Name, replace: {"": a}}}'),
            "replace: expected a character or a word to replace",
        ),
        (
            "sources: {a: {html: perhaps}}\ntables: []",
            "map.yml: sources, a, html: there is no answer “perhaps”",
        ),
        (
            "cells: {b: {cell: a}, a: {value: x}}\n" + entry("columns: {title: {cell: b}}"),
            "map.yml: tables 1 (roles), columns, title, b: there is no cell “a”",
        ),
        (
            entry("columns: {title: {cell: b}}"),
            "map.yml: tables 1 (roles), columns, title: there is no cell “b”",
        ),
        ("inherit: sometimes\ntables: []", "map.yml: inherit: there is no rule “sometimes”"),
        ("tables: &a [*a]", "anchors, aliases and tags are not allowed"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_with_its_place(
    mapping_case: MappingCase, mapping: str, reason: str
) -> None:
    assert reason in refusal(mapping_case, mapping)


def test_a_mapping_larger_than_any_is_not_read(mapping_case: MappingCase) -> None:
    assert refusal(mapping_case, VALID + "#" * MAX_FILE_BYTES) == "map.yml: more than 100 kB"


def test_a_mapping_that_is_not_there_is_named(mapping_case: MappingCase) -> None:
    with pytest.raises(UnreadableFile, match=r"map.yml: cannot be read"):
        mapping_case.pack()


def test_values_of_the_collection_can_be_overridden(
    mapping_case: MappingCase,
) -> None:
    mapping_case.write_mapping(VALID)
    read = read_mapping(mapping_case.file, TABLES, {"id": "mine", "version": "2"})
    assert (read.collection["id"], read.collection["version"], read.collection["title"]) == (
        "mine",
        "2",
        "Other framework",
    )
    with pytest.raises(UnreadableFile, match="there is no key “versoin”; did you mean “version”"):
        read_mapping(mapping_case.file, TABLES, {"versoin": "2"})
