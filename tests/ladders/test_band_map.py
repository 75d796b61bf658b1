"""The map of bands: levels of different ladders side by side."""

from datetime import date

import pytest
from django.test import Client

from content.base_models import Status
from ladders.models import Band
from tests.factories import BandFactory, CollectionFactory, LadderFactory, LevelFactory
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published, set_status

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/ladders/bands/"


def table() -> list[list[str]]:
    """The cells of the map, row by row, its heading first."""
    rows = Page.read(Client(), URL).one("table").all("tr")
    return [[cell.text for cell in row.all("th", "td")] for row in rows]


@pytest.fixture
def bands() -> list[Band]:
    return [
        BandFactory(title=title, summary=f"{title} in words.", position=n)
        for n, title in enumerate(["A", "B", "C"])
    ]


def test_every_level_stands_at_its_bands(bands: list[Band]) -> None:
    first, second = (
        LadderFactory(title="First", position=1),
        LadderFactory(title="Second", position=2),
    )
    LevelFactory(ladder=second, position=1, code="L1", band=bands[0], band_to=bands[1])
    LevelFactory(ladder=second, position=2, code="L2", band=bands[1])
    LevelFactory(
        ladder=first, position=1, code="", title="Senior", band=bands[2], band_confidence="low"
    )
    LevelFactory(ladder=first, position=2, code="L9", band=None)
    assert table() == [
        ["Ladder", "A", "B", "C"],
        ["First", "–none", "–none", "Senior"],
        ["Second", "L1", "L1 L2", "–none"],
    ]


def test_a_level_is_at_its_own_band_where_bands_have_no_positions(bands: list[Band]) -> None:
    Band.objects.update(position=0)
    LevelFactory(ladder__title="First", code="L1", band=bands[1])
    assert table() == [["Ladder", "A", "B", "C"], ["First", "–none", "L1", "–none"]]


def test_levels_with_one_code_are_told_apart(bands: list[Band]) -> None:
    ladder, other = (
        LadderFactory(title="First", position=1),
        LadderFactory(title="Second", position=2),
    )
    LevelFactory(ladder=ladder, position=1, code="8", title="Staff", band=bands[0])
    LevelFactory(
        ladder=ladder, position=2, code="8", title="Manager", band=bands[0], track="manager"
    )
    LevelFactory(ladder=other, code="8", title="Lead", band=bands[0])
    assert [row[1] for row in table()[1:]] == ["8 8 · manager", "8"]


def test_it_links_ladders_and_levels_and_says_how_sure_it_is(bands: list[Band]) -> None:
    ladder = LadderFactory(title="First", organization="Raven Works")
    level = LevelFactory(title="Senior", band=bands[0], band_confidence="low", ladder=ladder)
    page = Page.read(Client(), URL)
    assert page.one("table").links == ["/ladders/first/", level.get_absolute_url()]
    assert (
        page.one("table").all("a")[1].attributes["title"]
        == "Senior; overlaps the band; confidence low"
    )


def test_every_mapping_stands_with_its_relation_confidence_source_and_date(
    bands: list[Band],
) -> None:
    theirs = LadderFactory(
        title="Theirs", organization="Them", source_url="https://example.org/levels",
        observed_on=date(2026, 11, 22), confidence="low",
    )  # fmt: skip
    LevelFactory(
        ladder=theirs, title="Lead", band=bands[0], band_to=bands[1], band_relation="broader"
    )
    part = Page.read(Client(), URL).part("mappings")
    assert part.one("p").text == (
        "From where it was read, seen on November 22, 2026. Little evidence: few reports, or one "
        "person's account."
    )
    assert part.one("li").text == "Lead: A to B. Wider than the band; confidence medium"
    assert "https://example.org/levels" in part.links


def test_it_says_what_the_bands_mean(bands: list[Band]) -> None:
    part = Page.read(Client(), URL).part("bands")
    assert [row.text for row in part.all("li")] == [
        f"{band.title} {band.title} in words." for band in bands
    ]


@pytest.mark.usefixtures("bands")
def test_without_mapped_levels_it_says_so() -> None:
    LevelFactory(band=None)
    page = Page.read(Client(), URL)
    assert page.all("table") == []
    assert page.marked("empty")[0].text == "No ladder is mapped to bands yet. Show all ladders."
    assert "bands" in page.headings


def test_it_is_there_without_any_content() -> None:
    assert Page.read(Client(), URL).headings == []


def test_a_ladder_is_mapped_while_it_and_its_collection_are_published(bands: list[Band]) -> None:
    level = LevelFactory(band=bands[0], ladder__title="Career")
    level.ladder.collection = CollectionFactory(title="Their framework")
    level.ladder.save()
    for hidden in (level.ladder, level.ladder.collection):
        assert_shown_while_published(URL, hidden, "Career")
    assert "From Their framework" in Page.read(Client(), URL)


def test_a_ladder_of_this_name_would_hide_it(client: Client) -> None:
    ladder = LadderFactory(title="Bands ladder", slug="bands-2")
    assert Page.read(client, ladder.get_absolute_url()).one("h1").text == "Bands ladder"
    assert Page.read(client, URL).one("h1").text == "Levels across ladders"
    set_status(ladder, Status.DRAFT)
    assert client.get(ladder.get_absolute_url()).status_code == 404


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    def grow() -> None:
        LevelFactory(
            band=BandFactory(), band_to=BandFactory(), ladder__collection=CollectionFactory()
        )

    assert_queries_do_not_grow(URL, grow)


def test_only_mappings_of_other_ladders_are_called_approximate(bands: list[Band]) -> None:
    LevelFactory(band=bands[0], band_relation="exact")
    page = Page.read(Client(), "/ladders/bands/")
    assert "Mappings of other ladders are approximate" in page
    assert "it defines the bands" in page
