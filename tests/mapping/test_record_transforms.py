"""Record transforms apply before rows are made, in the order of the mapping."""

import pytest

from tests.mappings import MappingCase

WIDE = 'Skill,Low,High\nRisk,"You can:\n- see\n  it\n- say",end\nPlan,,"draw\n\nhold"\n'


def cells_of_rows(mapping_case: MappingCase, steps: str, columns: str) -> list[list[str]]:
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
def test_conditions_select_records(
    mapping_case: MappingCase, condition: str, titles: list[str]
) -> None:
    assert cells_of_rows(mapping_case, f"where: {condition}", "{title: Skill}") == [
        [title] for title in titles
    ]


@pytest.mark.parametrize("columns", ["columns: [Low, High]", "except: Skill"])
def test_unpivot_makes_a_record_of_each_filled_cell(
    mapping_case: MappingCase, columns: str
) -> None:
    rows = cells_of_rows(
        mapping_case, f"unpivot: {{{columns}, into: [step, text]}}", "{title: Skill, id: step}"
    )
    assert rows == [["Risk", "Low"], ["Risk", "High"], ["Plan", "High"]]


def test_unpivot_by_exception_uses_all_columns(mapping_case: MappingCase) -> None:
    cells_of_rows(
        mapping_case,
        "unpivot: {except: Skill, into: [step, text]}",
        "{id: {slug: Skill}, title: text}",
    )
    assert not mapping_case.pack().notes


def test_explode_splits_a_cell(mapping_case: MappingCase) -> None:
    columns = "{title: Low, summary: Low.number, body: Low.lead}"
    assert cells_of_rows(mapping_case, "explode: {column: Low, by: bullets}", columns) == [
        ["see\nit", "1", "You can:"],
        ["say", "2", "You can:"],
    ]
    assert cells_of_rows(
        mapping_case, "explode: {column: High, by: paragraphs}", "{title: High}"
    ) == [
        ["end"],
        ["draw"],
        ["hold"],
    ]
    assert cells_of_rows(mapping_case, "explode: {column: High, by: n}", "{title: High}") == [
        ["e"],
        ["d"],
        ["draw\n\nhold"],
    ]


def test_transforms_apply_in_the_order_of_the_mapping(mapping_case: MappingCase) -> None:
    unpivot = "unpivot: {columns: [Low, High], into: [step, text]}"
    assert cells_of_rows(mapping_case, f"{unpivot}\nwhere: {{step: High}}", "{title: Skill}") == [
        ["Risk"],
        ["Plan"],
    ]
    with pytest.raises(Exception, match="there is no column of “roles” “step”"):
        cells_of_rows(mapping_case, f"where: {{step: High}}\n{unpivot}", "{title: Skill}")


class TestPivot:
    """Several records become one."""

    PIVOT = (
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
            f"{self.PIVOT}\n{self.COLUMNS}", table="skill_requirements"
        )
        return [list(row.values()) for row in mapping_case.rows("skill_requirements")]

    def test_each_value_becomes_a_column(self, mapping_case: MappingCase) -> None:
        rows = self.rows(mapping_case, "lead,risk,IM,4.1\nlead,risk,LV,3\nhead,risk,IM,2\n")
        assert rows == [["lead", "risk", "4.1", "3"], ["head", "risk", "2", ""]]

    def test_a_key_that_is_unknown_or_repeated_is_refused(self, mapping_case: MappingCase) -> None:
        for sheet, reason in [
            ("a,b,XX,1\n", "” is not one of IM, LV"),
            ("a,b,IM,1\n" * 2, "“IM” is listed twice"),
        ]:
            with pytest.raises(AssertionError, match=reason):
                self.rows(mapping_case, sheet)
