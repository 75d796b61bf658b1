"""Changed words are marked where two lines are alike, and nothing is marked where they are not."""

import pytest

from content.text_diff import marked_lines

OLD = "Leads a project of one team over a quarter."


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (OLD, []),
        ("Leads a program of one team over a year.", ["program", "year"]),
        ("Says no to executives.", []),
        ("Leads a project of one team over a quarter, alone.", [", alone"]),
    ],
)
def test_what_the_other_line_has_not_is_marked(line: str, changed: list[str]) -> None:
    (pieces,) = marked_lines([line], [OLD])
    assert [piece.text for piece in pieces if piece.where == "there"] == changed
    assert "".join(piece.text for piece in pieces) == line


def test_each_line_is_held_against_the_one_most_like_it() -> None:
    lines = ["Keeps a list of risks.", "Draws the system on a page."]
    others = ["Draws the system on a wall.", "Keeps a register of risks."]
    changed = [
        [piece.text for piece in pieces if piece.where == "there"]
        for pieces in marked_lines(lines, others)
    ]
    assert changed == [["list"], ["page"]]


def test_without_another_line_nothing_is_marked() -> None:
    assert marked_lines(["New."], []) == [[("kept", "New.")]]
