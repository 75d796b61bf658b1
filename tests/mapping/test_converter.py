"""A conversion refers to rows of the source, keeps slugs unique, and notes unused input."""

import pytest

from ladders.models import Level, LevelRequirement
from skills.models import Skill
from tests.mappings import MappingCase

MATRIX = """\
inherit: blanks mean as below
sources: {grid: {file: grid.csv}}
tables:
  - table: ladders
    rows: [{id: ours, title: Ours}]
  - table: levels
    from: grid
    columns: {ladder: {value: ours}, id: {slug: Level}, title: Level, position: {number: []}}
  - table: skills
    from: grid
    distinct: true
    unpivot: {except: Level, into: [skill, text]}
    columns: {id: {slug: skill}, title: skill}
  - table: expectations
    from: grid
    unpivot: {except: Level, into: [skill, text]}
    explode: {column: text, by: paragraphs}
    columns:
      level: {text: "ours/{slug:Level}"}
      skill: {slug: skill}
      text: text
      position: {number: [level]}
"""
GRID = 'Level,Scope,Risk\nL1,team,"Sees it.\n\nSays it."\nL2,,Ends it.\n'


@pytest.mark.django_db
def test_a_wide_matrix_of_levels_and_skills_is_loaded(mapping_case: MappingCase) -> None:
    report = mapping_case.write("grid.csv", GRID).write_mapping(MATRIX).load()
    assert report.refusals == []
    assert (report.created["levels"], report.created["skills"], report.created["expectations"]) == (
        2,
        2,
        4,
    )
    first, second = Level.objects.order_by("position")
    texts = [(row.skill.title, row.text) for row in first.expectations.select_related("skill")]
    assert texts == [("Scope", "team"), ("Risk", "Sees it."), ("Risk", "Says it.")]
    assert [row.text for row in second.expectations.all()] == ["Ends it."]
    assert first.cumulative
    assert second.cumulative


@pytest.mark.django_db
def test_the_rule_applies_to_static_rows_of_levels(
    mapping_case: MappingCase,
) -> None:
    stated = (
        "{ladder: ours, id: a, title: A, position: '1'}, {ladder: ours, id: b, title: B, "
        "cumulative: 'false'}"
    )
    mapping_case.write_mapping(f"""\
        inherit: blanks mean as below
        tables:
          - {{table: ladders, rows: [{{id: ours, title: Ours}}]}}
          - {{table: levels, rows: [{stated}]}}
    """).load()
    assert dict(Level.objects.values_list("slug", "cumulative")) == {"a": True, "b": False}


@pytest.mark.django_db
def test_without_that_rule_levels_are_not_cumulative(mapping_case: MappingCase) -> None:
    mapping_case.write("grid.csv", GRID).write_mapping(MATRIX.partition("\n")[2]).load()
    assert not Level.objects.filter(cumulative=True).exists()
    assert Level.objects.exists()


@pytest.mark.django_db
def test_a_refusal_names_the_row_of_the_source(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name,Family\nLead,\nHead,none\n")
    mapping_case.write_table_mapping("columns: {id: {slug: Name}, title: Name, family: Family}")
    assert [str(refusal) for refusal in mapping_case.load().refusals] == [
        "roles.csv line 3: family: there is no role family “none”"
    ]


def test_two_names_never_share_a_slug(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name\nC\nC++\nc \n").write_table_mapping(
        "distinct: true\ncolumns: {id: {slug: Name}, title: Name}"
    )
    assert mapping_case.refusals() == [
        "roles.csv line 3: id: “C++” and “C” would both get the slug “c”"
    ]


def test_a_reference_to_another_name_is_refused_too(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Role,Skill\nLead,C\nLead,C++\n")
    mapping_case.write_table_mapping(
        "columns: {role: {slug: Role}, skill: {slug: Skill}}", table="skill_requirements"
    )
    assert mapping_case.refusals("skill_requirements") == [
        "roles.csv line 3: skill: “C++” and “C” would both get the slug “c”"
    ]


def test_children_of_different_parents_may_share_a_slug(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Ladder,Level\nA,C\nB,C++\n")
    mapping_case.write_table_mapping(
        "columns: {ladder: {slug: Ladder}, id: {slug: Level}, title: Level}", table="levels"
    )
    assert [row["id"] for row in mapping_case.rows("levels")] == ["c", "c"]


def test_long_and_non_latin_names_get_different_slugs(mapping_case: MappingCase) -> None:
    names = ["x" * 90, "x" * 91, "مدير", "كاتب", "Ørsted", "Rsted"]
    mapping_case.write("roles.csv", "Name\n" + "\n".join(names)).write_table_mapping(
        "columns: {id: {slug: Name}, title: Name}"
    )
    ids = [row["id"] for row in mapping_case.rows()]
    assert len(set(ids)) == len(names)
    assert all(len(made) <= 80 and made.isascii() for made in ids)


@pytest.mark.django_db
def test_repeated_rows_are_counted_or_dropped(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name\nLead\nLead\nHead\n")
    columns = "columns: {id: {slug: Name}, title: Name, position: {number: []}}"
    assert mapping_case.write_table_mapping(columns).load(dry_run=True).repeated["roles"] == 1
    assert (
        mapping_case.write_table_mapping(f"distinct: true\n{columns}")
        .load(dry_run=True)
        .repeated["roles"]
        == 0
    )
    assert [row["position"] for row in mapping_case.rows()] == ["1", "2"]


@pytest.mark.django_db
def test_notes_list_columns_and_tags_that_are_not_used(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name,Text,Color,Size\nLead,<img>a,red,3\nHead,<img>b,,\n")
    columns = "columns: {id: {slug: Name}, title: Name, body: {html: Text}}"
    lost = "map.yml: tables 1 (roles), columns, body: <img>: removed from 2 cells"
    report = mapping_case.write_table_mapping(columns).load()
    assert report.notes == [lost, "the mapping does not use Color, Size of “roles”"]
    assert f"Note: {lost}." in report.as_lines()
    assert report.as_data()["notes"] == report.notes
    assert mapping_case.write_table_mapping(
        columns, sources="roles: {file: roles.csv, ignore: [Color, Size]}"
    ).load().notes == [lost]


def test_a_file_that_several_sources_read_has_one_error_and_one_note(
    mapping_case: MappingCase,
) -> None:
    mapping = """
        sources:
          topics: {file: "*.md", reader: front_matter, rows: "topics[]"}
          levels: {file: "*.md", reader: front_matter, rows: "topics[].levels[]"}
        tables:
          - {table: skills, from: topics, columns: {id: {slug: topics.name}, title: topics.name}}
          - {table: roles, from: levels, columns: {id: {slug: topics.levels.title}, title: \
topics.levels.title}}
    """
    page = "---\ntitle: A\ntopics:\n  - name: risk\n    levels: [{title: one, note: x}]\n---\n"
    mapping_case.write("a.md", page).write("b.md", "---\na: 1\na: 2\n---\n").write_mapping(mapping)
    assert [*mapping_case.refusals("skills"), *mapping_case.refusals("roles")] == [
        "b.md line 3: the key “a” appears twice"
    ]
    assert mapping_case.pack().notes == [
        "the mapping does not use body, title, topics.levels.note of “topics”, “levels”"
    ]


@pytest.mark.django_db
def test_rows_may_speak_of_rows_further_down(mapping_case: MappingCase) -> None:
    mapping_case.write("skills.csv", "id,near,above\na,b|c,\nb,,\nc,a,\n")
    columns = 'columns: {id: id, title: id, related: {column: near, split: "|"}}'
    mapping_case.write_table_mapping(columns, table="skills", sources="skills: {file: skills.csv}")
    assert mapping_case.load().created["skills"] == 3
    assert mapping_case.load().unchanged["skills"] == 3
    assert sorted(Skill.objects.get(slug="a").related.values_list("slug", flat=True)) == ["b", "c"]
    mapping_case.write("skills.csv", "id,near,above\na,d,\nb,a|d,\nc,a,\nd,,\n")
    report = mapping_case.load()
    assert (report.created["skills"], report.changed["skills"], report.unchanged["skills"]) == (
        1,
        2,
        1,
    )
    assert Skill.objects.get(slug="a").related.get().slug == "d"
    mapping_case.write("skills.csv", "id,near,above\na,e,\n")
    assert [str(refusal) for refusal in mapping_case.load().refusals] == [
        "skills.csv line 2: related: there is no skill “e”"
    ]


@pytest.mark.django_db
def test_a_requirement_names_a_step_of_its_skill(mapping_case: MappingCase) -> None:
    assert not LevelRequirement.objects.exists()
    mapping_case.write("roles.csv", "Level,Skill,Step\nL1,Risk,High\nL1,Plan,\n")
    mapping_case.write_mapping(
        """\
        sources: {roles: {file: roles.csv}}
        tables:
          - {table: scales, rows: [{id: s, title: S}]}
          - {table: proficiencies, rows: [{scale: s, id: high, title: High}]}
          - {table: skills, from: roles, columns: {id: {slug: Skill}, title: Skill, scale: {value: \
s}}}
          - {table: ladders, rows: [{id: ours, title: Ours}]}
          - table: levels
            from: roles
            distinct: true
            columns: {ladder: {value: ours}, id: {slug: Level}, title: Level}
          - table: level_requirements
            from: roles
            columns:
              level: {text: "ours/{slug:Level}"}
              skill: {slug: Skill}
              proficiency: {column: Step, lookup: {High: s/high}}
        """
    )
    assert mapping_case.load().refusals == []
    steps = LevelRequirement.objects.values_list("skill__slug", "proficiency__slug").order_by(
        "skill__slug"
    )
    assert list(steps) == [("plan", None), ("risk", "high")]


JOINED = """\
sources:
  skills: {file: skills.csv}
  names: {file: names.csv}
tables:
  - table: skills
    from: skills
    columns:
      id: {slug: Skill}
      title: Skill
      aliases: {gather: Alias, from: names, by: Skill}
"""


def test_rows_are_refused_if_what_is_joined_to_them_cannot_be_read(
    mapping_case: MappingCase,
) -> None:
    mapping_case.write("skills.csv", "Skill\nRisk\n").write_mapping(JOINED)
    mapping_case.write("names.csv", "Skill,Alias\nRisk,Danger\n")
    assert [row["aliases"] for row in mapping_case.rows("skills")] == [["Danger"]]
    mapping_case.write("names.csv", "Skill,Alias\nRisk,Danger,more\n")
    assert mapping_case.refusals("skills") == [
        "names.csv line 2: 3 cells under 2 columns",
        "map.yml: tables 1 (skills): no row was imported, because “names” cannot be read",
    ]


def test_an_error_of_a_spreadsheet_in_a_list_is_refused(mapping_case: MappingCase) -> None:
    mapping_case.write("skills.csv", "Skill\nRisk\n").write_mapping(JOINED)
    mapping_case.write("names.csv", "Skill,Alias\nRisk,#REF!\n")
    assert mapping_case.refusals("skills") == [
        "skills.csv line 2: aliases: the spreadsheet has the error #REF! here"
    ]
