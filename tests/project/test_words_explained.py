"""Pages explain the terms of scales, tracks, importance and confidence that they use."""

import pytest
from django.test import Client

from ladders.models import Level
from tests.factories import (
    BandFactory,
    LevelFactory,
    LevelRequirementFactory,
    SkillRequirementFactory,
)
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ESSENTIAL = "Essential skills decide whether someone can do the job."
MANAGER = "Manager: leads people"


def read(address: str) -> Page:
    return Page.read(Client(), address)


def test_what_essential_means_stands_where_roles_and_skills_say_it() -> None:
    row = SkillRequirementFactory()
    other = SkillRequirementFactory(skill=row.skill).role
    level = LevelRequirementFactory(importance="essential")
    roles = f"/roles/compare/?a={row.role.key}&b={other.key}"
    for address in (
        row.role.get_absolute_url(),
        row.skill.get_absolute_url(),
        level.skill.get_absolute_url(),
        roles,
    ):
        assert ESSENTIAL in read(address), address
    row.delete()
    assert ESSENTIAL not in read(row.role.get_absolute_url())


def test_a_level_says_what_its_importances_mean() -> None:
    requirement = LevelRequirementFactory(importance="essential")
    assert ESSENTIAL in read(requirement.level.get_absolute_url())
    requirement.importance = "helpful"
    requirement.save()
    page = read(requirement.level.get_absolute_url())
    assert "Helpful skills can be learned on the job." in page
    assert ESSENTIAL not in page


def test_a_track_is_explained_where_a_ladder_has_several() -> None:
    level = LevelFactory()
    assert "Track" not in read(level.get_absolute_url())
    assert MANAGER not in read(level.ladder.get_absolute_url())
    manager = LevelFactory(ladder=level.ladder, track=Level.Track.MANAGER, position=9)
    assert "Individual contributor: leads by their own work" in read(level.get_absolute_url())
    assert MANAGER in read(manager.get_absolute_url())
    assert MANAGER in read(level.ladder.get_absolute_url())


def test_the_map_of_bands_says_what_its_confidence_rests_on() -> None:
    LevelFactory(band=BandFactory())
    words = "The confidence of a mapping is the judgment of whoever made it."
    assert words in read("/ladders/bands/")
