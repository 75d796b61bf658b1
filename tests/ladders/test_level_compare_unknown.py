"""A comparison with a level of which little is known says so, instead of calling everything new."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from ladders.models import Band, Level
from skills.models import Skill
from tests.factories import (
    BandFactory,
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    SkillFactory,
    step_of,
)
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def band() -> Band:
    return BandFactory(title="Senior", slug="senior")


@pytest.fixture
def reference(band: Band) -> Level:
    """The reference level of the band, and above it one with a skill and an expectation."""
    ladder = LadderFactory(title="Reference", slug="tpm")
    senior = LevelFactory(
        ladder=ladder, title="Senior", slug="senior", band=band, band_relation="exact"
    )
    staff = LevelFactory(ladder=ladder, title="Staff", slug="staff", band=BandFactory(slug="staff"))
    skill = SkillFactory(title="Risk")
    for level in (senior, staff):
        LevelRequirementFactory(level=level, skill=skill)
        ExpectationFactory(level=level, skill=skill, text=f"Does as {level.title}.")
    return senior


@pytest.fixture
def theirs(band: Band) -> Level:
    """A level of an organization that publishes nothing but its name."""
    ladder = LadderFactory(title="Raven ladder", slug="raven", organization="Raven Works")
    return LevelFactory(
        ladder=ladder, title="L5", slug="l5", band=band, scope="", autonomy="", reach=""
    )


def compared(before: str, after: str) -> Page:
    return Page.read(Client(), f"/ladders/compare/?{urlencode({'from': before, 'to': after})}")


@pytest.mark.usefixtures("reference", "theirs")
@pytest.mark.parametrize("pair", [("raven/l5", "tpm/staff"), ("tpm/staff", "raven/l5")])
def test_it_says_what_is_known_of_each_side(pair: tuple[str, str]) -> None:
    page = compared(*pair)
    assert (
        "The skills that L5 of Raven Works requires are not known here, so the two levels "
        "cannot be compared by skills."
    ) in page
    assert (
        "The expectations of L5 of Raven Works are not known here, so the two levels cannot be "
        "compared by expectations."
    ) in page
    assert "Skills that Staff, Reference ladder requires: 1" in page.part("skills")
    assert "Expectations of Staff, Reference ladder: 1" in page.part("expectations")
    assert not {"Added", "Dropped", "New", "No longer stated"} & {
        word.partition(":")[0] for word in titles(page)
    }
    assert "skill added" not in page


def titles(page: Page) -> list[str]:
    return [title.text for title in page.marked("group__title")]


@pytest.mark.usefixtures("reference", "theirs")
def test_two_levels_that_are_known_are_still_compared() -> None:
    page = compared("tpm/senior", "tpm/staff")
    assert "New: 1" in titles(page)
    assert "Unchanged: 1" in page.part("skills")
    assert "instead" not in page


@pytest.mark.usefixtures("reference", "theirs")
def test_it_offers_the_reference_level_of_the_same_band() -> None:
    link = "/ladders/compare/?from=tpm%2Fsenior&to=tpm%2Fstaff"
    page = compared("raven/l5", "tpm/staff")
    assert "Compare Senior with Staff instead" in page.part("known")
    assert link in page.part("known").links


@pytest.mark.usefixtures("reference")
def test_it_begins_with_how_much_is_known_of_each_side(theirs: Level) -> None:
    Level.objects.filter(pk=theirs.pk).update(years_min=10)
    page = compared("raven/l5", "tpm/staff")
    assert page.headings[0] == "known"
    known = [
        [each.text for each in row.all("dt", "dd")]
        for row in page.part("known").one("dl").all("div")
    ]
    assert known == [
        ["L5, Raven Works", "no skills, no expectations; usual experience, band"],
        ["Staff, Reference ladder", "1 skill, 1 expectation; scope, autonomy, reach, band"],
    ]
    assert "known" not in compared("tpm/senior", "tpm/staff").headings


@pytest.mark.usefixtures("reference", "theirs")
def test_what_is_said_of_one_side_alone_is_folded_and_no_row_is_empty() -> None:
    page = compared("raven/l5", "tpm/staff")
    assert [row.one("h3").text for row in page.part("reach").marked("compare")] == ["Band"]
    (alone,) = page.part("reach").all("details")
    assert alone.one("summary").text.startswith(
        "Stated only for Staff, Reference ladder: scope, autonomy, reach"
    )
    assert "One team." in alone
    assert "not said" not in page


def test_a_level_of_which_almost_nothing_is_known_is_named_as_such(
    reference: Level, theirs: Level
) -> None:
    staff = reference.ladder.levels.get(slug="staff")
    LevelRequirementFactory(level=theirs)
    ExpectationFactory(level=theirs)
    assert "known" not in compared("raven/l5", "tpm/staff").headings
    LevelRequirementFactory.create_batch(4, level=staff)
    known = compared("raven/l5", "tpm/staff").part("known")
    assert "1 skill, 1 expectation" in known
    assert "Compare Senior with Staff instead" in known


@pytest.mark.usefixtures("theirs")
def test_it_offers_nothing_that_is_compared_already(reference: Level) -> None:
    assert "instead" not in compared("raven/l5", "tpm/senior")
    reference.requirements.all().delete()
    assert "instead" not in compared("raven/l5", "tpm/staff")


@pytest.mark.usefixtures("theirs")
def test_a_reference_level_of_the_same_track_comes_first(reference: Level, band: Band) -> None:
    manager = LevelFactory(
        ladder=reference.ladder, title="Lead", track="manager", band=band, band_relation="exact"
    )
    LevelRequirementFactory(level=manager)
    Level.objects.filter(pk=reference.pk).update(band_relation="overlaps")
    assert "Compare Senior with Staff instead" in compared("raven/l5", "tpm/staff")
    Level.objects.filter(slug="l5").update(track="")
    assert "Compare Senior with Staff instead" in compared("raven/l5", "tpm/staff")
    Level.objects.filter(slug="l5").update(track="manager")
    assert "Compare Lead with Staff instead" in compared("raven/l5", "tpm/staff")


@pytest.mark.usefixtures("reference")
@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_levels_as_for_many(theirs: Level, band: Band) -> None:
    def grow() -> None:
        LevelRequirementFactory(level__band=band, level__ladder=LadderFactory())
        ExpectationFactory(level=LevelFactory(ladder=theirs.ladder))

    assert_queries_do_not_grow("/ladders/compare/?from=raven/l5&to=tpm/staff", grow)


@pytest.fixture
def risk() -> Skill:
    return SkillFactory(title="Risk")


def test_a_proficiency_that_one_level_does_not_state_is_no_raise(risk: Skill) -> None:
    ladder = LadderFactory(slug="tpm")
    lower, upper = (LevelFactory(ladder=ladder, slug=slug) for slug in ("lower", "upper"))
    LevelRequirementFactory(level=lower, skill=risk, proficiency=None)
    LevelRequirementFactory(level=upper, skill=risk, proficiency=step_of(risk, 2))
    for pair in (("tpm/lower", "tpm/upper"), ("tpm/upper", "tpm/lower")):
        assert titles(compared(*pair)) == [
            "Required by both, but one of them does not state a proficiency: 1"
        ]
    assert Page.read(Client(), upper.get_absolute_url()).marked("change") == []
    LevelRequirementFactory(level=lower, skill=SkillFactory(title="Code"), proficiency=None)
    assert "Dropped: 1" in titles(compared("tpm/lower", "tpm/upper"))


def test_a_level_above_one_without_skills_is_not_marked_against_it(risk: Skill) -> None:
    ladder = LadderFactory(slug="tpm")
    lower, upper = (LevelFactory(ladder=ladder, title=title) for title in ("Lower", "Upper"))
    LevelRequirementFactory(level=upper, skill=risk)
    page, matrix = (
        Page.read(Client(), upper.get_absolute_url()),
        Page.read(Client(), ladder.get_absolute_url()),
    )
    assert page.marked("change") == []
    assert "Change from" not in page
    assert "changed from the level below" not in matrix
    LevelRequirementFactory(level=lower)
    assert [
        mark.text for mark in Page.read(Client(), upper.get_absolute_url()).marked("change")
    ] == ["added"]
    assert "changed from the level below" in Page.read(Client(), ladder.get_absolute_url())
