"""What is done to records before rows are made of them, in the order in which it is written."""

import pytest

from tests.mappings import Desk

WIDE = 'Skill,Low,High\nRisk,"You can:\n- see\n  it\n- say",end\nPlan,,"draw\n\nhold"\n'


def made(desk: Desk, steps: str, columns: str) -> list[list[str]]:
    """The rows, each as the list of its cells."""
    desk.write("roles.csv", WIDE).makes(f"{steps}\ncolumns: {columns}")
    return [list(row.values()) for row in desk.rows()]


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
    desk: Desk, condition: str, titles: list[str]
) -> None:
    assert made(desk, f"where: {condition}", "{title: Skill}") == [[title] for title in titles]


@pytest.mark.parametrize("columns", ["columns: [Low, High]", "except: Skill"])
def test_wide_becomes_long_and_empty_cells_make_no_row(desk: Desk, columns: str) -> None:
    rows = made(desk, f"unpivot: {{{columns}, into: [step, text]}}", "{title: Skill, id: step}")
    assert rows == [["Risk", "Low"], ["Risk", "High"], ["Plan", "High"]]


def test_what_becomes_long_by_exception_is_taken_whole(desk: Desk) -> None:
    made(desk, "unpivot: {except: Skill, into: [step, text]}", "{id: {slug: Skill}, title: text}")
    assert not desk.pack().notes


def test_a_cell_is_taken_apart(desk: Desk) -> None:
    columns = "{title: Low, summary: Low.number, body: Low.lead}"
    assert made(desk, "explode: {column: Low, by: bullets}", columns) == [
        ["see\nit", "1", "You can:"],
        ["say", "2", "You can:"],
    ]
    assert made(desk, "explode: {column: High, by: paragraphs}", "{title: High}") == [
        ["end"],
        ["draw"],
        ["hold"],
    ]
    assert made(desk, "explode: {column: High, by: n}", "{title: High}") == [
        ["e"],
        ["d"],
        ["draw\n\nhold"],
    ]


def test_steps_are_taken_in_their_order(desk: Desk) -> None:
    turned = "unpivot: {columns: [Low, High], into: [step, text]}"
    assert made(desk, f"{turned}\nwhere: {{step: High}}", "{title: Skill}") == [["Risk"], ["Plan"]]
    with pytest.raises(Exception, match="there is no column of “roles” “step”"):
        made(desk, f"where: {{step: High}}\n{turned}", "{title: Skill}")


class TestPivot:
    """Several records become one."""

    STEPS = (
        "pivot: {by: [Role, Skill], key: Scale, value: Value, into: {IM: importance, LV: level}}"
    )
    COLUMNS = (
        "columns: {role: Role, skill: Skill, measured_importance: importance, measured_level: "
        "level}"
    )

    def rows(self, desk: Desk, sheet: str) -> list[list[str]]:
        """The cells of each row."""
        desk.write("roles.csv", "Role,Skill,Scale,Value\n" + sheet)
        desk.makes(f"{self.STEPS}\n{self.COLUMNS}", table="skill_requirements")
        return [list(row.values()) for row in desk.rows("skill_requirements")]

    def test_what_each_holds_becomes_a_column(self, desk: Desk) -> None:
        rows = self.rows(desk, "lead,risk,IM,4.1\nlead,risk,LV,3\nhead,risk,IM,2\n")
        assert rows == [["lead", "risk", "4.1", "3"], ["head", "risk", "2", ""]]

    def test_a_scale_that_is_unknown_or_stands_twice_is_refused(self, desk: Desk) -> None:
        for sheet, reason in [
            ("a,b,XX,1\n", "“XX” is none of IM, LV"),
            ("a,b,IM,1\n" * 2, "“IM” stands there twice"),
        ]:
            with pytest.raises(AssertionError, match=reason):
                self.rows(desk, sheet)
