"""The heat map of a ladder: tints, digits and words."""

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from ladders.heat_map import HeatColumn, HeatLabel, HeatMap, heat_label
from ladders.level_order import LevelOrder, load_levels
from ladders.models import Ladder, Level, LevelRequirement
from ladders.requirements import MatrixCell, RequiredSkill, RequirementMatrix, load_required_skills
from roles.importance import Importance
from skills.models import Proficiency, Skill
from tests.factories import (
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    SkillFactory,
    SkillGroupFactory,
)
from tests.factories.skills import step_of
from tests.markup import Element, parse

LEVEL = Level(pk=1, title="Senior", ladder=Ladder(pk=1))
FIRST = HeatColumn(LEVEL, begins_track=False, follows_lower=False)
NEXT = HeatColumn(LEVEL, begins_track=False, follows_lower=True)
MANAGERS = HeatColumn(LEVEL, begins_track=True, follows_lower=False)


def required(
    rank: int | None,
    scale_length: int = 4,
    importance: str = Importance.EXPECTED,
    decides: bool = False,
) -> RequiredSkill:
    proficiency = Proficiency(title=f"Step {rank}", position=rank) if rank else None
    return RequiredSkill(
        1, Skill(pk=1), proficiency, importance, decides, "", rank, scale_length if rank else None
    )


def label(
    requirement: RequiredSkill | None,
    change: str = "",
    column: HeatColumn = FIRST,
    is_stated: bool = True,
) -> HeatLabel:
    return heat_label(MatrixCell(requirement, change, is_stated), column)


def test_a_cell_has_tint_digit_and_words() -> None:
    assert label(required(3)) == HeatLabel("h3", "3", "Step 3")


@pytest.mark.parametrize("scale_length", range(2, 10))
def test_the_highest_proficiency_of_any_scale_has_the_darkest_tint(scale_length: int) -> None:
    highest = label(required(scale_length, scale_length))
    assert (highest.css_class, highest.sign) == ("h4", str(scale_length))


def test_what_changed_is_bold_and_said() -> None:
    assert label(required(4), "raised") == HeatLabel("h4 new", "4", "Step 4, raised")
    assert label(required(1), "added").words == "Step 1, added"
    assert label(required(1), "lowered").words == "Step 1, lowered"


def test_an_unchanged_cell_is_joined_only_to_the_level_below() -> None:
    assert label(required(3), "same", NEXT).css_class == "h3 same"
    assert label(required(3), "same", FIRST).css_class == "h3"


def test_a_gap_divides_the_managers() -> None:
    assert label(required(3), "same", MANAGERS).css_class == "h3 gap"


def test_a_helpful_skill_is_smaller() -> None:
    helpful = label(required(2, importance=Importance.HELPFUL))
    assert helpful == HeatLabel("h2 help", "2", "Step 2, helpful")


def test_what_decides_is_marked() -> None:
    decides = label(required(2, importance=Importance.ESSENTIAL, decides=True))
    assert decides == HeatLabel("h2", "2", "Step 2, essential, decides", decides=True)


def test_cells_without_a_proficiency_say_why() -> None:
    assert label(None) == HeatLabel("h0", "–", "not required")
    assert label(None, "dropped") == HeatLabel("h0 new", "–", "not required, dropped")
    assert label(required(None)) == HeatLabel("h0", "✓", "required, not graded")
    assert label(None, is_stated=False) == HeatLabel("h0", "?", "not stated")


@pytest.mark.django_db
@pytest.mark.one_database
class TestTables:
    """Heat maps of stored ladders."""

    def heat(self, ladder: Ladder) -> HeatMap:
        levels = load_levels(ladder)
        order = LevelOrder(levels, [])
        return HeatMap(RequirementMatrix(order, load_required_skills(levels, with_ranks=True)))

    def drawn(self, ladder: Ladder) -> Element:
        return parse(render_to_string("ladders/_heat_map.html", {"heat": self.heat(ladder)}))

    def requirement(self, ladder: Ladder, position: int, skill: Skill, step: int) -> None:
        level, _ = Level.objects.get_or_create(
            ladder=ladder, position=position, slug=f"l{position}", title=f"Level {position}"
        )
        LevelRequirement.objects.create(level=level, skill=skill, proficiency=step_of(skill, step))

    def test_the_table_is_drawn_without_queries(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        ladder = LadderFactory()
        skill = SkillFactory(title="Planning", group__title="Delivery")
        for position, step in [(1, 1), (2, 1), (3, 3)]:
            self.requirement(ladder, position, skill, step)
        heat = self.heat(ladder)
        with django_assert_num_queries(0):
            page = parse(render_to_string("ladders/_heat_map.html", {"heat": heat}))
        cells = page.all("td")
        assert [cell.attributes["class"] for cell in cells] == ["h2", "h2 same", "h4 new"]
        assert [cell.text for cell in cells] == ["2Working", "2Working", "4Expert, raised"]
        assert [entry.title for entry in heat.key] == ["Working", "Expert"]
        assert page.one("caption").text == "Proficiency in skills, Level 1 to Level 3"

    def test_sixty_levels_are_several_tables(self) -> None:
        ladder = LadderFactory(levels=60)
        LevelRequirementFactory(level=ladder.levels.first())
        tables = self.heat(ladder).tables
        assert [len(table.columns) for table in tables] == [12, 12, 12, 12, 12]
        assert {table.css_class for table in tables} == {"heat heat--upright"}

    def test_thirteen_levels_are_two_tables_of_about_the_same_width(self) -> None:
        ladder = LadderFactory(levels=13)
        LevelRequirementFactory(level=ladder.levels.first())
        assert [len(table.columns) for table in self.heat(ladder).tables] == [7, 6]

    def test_a_ladder_without_skills_has_no_table(self) -> None:
        assert self.heat(LadderFactory(levels=2)).tables == []
        level = LevelRequirementFactory().level
        assert self.heat(level.ladder).tables

    def test_skills_without_a_group_are_under_other_skills(self) -> None:
        ladder = LadderFactory()
        level = LevelFactory(ladder=ladder)
        LevelRequirementFactory(level=level, skill__group=SkillGroupFactory(title="Delivery"))
        LevelRequirementFactory(level=level, skill__group=None)
        [table] = self.heat(ladder).tables
        assert [section.title for section in table.sections] == ["Delivery", "Other skills"]

    def test_ranks_of_two_scales_have_no_common_key(self) -> None:
        level = LevelFactory()
        LevelRequirementFactory(level=level)
        assert self.heat(level.ladder).key
        other = SkillFactory(
            scale__title="Other", scale__slug="other", scale__steps=["Low", "High"]
        )
        LevelRequirementFactory(level=level, skill=other)
        assert self.heat(level.ladder).key == []
