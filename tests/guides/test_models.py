"""Guides."""

import pytest

from guides.models import Guide
from tests.factories import (
    CollectionFactory,
    GuideFactory,
    LadderFactory,
    RoleFactory,
    SkillFactory,
)
from tests.refusals import codes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (440, 2), (2200, 10)])
def test_reading_takes_a_minute_for_220_words_and_at_least_one(words: int, minutes: int) -> None:
    assert Guide(body="word " * words).reading_minutes == minutes


def test_a_guide_needs_a_text() -> None:
    guide = GuideFactory()
    assert codes(guide) == {}
    guide.body = ""
    assert codes(guide) == {"body": ["blank"]}


def test_a_guide_stays_when_what_it_speaks_of_goes() -> None:
    role, skill, ladder = RoleFactory(), SkillFactory(), LadderFactory()
    guide = GuideFactory(roles=[role], skills=[skill], ladders=[ladder])
    assert (
        list(role.guides.all()) == list(skill.guides.all()) == list(ladder.guides.all()) == [guide]
    )
    for thing in (ladder, role, skill):
        thing.delete()
    assert not any(related.exists() for related in (guide.roles, guide.skills, guide.ladders))


def test_guides_stand_in_their_places_then_by_title() -> None:
    for title, position in [("c", 2), ("b", 1), ("a", 2)]:
        GuideFactory(title=title, position=position)
    assert [guide.title for guide in Guide.objects.all()] == ["b", "a", "c"]


def test_a_guide_has_a_name_an_address_and_a_text_to_find_it_by() -> None:
    guide = GuideFactory(slug="first-steps", title="First steps", body="Feed the ravens.")
    assert str(guide) == "First steps"
    assert guide.get_absolute_url() == "/guides/first-steps/"
    assert guide.search_body() == "Feed the ravens."
    foreign = GuideFactory(slug="first-steps", collection=CollectionFactory(slug="other"))
    assert foreign.get_absolute_url() == "/guides/other:first-steps/"
