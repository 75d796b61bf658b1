"""Changed words are marked where two lines are alike, and nothing is marked where they are not."""

import pytest

from ladders.wording import marked

OLD = "Leads a project of one team over a quarter."


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (OLD, []),
        ("Leads a program of one team over a year.", ["program", "year."]),
        ("Says no to executives.", []),
        ("Leads a project of one team over a quarter, alone.", ["quarter, alone."]),
    ],
)
def test_what_the_other_line_has_not_is_marked(line: str, changed: list[str]) -> None:
    (runs,) = marked([line], [OLD])
    assert [run.text for run in runs if run.is_changed] == changed
    assert " ".join(run.text for run in runs) == line


def test_each_line_is_held_against_the_one_most_like_it() -> None:
    lines = ["Keeps a list of risks.", "Draws the system on a page."]
    others = ["Draws the system on a wall.", "Keeps a register of risks."]
    assert [[run.text for run in runs if run.is_changed] for runs in marked(lines, others)] == [["list"], ["page."]]


def test_without_another_line_nothing_is_marked() -> None:
    assert [run.is_changed for run in marked(["New."], [])[0]] == [False]
