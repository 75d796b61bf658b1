"""The geometry of skill wheels."""

import math
import re

import pytest
from django.template.loader import render_to_string

from content.svg import Point, Sector, svg_number, tint_of_rank
from skills.wheel import CENTER, SkillWheel, Spoke, required_wheel
from tests.factories import SkillFactory


def spokes(count: int, groups: int = 1, rings: int = 4, filled: int | None = 2) -> list[Spoke]:
    """So many skills in so many groups of the same size."""
    return [
        Spoke(f"Skill {index}", f"Group {index * groups // count}", rings, filled)
        for index in range(count)
    ]


def cells(wheel: SkillWheel, css_class: str) -> list[str]:
    paths = {row.css_class: row.path for row in wheel.paths}
    return re.findall("M[^M]+", paths.get(css_class, ""))


@pytest.mark.parametrize(
    ("value", "text"), [(12, "12"), (12.04, "12"), (12.5, "12.5"), (-0.04, "0"), (1234.5, "1234.5")]
)
def test_numbers_have_at_most_one_decimal_place(value: float, text: str) -> None:
    assert svg_number(value) == text


@pytest.mark.parametrize("step_count", range(2, 10))
def test_tints_of_a_scale_rise_to_the_darkest(step_count: int) -> None:
    tints = [tint_of_rank(rank, step_count) for rank in range(1, step_count + 1)]
    assert tints == sorted(tints)
    assert tints[-1] == 4
    assert min(tints) >= 1


def test_each_proficiency_of_a_scale_of_four_has_its_tint() -> None:
    assert [tint_of_rank(rank, 4) for rank in range(1, 5)] == [1, 2, 3, 4]


def test_a_cell_lies_between_two_radii_and_two_angles() -> None:
    quarter = Sector(Point(0, 0), 0, math.pi / 2)
    assert quarter.cell_path(10, 20) == "M0 -10L0 -20A20 20 0 0 1 20 0L10 0A10 10 0 0 0 0 -10Z"


def test_the_first_cell_is_where_the_formula_says() -> None:
    """Twenty skills in seven groups, as in the drawing of the wheel."""
    wheel = SkillWheel(spokes(20, 7, filled=3), "Product TPM")
    assert cells(wheel, "t0")[0].startswith("M201.9 64.7L203.1 46.2A106 106 0 0 1 229.2 51.3L")


@pytest.mark.parametrize("rings", range(2, 10))
def test_a_skill_has_as_many_rings_as_its_scale(rings: int) -> None:
    wheel = SkillWheel(spokes(1, rings=rings, filled=1), "X")
    assert len(cells(wheel, "t0")) == rings - 1
    assert len(cells(wheel, f"t{tint_of_rank(1, rings)}")) == 1


def test_scales_of_different_lengths_end_at_the_same_radius() -> None:
    wheel = SkillWheel([Spoke("A", "G", 2, 2), Spoke("B", "G", 9, 9)], "X")
    outer = [cell for cell in cells(wheel, "t4") if "A106 106" in cell]
    assert len(outer) == 2


def test_a_wheel_of_no_skills_is_not_drawn() -> None:
    wheel = SkillWheel([], "X")
    assert not wheel
    assert render_to_string("skills/_skill_wheel.html", {"wheel": wheel}).strip().count("svg") == 0
    assert SkillWheel(spokes(1), "X")


def test_the_strongest_skill_of_a_group_comes_first() -> None:
    wheel = SkillWheel([Spoke("Weak", "G", 4, 1), Spoke("Strong", "G", 4, 4)], "X")
    assert float(cells(wheel, "t4")[0].split()[0][1:]) > CENTER.x
    assert float(cells(wheel, "t1")[0].split()[0][1:]) < CENTER.x


def test_two_hundred_skills_have_a_bar_each_rather_than_cells() -> None:
    wheel = SkillWheel(spokes(200, 10, rings=9, filled=5), "X")
    assert len(cells(wheel, "t3")) == 200
    assert len(cells(wheel, "t0")) == 200
    assert len(cells(SkillWheel(spokes(60, 10, rings=9, filled=5), "X"), "t3")) == 300


def test_gaps_of_many_groups_leave_room_for_skills() -> None:
    wheel = SkillWheel(spokes(200, 100), "X")
    assert wheel.spoke_angle * 200 == pytest.approx(0.8 * math.tau)


def test_a_skill_without_proficiency_is_an_open_spoke() -> None:
    wheel = SkillWheel([Spoke("A", "G", 1, None), *spokes(1)], "X")
    assert len(cells(wheel, "open")) == 1


def test_short_names_stand_around_the_wheel() -> None:
    wheel = SkillWheel(spokes(21, 7), "X")
    assert not wheel.is_numbered
    assert [name.anchor for name in wheel.names][:2] == ["begin", "begin"]
    assert wheel.names[0].title == "Group 0"


@pytest.mark.parametrize("title", ["A name of a group of skills that is much too long", "X" * 200])
def test_names_without_room_are_replaced_by_numbers(title: str) -> None:
    wheel = SkillWheel([*spokes(4, 4), Spoke("A", title, 4, 1)], "X")
    assert wheel.is_numbered


def test_names_that_would_cover_each_other_are_replaced_by_numbers() -> None:
    assert SkillWheel(spokes(200, 30), "X").is_numbered


def test_names_are_inside_the_picture() -> None:
    groups = ["Technical", "Risk, dependencies and decisions", "Communication"]
    wheel = SkillWheel([Spoke(title, title, 4, 2) for title in groups], "X")
    left, top, width, height = map(float, wheel.view_box.split())
    for name in wheel.names:
        assert left <= name.left + 0.1
        assert name.right <= left + width + 0.1
        assert top <= name.top + 0.1
        assert name.bottom <= top + height + 0.1


def test_the_sentence_names_the_longest_bars() -> None:
    rows = [Spoke("Planning", "G", 4, 4), Spoke("Budgets", "H", 4, 4), Spoke("Law", "G", 4, 1)]
    assert SkillWheel(rows, "Product TPM").sentence == (
        "Skill wheel of Product TPM: 3 skills in 2 groups. The longest bars: Planning and Budgets."
    )


def test_a_sentence_of_many_longest_bars_names_three() -> None:
    sentence = SkillWheel(spokes(200), "X").sentence
    assert sentence.endswith("The longest bars: Skill 0, Skill 1, Skill 2 and 197 more.")


@pytest.mark.django_db
@pytest.mark.one_database
class TestRequirements:
    """Wheels of requirements, which have skills with groups."""

    class Row:
        """A requirement of a new skill."""

        def __init__(self, title: str, rank: int | None, scale_length: int | None = 4) -> None:
            self.skill = SkillFactory(title=title, group__title=f"Group of {title}")
            self.proficiency = None
            self.rank = rank
            self.scale_length = scale_length

    def test_groups_are_those_of_the_skills(self) -> None:
        row = self.Row("Planning", 3)
        other = self.Row("Law", None, None)
        other.skill.group = None
        wheel = required_wheel([row, other], "Senior TPM")
        assert [name.title for name in wheel.names] == ["Group of Planning", "Other skills"]
        assert len(cells(wheel, "t3")) == 3
        assert len(cells(wheel, "open")) == 1
