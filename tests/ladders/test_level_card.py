"""The card of a level, on its page and in a comparison, and what decides a promotion."""

import pytest
from django.test import Client

from ladders.models import Level
from skills.models import Skill
from tests.factories import LevelFactory, LevelRequirementFactory, SkillFactory, step_of
from tests.markup import Element, Page
from tests.refusals import codes

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def level() -> Level:
    return LevelFactory(ladder__slug="tpm", title="Senior", slug="senior", position=4)


@pytest.fixture
def above(level: Level) -> Level:
    """A level that includes the level below."""
    return LevelFactory(
        ladder=level.ladder, title="Staff", slug="staff", position=5, cumulative=True
    )


@pytest.fixture
def risk() -> Skill:
    return SkillFactory(title="Risk")


def page_of(level: Level) -> Page:
    return Page.read(Client(), level.get_absolute_url())


def card_lines(part: Element) -> dict[str, str]:
    """The texts of the first card in this part of a page, by their labels."""
    rows = part.marked("level-card__lines")[0].all("div")
    return {row.one("dt").text: row.one("dd").text for row in rows}


def decides(level: Level, skill: Skill, step: int = 1, *, mark: bool = True) -> None:
    """Let the level require the skill at this step, as deciding or not."""
    proficiency = step_of(skill, step)
    LevelRequirementFactory(level=level, skill=skill, proficiency=proficiency, decides=mark)


def deciding(level: Level) -> list[str]:
    """What the page of a level says decides a promotion into it."""
    return [tile.text for tiles in page_of(level).marked("tiles") for tile in tiles.all("li")]


def test_the_card_says_in_five_lines_what_the_level_is(level: Level, risk: Skill) -> None:
    Level.objects.update(not_yet_expected="Setting the direction of a department.")
    decides(level, risk, 3)
    decides(level, SkillFactory(title="Plans"), mark=False)
    page = Page.read(Client(), "/ladders/tpm/cards/")
    assert card_lines(page) == {
        "Scope": "One team.",
        "Autonomy": "Decides how, not what.",
        "Reach": "The teams around it.",
        "What decides": "Risk (Expert)",
        "Not yet expected": "Setting the direction of a department.",
    }
    assert page.marked("level-card__lines")[0].links == [risk.get_absolute_url()]


def test_the_page_of_a_level_has_what_is_on_its_card(level: Level, risk: Skill) -> None:
    Level.objects.update(not_yet_expected="Setting the direction of a department.")
    decides(level, risk, 3)
    decides(level, SkillFactory(title="Plans"), mark=False)
    page = page_of(level)
    assert deciding(level) == ["Risk Expert, level 4 of 4"]
    assert [row.text for row in page.marked("changes")[0].all("div")] == [
        "Scope One team.",
        "Autonomy Decides how, not what.",
        "Reach The teams around it.",
    ]
    assert "Not yet expected Setting the direction of a department." in page.marked("key-facts")[0]
    assert page.text.count("One team.") == 1


def test_the_page_of_a_level_leaves_out_what_is_not_stated(level: Level, risk: Skill) -> None:
    Level.objects.update(autonomy="")
    decides(level, risk, mark=False)
    page = page_of(level)
    assert [row.one("dt").text for row in page.marked("changes")[0].all("div")] == [
        "Scope",
        "Reach",
    ]
    assert "What decides" not in page
    assert "Not yet expected" not in page


def test_a_skill_that_decides_is_marked_among_the_required_skills(
    level: Level, risk: Skill
) -> None:
    decides(level, risk)
    decides(level, SkillFactory(title="Plans"), mark=False)
    marks = {
        row.marked("skill-row__title")[0].text: "decides" in row
        for row in page_of(level).marked("skill-row")
    }
    assert marks == {"Risk": True, "Plans": False}


def test_the_table_of_the_ladder_marks_what_decides(level: Level, risk: Skill) -> None:
    decides(level, SkillFactory(title="Plans"), mark=False)
    ladder_page = Page.read(Client(), "/ladders/tpm/")
    assert "decides" not in ladder_page
    decides(level, risk)
    part = Page.read(Client(), "/ladders/tpm/").part("matrix")
    assert "decides a promotion" in part.marked("key")[0]
    assert sorted(cell.text for cell in part.one("table").all("td")) == [
        "2Working",
        "2Working, decides",
    ]


def test_a_level_inherits_what_decides_until_it_marks_its_own(
    level: Level, above: Level, risk: Skill
) -> None:
    decides(level, risk)
    assert deciding(above) == ["Risk Working, level 2 of 4"]
    assert "Inherited from Senior" in page_of(above).part("decides")
    plans = SkillFactory(title="Plans")
    decides(above, plans, 2)
    assert deciding(above) == ["Plans Practitioner, level 3 of 4"]
    assert "Inherited from Senior" in page_of(above).part("skills")


def test_a_requirement_that_a_level_states_anew_decides_only_if_it_says_so(
    level: Level, above: Level, risk: Skill
) -> None:
    decides(level, risk)
    decides(above, risk, 2, mark=False)
    assert deciding(level) == ["Risk Working, level 2 of 4"]
    assert deciding(above) == []


def test_a_level_that_includes_no_other_inherits_nothing(
    level: Level, above: Level, risk: Skill
) -> None:
    Level.objects.update(cumulative=False)
    decides(level, risk)
    assert deciding(level) == ["Risk Working, level 2 of 4"]
    assert deciding(above) == []


def test_a_comparison_shows_the_cards_of_both_levels(
    level: Level, above: Level, risk: Skill
) -> None:
    decides(level, risk)
    decides(above, risk, 3)
    Level.objects.filter(pk=above.pk).update(not_yet_expected="Running a company.")
    page = Page.read(Client(), "/ladders/compare/?from=tpm/senior&to=tpm/staff")
    rows = {row.all("h3", "h4")[0].text: row for row in page.marked("compare")}
    assert rows["What decides"].text == ("What decides Senior Risk (Working) Staff Risk (Expert)")
    assert [mark.text for mark in rows["Risk"].marked("decides")] == ["Decides", "Decides"]
    assert "Not yet expected Running a company." in page


def test_as_markdown_the_marks_of_a_cell_are_apart(level: Level, above: Level, risk: Skill) -> None:
    decides(level, risk)
    decides(above, risk, 3)
    markdown = Client().get("/ladders/tpm/?as=markdown").text
    assert "| Working, decides | Expert, raised, decides |" in markdown


def test_the_page_of_a_level_as_markdown_has_its_card(level: Level, risk: Skill) -> None:
    decides(level, risk)
    markdown = Client().get(level.get_absolute_url() + "?as=markdown").text
    assert "What decides" in markdown
    assert "Working" in markdown


def test_a_level_has_no_slug_that_would_hide_the_cards(level: Level) -> None:
    assert codes(level) == {}
    level.slug = "cards"
    assert codes(level) == {"slug": ["reserved_slug"]}


def test_a_comparison_says_of_what_decides_that_it_is_inherited(
    level: Level, above: Level, risk: Skill
) -> None:
    decides(level, risk)
    page = Page.read(Client(), "/ladders/compare/?from=tpm/senior&to=tpm/staff")
    (row,) = [row for row in page.marked("compare") if row.all("h3")[0].text == "What decides"]
    assert row.text == (
        "What decides Senior Risk (Working) Staff Risk (Working); inherited from Senior"
    )
