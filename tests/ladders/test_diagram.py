"""The diagram of a ladder: columns, moves, and when a picture helps."""

import re
from collections.abc import Iterable

import pytest
from django.test import Client

from ladders.models import Ladder, Level, LevelMove
from tests.factories import LadderFactory, LevelFactory, LevelMoveFactory
from tests.markup import Element, Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MANAGER = Level.Track.MANAGER


@pytest.fixture
def ladder() -> Ladder:
    """A fork after the second level: one track continues, the other has two managers."""
    ladder = LadderFactory()
    for place, title in enumerate(["Junior", "Senior", "Staff"], 1):
        LevelFactory(ladder=ladder, title=title, position=place)
    for place, title in enumerate(["Manager", "Director"], 4):
        LevelFactory(ladder=ladder, title=title, position=place, track=MANAGER)
    step(ladder, "Senior", "Manager", LevelMove.Kind.TRACK_CHANGE)
    return ladder


def step(ladder: Ladder, start: str, end: str, kind: str = LevelMove.Kind.PROMOTION) -> None:
    ends = [Level.objects.get(ladder=ladder, title=title) for title in (start, end)]
    LevelMoveFactory(from_level=ends[0], to_level=ends[1], kind=kind)


def picture(ladder: Ladder) -> Page:
    return Page.read(Client(), ladder.get_absolute_url())


def places(page: Page) -> dict[str, tuple[int, int]]:
    """The column and the row of every level, counted from the upper left."""
    boxes = {
        str(link.one("rect").attributes["x"]): link for link in page.marked("rise")[0].all("a")
    }
    assert boxes
    found = {}
    for link in page.marked("rise")[0].all("a"):
        rect = link.one("rect").attributes
        title = str(link.attributes["aria-label"]).partition(",")[0]
        found[title] = (int(str(rect["x"])) // 300, int(str(rect["y"])) // 70)
    return found


def labels(page: Page) -> list[str]:
    return [str(link.attributes["aria-label"]) for link in page.marked("rise")[0].all("a")]


def test_a_branch_stands_beside_the_levels_as_high_as_it_is(ladder: Ladder) -> None:
    found = places(picture(ladder))
    assert found["Junior"] == (0, 3)
    assert found["Senior"] == (0, 2)
    assert found["Staff"] == (0, 1)
    assert found["Manager"][0] == found["Director"][0] == 1
    assert (found["Manager"][1], found["Director"][1]) == (1, 0)


def test_every_level_says_where_it_leads(ladder: Ladder) -> None:
    step(ladder, "Director", "Staff", LevelMove.Kind.TRACK_CHANGE)
    page = picture(ladder)
    assert labels(page) == [
        "Junior, leads to Senior",
        "Senior, leads to Staff, Manager",
        "Staff",
        "Manager, leads to Director",
        "Director, leads to Staff",
    ]
    kinds = [
        str(line.attributes["class"]).rpartition("--")[2]
        for line in page.marked("rise")[0].marked("rise__line")
    ]
    assert sorted(kinds) == ["promotion"] * 3 + ["track_change"] * 2


def test_a_plain_ladder_and_an_empty_one_have_no_picture(ladder: Ladder) -> None:
    assert picture(ladder).marked("rise")
    Level.objects.filter(ladder=ladder, track=MANAGER).delete()
    assert picture(ladder).marked("rise") == []
    Level.objects.filter(ladder=ladder, title="Senior").update(track="")
    assert picture(ladder).marked("rise") == []
    Level.objects.filter(ladder=ladder).delete()
    assert picture(ladder).marked("rise") == []


def test_levels_of_which_some_state_the_only_track_have_no_picture(ladder: Ladder) -> None:
    assert picture(ladder).marked("rise")
    Level.objects.filter(ladder=ladder, track=MANAGER).delete()
    Level.objects.filter(title="Senior").update(track=Level.Track.INDIVIDUAL)
    Level.objects.exclude(title="Senior").update(track="")
    assert picture(ladder).marked("rise") == []


def test_nothing_is_said_of_the_track_of_levels_that_state_none(ladder: Ladder) -> None:
    assert "Manager: leads people; the others lead by their own work" in picture(ladder)
    Level.objects.filter(title="Staff").update(track="")
    page = picture(ladder)
    assert "Manager: leads people" in page
    assert "the others" not in page


def test_a_circle_of_moves_is_drawn_and_ends(ladder: Ladder) -> None:
    step(ladder, "Staff", "Junior", LevelMove.Kind.LATERAL)
    step(ladder, "Manager", "Senior", LevelMove.Kind.TRACK_CHANGE)
    assert len(picture(ladder).marked("rise")[0].marked("rise__line")) == 6


def test_two_levels_of_one_track_upon_the_same_stand_side_by_side(ladder: Ladder) -> None:
    LevelFactory(ladder=ladder, title="Fellow", position=9)
    step(ladder, "Senior", "Fellow")
    found = places(picture(ladder))
    assert found["Fellow"][1] == found["Staff"][1]
    assert len({found[title][0] for title in ("Fellow", "Staff", "Manager")}) == 3


def test_a_hidden_ladder_s_levels_are_not_led_to(ladder: Ladder) -> None:
    elsewhere = LevelFactory(title="Elsewhere")
    LevelMoveFactory(from_level=Level.objects.get(title="Staff"), to_level=elsewhere)
    assert "Staff" in labels(picture(ladder))


def test_a_long_title_stands_whole_in_its_box_and_its_row_is_higher(ladder: Ladder) -> None:
    titles = [
        "Senior technical program manager, platform",
        "Senior technical program manager, product",
    ]
    for title, place in zip(titles, (8, 9), strict=True):
        LevelFactory(ladder=ladder, title=title, code="T5", position=place)
        step(ladder, "Senior", title)
    drawn = picture(ladder).marked("rise")[0]
    boxes = {link.all("text")[0].text: link for link in drawn.all("a")}
    assert {*titles, "Staff", "Senior"} <= set(boxes)
    heights = {
        title: int(str(link.one("rect").attributes["height"])) for title, link in boxes.items()
    }
    assert heights[titles[0]] == heights[titles[1]] == heights["Staff"] > heights["Senior"]
    for link in boxes.values():
        top, height = (int(str(link.one("rect").attributes[name])) for name in ("y", "height"))
        lines = [
            int(str(line.attributes["y"])) for line in [*link.all("tspan"), link.all("text")[1]]
        ]
        assert lines == sorted(lines)
        assert top + 8 < lines[0] < lines[-1] < top + height - 8
    ends = {
        float(end)
        for line in drawn.marked("rise__line")
        for end in vertical(str(line.attributes["d"]))
    }
    tops = {float(str(link.one("rect").attributes["y"])) for link in boxes.values()}
    assert ends <= tops | {top + height for top, height in box_sides(boxes.values())}


@pytest.mark.parametrize(("number", "is_tall"), [(4, False), (12, True)])
def test_a_picture_higher_than_any_window_scrolls(
    ladder: Ladder, number: int, is_tall: bool
) -> None:
    for place in range(number):
        title, slug = "Long words " * 18, f"long-{place}"
        LevelFactory(ladder=ladder, title=title, slug=slug, position=place + 10)
    assert bool(picture(ladder).marked("picture--tall")) is is_tall
    assert picture(ladder).marked("picture")


def box_sides(links: Iterable[Element]) -> list[tuple[float, float]]:
    rects = [link.one("rect").attributes for link in links]
    return [(float(str(rect["y"])), float(str(rect["height"]))) for rect in rects]


def vertical(path: str) -> list[str]:
    """Where a line straight up begins and ends."""
    found = re.fullmatch(r"M\S+ (\S+)V(\S+)", path)
    return [*found.groups()] if found else []
