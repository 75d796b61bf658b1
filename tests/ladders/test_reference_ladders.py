"""Reference ladders define the bands, so they state no confidence and no publisher."""

import csv
import io

import pytest
from django.test import Client

from ladders.models import Band, Level
from tests.factories import BandFactory, CollectionFactory, LadderFactory, LevelFactory
from tests.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def band() -> Band:
    return BandFactory(title="Senior")


def level_at(
    band: Band, relation: str = "exact", organization: str = "", home: bool = True
) -> Level:
    collection = {} if home else {"ladder__collection": CollectionFactory(publisher="Raven Works")}
    return LevelFactory(
        title="Lead", ladder__title="Ladder", ladder__organization=organization,
        ladder__confidence="high",
        band=band, band_relation=relation, band_confidence="high", **collection,
    )  # fmt: skip


def band_fact(level: Level) -> str:
    """What the page of a level says about its band."""
    facts = {fact.one("dt").text: fact.one("dd").text for fact in facts_of(level)}
    return facts["Band"]


def facts_of(level: Level) -> list[Page]:
    return Page.read(Client(), level.get_absolute_url()).marked("key-facts")[0].all("div")


def exported() -> dict[str, str]:
    answer = Client().get("/ladders/bands.csv")
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))  # type: ignore[attr-defined]
    return row


def test_a_reference_level_says_that_it_defines_its_band(band: Band) -> None:
    assert band_fact(level_at(band)) == "Senior. Reference level: it defines the band"


def test_a_reference_level_beside_a_band_has_no_confidence_either(band: Band) -> None:
    assert band_fact(level_at(band, "overlaps")) == "Senior. Reference level: overlaps the band"


def test_a_level_of_an_organization_keeps_its_confidence(band: Band) -> None:
    fact = band_fact(level_at(band, organization="Raven Works"))
    assert fact == "Senior. Matches the band; confidence high"


def test_an_imported_ladder_without_an_organization_is_no_reference_ladder(band: Band) -> None:
    level = level_at(band, home=False)
    assert band_fact(level).startswith("Senior. Matches the band; confidence high")
    page = Page.read(Client(), level.ladder.get_absolute_url())
    assert page.marked("kind")[0].text == "Raven Works"
    assert "Raven Works · 1 level" in Page.read(Client(), "/ladders/")


@pytest.mark.parametrize(("organization", "says"), [("", False), ("Raven Works", True)])
def test_the_map_of_bands_gives_a_confidence_where_there_is_one(
    band: Band, organization: str, says: bool
) -> None:
    level_at(band, organization=organization)
    page = Page.read(Client(), "/ladders/bands/")
    assert ("confidence high" in page.part("mappings").one("li")) is says
    assert ("confidence high" in page.one("table").all("a")[1].attributes["title"]) is says


def test_the_file_of_bands_leaves_the_confidence_of_reference_levels_empty(band: Band) -> None:
    level = level_at(band)
    assert (exported()["relation"], exported()["confidence"]) == ("defines", "")
    level.ladder.organization = "Raven Works"
    level.ladder.save()
    assert (exported()["relation"], exported()["confidence"]) == ("exact", "high")


def test_the_facts_of_a_ladder_give_a_confidence_where_there_is_one() -> None:
    for organization, says in (("", False), ("Raven Works", True)):
        ladder = LadderFactory(organization=organization, confidence="high", levels=1)
        facts = Page.read(Client(), ladder.get_absolute_url()).marked("key-facts")[0]
        assert ("Confidence" in facts) is says


def test_a_filter_by_confidence_leaves_reference_ladders_out() -> None:
    LadderFactory(title="Reference", confidence="high")
    LadderFactory(title="Published", organization="Raven Works", confidence="high")
    page = Page.read(Client(), "/ladders/?confidence=high")
    assert [title for title in (heading.text for heading in page.all("h2")) if title] == [
        "Published"
    ]
    assert "High: published by the organization (1)" in [
        option.text for option in page.all("option")
    ]
