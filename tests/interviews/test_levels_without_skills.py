"""Tools that need the skills of a level do not offer levels without skills.

At the address of such a level, they say so and link to the reference level of the same band.
"""

import pytest
from django.test import Client

from ladders.models import Band, Level
from tests.factories import (
    BandFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    LevelRequirementFactory,
)
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TOOLS = ["/interviews/builder/", "/interviews/practice/"]
SENTENCE = "L5 of Raven ladder does not state which skills it requires."


@pytest.fixture
def band() -> Band:
    return BandFactory(title="Senior")


@pytest.fixture
def reference(band: Band) -> Level:
    level = LevelFactory(
        title="Senior", slug="senior", ladder__slug="tpm", ladder__title="Reference", band=band
    )
    LevelRequirementFactory(level=level)
    return level


@pytest.fixture
def silent(band: Band, reference: Level) -> Level:
    """A level that names no skills, on a ladder where another level does."""
    ladder = LadderFactory(title="Raven ladder", slug="raven", organization="Raven Works")
    LevelRequirementFactory(level__ladder=ladder, level__slug="l4", level__position=1)
    return LevelFactory(ladder=ladder, title="L5", slug="l5", code="", band=band, position=2)


def offered(page: Page) -> list[str]:
    select = next(each for each in page.all("select") if each.attributes["name"] == "level")
    return [option.attributes["value"] for option in select.all("option")]


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("url", TOOLS)
def test_they_are_not_offered(url: str) -> None:
    assert sorted(offered(Page.read(Client(), url))) == ["", "raven/l4", "tpm/senior"]


@pytest.mark.parametrize("url", TOOLS)
def test_addressed_directly_they_lead_to_the_reference_level(url: str, silent: Level) -> None:
    page = Page.read(Client(), f"{url}?level=raven/l5&minutes=45&loop=1")
    assert page.raw.count(SENTENCE) == 1
    (note,) = page.marked("state")
    assert note.text == "Choose Senior of Reference instead, the reference level of the same band."
    assert note.links == ["?level=tpm%2Fsenior&minutes=45"]
    assert SENTENCE not in Page.read(Client(), url + note.links[0])


@pytest.mark.parametrize("url", TOOLS)
def test_without_a_reference_level_they_say_only_what_is_not_stated(
    url: str, silent: Level
) -> None:
    Level.objects.filter(pk=silent.pk).update(band=None)
    page = Page.read(Client(), f"{url}?level=raven/l5")
    assert SENTENCE in page
    assert not page.marked("state")
    assert "There is no level “raven/none”" in Page.read(Client(), f"{url}?level=raven/none")


def test_the_self_assessment_leads_there_as_well(silent: Level, reference: Level) -> None:
    page = Page.read(Client(), silent.get_assessment_url())
    assert "lists no required skills" in page
    assert "Compare yourself with Senior instead, the reference level of the same band." in page
    Level.objects.filter(pk=silent.pk).update(band=None)
    assert "instead" not in Page.read(Client(), silent.get_assessment_url())


@pytest.mark.parametrize("url", TOOLS)
def test_a_level_inherits_only_from_the_levels_that_it_includes(url: str, reference: Level) -> None:
    first = LevelFactory(
        ladder=reference.ladder, slug="first", position=reference.position + 1, track="manager"
    )
    above = LevelFactory(
        ladder=reference.ladder,
        slug="above",
        position=reference.position + 2,
        track="manager",
        cumulative=True,
    )
    assert "tpm/above" not in offered(Page.read(Client(), url))
    LevelMoveFactory(from_level=reference, to_level=above, kind="promotion")
    assert "tpm/above" in offered(Page.read(Client(), url))
    assert "tpm/first" not in offered(Page.read(Client(), url))
    LevelRequirementFactory(level=first)
    assert "tpm/first" in offered(Page.read(Client(), url))
