"""What is done to records before rows are made of them, in the order in which it is written."""

import pytest

from tests.mappings import MappingCase

WIDE = 'Skill,Low,High\nRisk,"You can:\n- see\n  it\n- say",end\nPlan,,"draw\n\nhold"\n'


def made(mapping_case: MappingCase, steps: str, columns: str) -> list[list[str]]:
    """The rows, each as the list of its cells."""
    mapping_case.write("roles.csv", WIDE).write_table_mapping(f"{steps}\ncolumns: {columns}")
    return [list(row.values()) for row in mapping_case.rows()]


@pytest.mark.parametrize(
    ("condition", "titles"),
    [
        ("{Low: true}", ["Risk"]),
        ("{Low: false}", ["Plan"]),
        ("{Skill: Plan}", ["Plan"]),
        ("{Skill: [Plan, Risk]}", ["Risk", "Plan"]),
        ("{Skill: {not: Plan}}", ["Risk"]),
        ("{Skill: {not: [Plan, Risk]}}", []),
        ("{Skill: Risk, Low: false}", []),
    ],
)
def test_records_are_left_out_by_what_they_hold(
    mapping_case: MappingCase, condition: str, titles: list[str]
) -> None:
    assert made(mapping_case, f"where: {condition}", "{title: Skill}") == [
        [title] for title in titles
    ]


@pytest.mark.parametrize("columns", ["columns: [Low, High]", "except: Skill"])
def test_wide_becomes_long_and_empty_cells_make_no_row(
    mapping_case: MappingCase, columns: str
) -> None:
    rows = made(
        mapping_case, f"unpivot: {{{columns}, into: [step, text]}}", "{title: Skill, id: step}"
    )
    assert rows == [["Risk", "Low"], ["Risk", "High"], ["Plan", "High"]]


def test_what_becomes_long_by_exception_is_taken_whole(mapping_case: MappingCase) -> None:
    made(
        mapping_case,
        "unpivot: {except: Skill, into: [step, text]}",
        "{id: {slug: Skill}, title: text}",
    )
    assert not mapping_case.pack().notes


def test_a_cell_is_taken_apart(mapping_case: MappingCase) -> None:
    columns = "{title: Low, summary: Low.number, body: Low.lead}"
    assert made(mapping_case, "explode: {column: Low, by: bullets}", columns) == [
        ["see\nit", "1", "You can:"],
        ["say", "2", "You can:"],
    ]
    assert made(mapping_case, "explode: {column: High, by: paragraphs}", "{title: High}") == [
        ["end"],
        ["draw"],
        ["hold"],
    ]
    assert made(mapping_case, "explode: {column: High, by: n}", "{title: High}") == [
        ["e"],
        ["d"],
        ["draw\n\nhold"],
    ]


def test_steps_are_taken_in_their_order(mapping_case: MappingCase) -> None:
    turned = "unpivot: {columns: [Low, High], into: [step, text]}"
    assert made(mapping_case, f"{turned}\nwhere: {{step: High}}", "{title: Skill}") == [
        ["Risk"],
        ["Plan"],
    ]
    with pytest.raises(Exception, match="there is no column of “roles” “step”"):
        made(mapping_case, f"where: {{step: High}}\n{turned}", "{title: Skill}")


class TestPivot:
    """Several records become one."""

    STEPS = (
        "pivot: {by: [Role, Skill], key: Scale, value: Value, into: {IM: importance, LV: level}}"
    )
    COLUMNS = (
        "columns: {role: Role, skill: Skill, measured_importance: importance, measured_level: "
        "level}"
    )

    def rows(self, mapping_case: MappingCase, sheet: str) -> list[list[str]]:
        """The cells of each row."""
        mapping_case.write("roles.csv", "Role,Skill,Scale,Value\n" + sheet)
        mapping_case.write_table_mapping(
            f"{self.STEPS}\n{self.COLUMNS}", table="skill_requirements"
        )
        return [list(row.values()) for row in mapping_case.rows("skill_requirements")]

    def test_what_each_holds_becomes_a_column(self, mapping_case: MappingCase) -> None:
        rows = self.rows(mapping_case, "lead,risk,IM,4.1\nlead,risk,LV,3\nhead,risk,IM,2\n")
        assert rows == [["lead", "risk", "4.1", "3"], ["head", "risk", "2", ""]]

    def test_a_scale_that_is_unknown_or_stands_twice_is_refused(
        self, mapping_case: MappingCase
    ) -> None:
        for sheet, reason in [
            ("a,b,XX,1\n", "“XX” is none of IM, LV"),
            ("a,b,IM,1\n" * 2, "“IM” stands there twice"),
        ]:
            with pytest.raises(AssertionError, match=reason):
                self.rows(mapping_case, sheet)
