"""Bands, ladders, levels, requirements, expectations, and the moves between levels."""

import pytest
from django.db.models import RestrictedError

from ladders.models import Band, Expectation, Level, LevelMove, LevelRequirement
from tests.factories import (
    BandFactory,
    CollectionFactory,
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    LevelRequirementFactory,
    RoleFactory,
    ScaleFactory,
    SkillFactory,
    SkillGroupFactory,
)
from tests.refusals import codes, is_stored

pytestmark = pytest.mark.django_db


def test_a_band_has_a_slug_of_its_own_and_a_rank() -> None:
    senior, mid = BandFactory(slug="senior", position=4), BandFactory(slug="mid", position=3)
    again = Band(slug="senior", title="Senior again")
    assert codes(again) == {"slug": ["unique"]}
    assert not is_stored(again)
    assert list(Band.objects.all()) == [mid, senior]


def test_a_level_has_a_slug_of_its_own_on_its_ladder() -> None:
    level = LevelFactory(slug="senior")
    again = Level(ladder=level.ladder, slug="senior", title="Again")
    assert codes(again) == {"__all__": ["Another level of this ladder has this slug."]}
    assert not is_stored(again)
    again.ladder = LadderFactory()
    assert codes(again) == {}
    assert is_stored(again)


@pytest.mark.parametrize(
    ("years_min", "years_max", "is_taken"),
    [
        (None, None, True),
        (3, None, True),
        (None, 5, True),
        (3, 5, True),
        (3, 3, True),
        (5, 3, False),
    ],
)
def test_the_years_end_after_they_begin(
    years_min: int | None, years_max: int | None, is_taken: bool
) -> None:
    level = LevelFactory.build(ladder=LadderFactory(), years_min=years_min, years_max=years_max)
    assert (codes(level) == {}) == is_stored(level) == is_taken


def test_the_bands_of_a_level_end_above_where_they_begin() -> None:
    lower, upper = BandFactory(), BandFactory()
    level = LevelFactory(band=lower, band_to=upper)
    assert codes(level) == {}
    level.band_to = lower
    assert codes(level) == {}
    level.band, level.band_to = upper, lower
    assert codes(level) == {"band_to": ["reversed_bands"]}


def test_a_move_of_one_kind_is_there_once_and_leads_to_another_level() -> None:
    move = LevelMoveFactory()
    again = LevelMove(from_level=move.from_level, to_level=move.to_level)
    assert codes(again) == {"__all__": ["This move already exists."]}
    assert not is_stored(again)
    again.kind = LevelMove.Kind.LATERAL
    assert codes(again) == {}
    assert is_stored(again)
    move.to_level = move.from_level
    assert codes(move) == {"__all__": ["This move ends at the level where it starts."]}
    assert not is_stored(move)


def test_a_level_names_a_skill_once_at_a_step_of_its_own_scale() -> None:
    needed = LevelRequirementFactory()
    again = LevelRequirement(level=needed.level, skill=needed.skill)
    assert codes(again) == {"__all__": ["This level already requires this skill."]}
    assert not is_stored(again)
    assert codes(needed) == {}
    needed.proficiency = ScaleFactory(slug="other", steps=["Seen"]).proficiencies.get()
    assert codes(needed) == {"proficiency": ["other_scale"]}


@pytest.mark.parametrize(
    ("with_skill", "with_group", "is_taken"),
    [(True, False, True), (False, True, True), (False, False, True), (True, True, False)],
)
def test_an_expectation_has_at_most_one_heading(
    with_skill: bool, with_group: bool, is_taken: bool
) -> None:
    skill, group = with_skill and SkillFactory(), with_group and SkillGroupFactory()
    expectation = Expectation(
        level=LevelFactory(), skill=skill or None, group=group or None, text="Does it."
    )
    assert (codes(expectation) == {}) == is_stored(expectation) == is_taken


def test_a_level_may_say_several_things_about_one_skill() -> None:
    first = ExpectationFactory()
    second = ExpectationFactory(level=first.level, skill=first.skill)
    assert list(first.level.expectations.all()) == [first, second]


def test_vocabulary_in_use_is_not_deleted_and_parts_go_with_the_whole() -> None:
    needed = LevelRequirementFactory(level__band=BandFactory())
    expected = ExpectationFactory(level=needed.level)
    LevelMoveFactory(from_level=needed.level)
    for used in (needed.skill, needed.level.band, expected.skill):
        with pytest.raises(RestrictedError):
            used.delete()
    needed.level.ladder.delete()
    for model in (Level, LevelRequirement, Expectation, LevelMove):
        assert not model.objects.exists()


def test_a_ladder_stays_when_its_role_goes() -> None:
    ladder = LadderFactory(role=RoleFactory())
    ladder.role.delete()
    ladder.refresh_from_db()
    assert ladder.role is None


def test_levels_stand_from_the_bottom_up() -> None:
    ladder = LadderFactory()
    for position in (3, 1, 2):
        LevelFactory(ladder=ladder, position=position, title=str(position))
    assert [level.title for level in ladder.levels.all()] == ["1", "2", "3"]


def test_a_level_is_addressed_under_its_ladder() -> None:
    level = LevelFactory(ladder__slug="tpm", slug="senior", title="Senior TPM", code="R4")
    foreign = LevelFactory(
        ladder__slug="tpm", ladder__collection=CollectionFactory(slug="other"), slug="l6"
    )
    assert (level.get_absolute_url(), level.key) == ("/ladders/tpm/senior/", "tpm/senior")
    assert (foreign.get_absolute_url(), foreign.key) == ("/ladders/other:tpm/l6/", "other:tpm/l6")
    assert str(level) == "Senior TPM (R4)"
    assert str(foreign) == foreign.title


def test_the_search_finds_a_level_with_its_ladder_and_what_it_does() -> None:
    level = LevelFactory(title="Senior", ladder__title="Reference", ladder__organization="Example")
    ExpectationFactory(level=level, text="Feeds the ravens.")
    assert level.search_title() == "Senior · Reference"
    assert "One team." in level.search_body()
    assert "Feeds the ravens." in level.search_body()
    assert level.collection_id == level.ladder.collection_id
    assert (level.ladder.search_aliases(), level.ladder.search_body()) == (
        "Example",
        "How to read it.",
    )


def test_rows_have_names() -> None:
    level = LevelFactory(title="Senior")
    assert str(LevelRequirementFactory(level=level, skill__title="Risk")) == "Senior · Risk"
    assert str(LevelMoveFactory(from_level=level, to_level__title="Staff")) == "Senior → Staff"
    assert str(ExpectationFactory(text="x" * 100)) == "x" * 80
    assert str(BandFactory(title="Mid")) == "Mid"
