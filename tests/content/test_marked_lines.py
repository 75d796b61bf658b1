"""Changed words are marked in lines that are similar, and not in lines that are different."""

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
    (spans,) = marked_lines([line], [OLD])
    assert [span.text for span in spans if span.op == "insert"] == changed
    assert "".join(span.text for span in spans) == line


def test_each_line_is_held_against_the_one_most_like_it() -> None:
    lines = ["Keeps a list of risks.", "Draws the system on a page."]
    others = ["Draws the system on a wall.", "Keeps a register of risks."]
    changed = [
        [span.text for span in spans if span.op == "insert"]
        for spans in marked_lines(lines, others)
    ]
    assert changed == [["list"], ["page"]]


def test_without_another_line_nothing_is_marked() -> None:
    assert marked_lines(["New."], []) == [[("equal", "New.")]]
