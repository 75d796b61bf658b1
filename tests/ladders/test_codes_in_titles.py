"""A code that the title of a level contains is shown once, on pages and in documents."""

import pytest
from django.test import Client

from ladders.models import Ladder, Level, mark_shared_codes
from tests.factories import LadderFactory, LevelFactory, LevelRequirementFactory
from tests.markup import Page

SAID = [
    ("Level 5", "5"),
    ("Software Engineer IC4", "IC4"),
    ("Senior engineer (L6)", "L6"),
    ("l6 engineer", "L6"),
    ("Level 1.10", "1.10"),
    ("Grade A+", "A+"),
    ("Level 5, lead", "5"),
]
NOT_SAID = [
    ("Level 15", "5"),
    ("Level 5.1", "5"),
    ("Level 1.5", "5"),
    ("Level 5-1", "5"),
    ("Senior", "IC4"),
    ("Lead", ""),
]


@pytest.mark.parametrize(("title", "code"), SAID)
def test_a_code_that_the_title_says_is_not_set_beside_it(title: str, code: str) -> None:
    level = Level(title=title, code=code)
    assert (str(level), level.separate_code, level.heading, level.subheading) == (
        title,
        "",
        title,
        "",
    )
    assert level.name == code


@pytest.mark.parametrize(("title", "code"), NOT_SAID)
def test_a_code_that_it_does_not_say_is(title: str, code: str) -> None:
    level = Level(title=title, code=code)
    assert level.separate_code == code
    assert str(level) == (f"{title} ({code})" if code else title)
    assert (level.heading, level.subheading) == ((code, title) if code else (title, ""))


def test_levels_of_two_tracks_with_one_code_are_told_apart() -> None:
    levels = [
        Level(title="Level 5", code="5", track=track, ladder_id=1)
        for track in ("individual", "manager")
    ]
    mark_shared_codes(levels)
    assert [level.heading for level in levels] == ["5", "5 · manager"]
    assert [level.subheading for level in levels] == ["Level 5", "Level 5"]


@pytest.fixture
def ladder() -> Ladder:
    ladder = LadderFactory(slug="eng")
    for number, title in ((5, "Level 5"), (6, "Principal")):
        LevelFactory(
            ladder=ladder, title=title, slug=f"l{number}", code=str(number), position=number
        )
    LevelRequirementFactory(level=ladder.levels.first())
    return ladder


@pytest.mark.django_db
@pytest.mark.one_database
def test_pages_show_it_once(ladder: Ladder) -> None:
    said, other = ladder.levels.all()
    page = Page.read(Client(), ladder.get_absolute_url())
    assert [heading.text for heading in page.all("h3")][-2:] == ["Principal 6", "Level 5"]
    assert [heading.text for heading in page.all("th")][1:3] == ["Level 5", "6 Principal"]
    assert "Level 5 (5)" not in page
    page = Page.read(Client(), said.get_absolute_url())
    assert page.document.all("title")[0].text.startswith("Level 5, ")
    assert "Level 5 (5)" not in page
    assert (
        Page.read(Client(), other.get_absolute_url())
        .document.all("title")[0]
        .text.startswith("Principal (6), ")
    )


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize("address", ["{}?as=markdown", "{}matrix.csv"])
def test_documents_show_it_once(ladder: Ladder, address: str) -> None:
    answer = Client().get(address.format(ladder.get_absolute_url()))
    assert answer.status_code == 200
    text = answer.getvalue().decode()
    assert "Level 5" in text
    assert "Level 5 (5)" not in text
