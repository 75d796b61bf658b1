"""The cards of all levels of a ladder."""

import pytest
from django.test import Client

from ladders.models import Ladder, Level
from tests.factories import (
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    SkillFactory,
    home_collection,
)
from tests.markup import Page
from tests.showing import (
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/ladders/tpm/cards/"


@pytest.fixture
def ladder() -> Ladder:
    return LadderFactory(slug="tpm", title="Ladder")


def page() -> Page:
    return Page.read(Client(), URL)


def test_every_level_has_a_card_and_managers_come_last(ladder: Ladder) -> None:
    LevelFactory(ladder=ladder, title="Manager", track=Level.Track.MANAGER, position=2)
    LevelFactory(ladder=ladder, title="Staff", code="R5", position=3)
    senior = LevelFactory(ladder=ladder, title="Senior", position=1)
    LevelRequirementFactory(level=senior, skill=SkillFactory(title="Risk"), decides=True)
    cards = page().marked("level-card")
    assert [card.one("h2").text for card in cards] == ["Senior", "Staff R5", "Manager"]
    assert "What decides Risk (Working)" in cards[0]
    assert "What decides" not in cards[1]
    assert cards[0].links[0] == senior.get_absolute_url()


def test_a_level_that_states_nothing_is_named_instead_of_a_card(ladder: Ladder) -> None:
    LevelFactory(ladder=ladder, title="Senior")
    assert "Nothing that goes on a card" not in page()
    bare = LevelFactory(ladder=ladder, title="Bare", scope="", autonomy="", reach="")
    assert [card.one("h2").text for card in page().marked("level-card")] == ["Senior"]
    (note,) = page().marked("note")
    assert note.text == "Nothing that goes on a card is stated for Bare."
    assert note.links == [bare.get_absolute_url()]
    assert "Calibration cards" in Page.read(Client(), "/ladders/tpm/")


def test_the_ladder_leads_to_its_cards_if_it_has_any(ladder: Ladder) -> None:
    level = LevelFactory(ladder=ladder)
    assert URL in Page.read(Client(), "/ladders/tpm/").links
    level.scope = level.autonomy = level.reach = ""
    level.save()
    assert URL not in Page.read(Client(), "/ladders/tpm/").links
    assert "No level of this ladder" in page().marked("empty")[0]


def test_the_cards_follow_the_ladder(ladder: Ladder) -> None:
    LevelFactory(ladder=ladder)
    assert_hidden_is_for_editors(ladder, URL)


def test_a_skill_that_is_not_published_decides_nothing(ladder: Ladder) -> None:
    level = LevelFactory(ladder=ladder)
    skill = SkillFactory(title="Risk", collection=home_collection())
    LevelRequirementFactory(level=level, skill=skill, decides=True)
    assert_shown_while_published(URL, skill, "Risk")


def test_a_renamed_ladder_leads_to_its_cards(ladder: Ladder) -> None:
    ladder.slug = "new"
    ladder.save()
    assert Client().get(URL).headers["Location"] == "/ladders/new/cards/"


def test_it_takes_as_many_queries_for_few_levels_as_for_many(ladder: Ladder) -> None:
    def grow() -> None:
        level = LevelFactory(ladder=ladder)
        LevelRequirementFactory(level=level, decides=True)

    assert_queries_do_not_grow(URL, grow)
