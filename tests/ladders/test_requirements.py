"""The table of a ladder: the level below each level, what each requires, and what it adds."""

from typing import Any

import pytest

from content.base_models import Status
from ladders.level_order import LevelOrder, load_moves, moves_between
from ladders.models import Ladder, Level, LevelMove
from ladders.requirements import MatrixCell, RequirementMatrix, load_required_skills
from roles.importance import Importance
from skills.models import Skill
from tests.factories import (
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    LevelRequirementFactory,
    SkillFactory,
    SkillGroupFactory,
    step_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Track, Kind = Level.Track, LevelMove.Kind


@pytest.fixture
def ladder() -> Ladder:
    return LadderFactory()


def level(ladder: Ladder, title: str, position: int, **values: Any) -> Level:
    """A level; one whose title begins with M is a manager's."""
    track = Track.MANAGER if title.startswith("M") else Track.INDIVIDUAL
    return LevelFactory(ladder=ladder, title=title, position=position, track=track, **values)


def move(lower: Level, upper: Level, kind: Kind = Kind.PROMOTION) -> None:
    LevelMoveFactory(from_level=lower, to_level=upper, kind=kind)


def need(level: Level, skill: Skill, step: int | None, **values: Any) -> None:
    """Let the level need the skill at this step of its scale, counted from 0; None for no step."""
    LevelRequirementFactory(
        level=level,
        skill=skill,
        proficiency=None if step is None else step_of(skill, step),
        **values,
    )


def matrix_of(ladder: Ladder) -> RequirementMatrix:
    levels = list(Level.objects.filter(ladder=ladder))
    order = LevelOrder(levels, moves_between(levels))
    return RequirementMatrix(order, load_required_skills(levels))


def below(ladder: Ladder) -> dict[str, str]:
    """Which level each level is measured against, by title."""
    matrix = matrix_of(ladder)
    titles = {level.pk: level.title for level in matrix.levels}
    return {titles[key]: lower.title for key, lower in matrix.order.below.items()}


def row(ladder: Ladder, skill: Skill) -> list[tuple[str, str, bool]]:
    """What each level needs of a skill: the step, the change, whether it is carried over."""
    cells = matrix_of(ladder).row(skill).cells
    return [(_step(cell), cell.change, _is_inherited(cell)) for cell in cells]


def _step(cell: MatrixCell) -> str:
    step = cell.requirement and cell.requirement.proficiency
    return step.title if step else "open" if cell.requirement else ""


def _is_inherited(cell: MatrixCell) -> bool:
    return cell.requirement is not None and cell.requirement.inherited_from is not None


def test_without_moves_a_level_stands_on_the_next_lower_of_its_track(ladder: Ladder) -> None:
    for position, title in enumerate(["R1", "R2", "M1", "R3", "M2"]):
        level(ladder, title, position)
    assert below(ladder) == {"R2": "R1", "R3": "R2", "M2": "M1"}


@pytest.mark.parametrize(
    ("tracks", "expected", "is_divided"),
    [
        (["", Track.INDIVIDUAL, ""], {"2": "1", "3": "2"}, False),
        (["", "", Track.MANAGER, ""], {"2": "1", "4": "2"}, True),
        (
            ["", Track.INDIVIDUAL, Track.MANAGER, "", Track.MANAGER],
            {"2": "1", "4": "2", "5": "3"},
            True,
        ),
        ([Track.MANAGER, "", Track.MANAGER], {"2": "1", "3": "2"}, False),
        ([Track.MANAGER, Track.INDIVIDUAL, ""], {"3": "2"}, True),
    ],
)
def test_a_level_without_a_track_continues_the_only_one_or_that_of_individual_contributors(
    ladder: Ladder, tracks: list[str], expected: dict[str, str], is_divided: bool
) -> None:
    for position, track in enumerate(tracks, start=1):
        LevelFactory(ladder=ladder, title=str(position), position=position, track=track)
    assert below(ladder) == expected
    assert matrix_of(ladder).order.has_tracks == is_divided


def test_from_the_top_a_level_without_a_track_stands_on_the_one_below_it(ladder: Ladder) -> None:
    for position, track in enumerate(["", Track.INDIVIDUAL, Track.MANAGER, ""], start=1):
        LevelFactory(ladder=ladder, title=str(position), position=position, track=track)
    move(Level.objects.get(title="2"), Level.objects.get(title="3"), Kind.TRACK_CHANGE)
    assert from_top(ladder) == ["4", "3", "2", "1"]


def test_a_level_of_a_track_includes_what_levels_without_one_below_it_need(ladder: Ladder) -> None:
    skill = SkillFactory()
    need(LevelFactory(ladder=ladder, position=1, track=""), skill, 0)
    LevelFactory(ladder=ladder, position=2, track=Track.INDIVIDUAL, cumulative=True)
    assert row(ladder, skill) == [("Awareness", "", False), ("Awareness", "same", True)]


def test_a_branch_stands_where_its_track_is_entered_and_rejoins_without_a_trace(
    ladder: Ladder,
) -> None:
    r1, r2, m1, r3, m2 = (
        level(ladder, title, n) for n, title in enumerate(["R1", "R2", "M1", "R3", "M2"])
    )
    move(r1, r2)
    move(r2, m1, Kind.TRACK_CHANGE)
    move(r2, r3)
    move(m1, r3, Kind.TRACK_CHANGE)
    move(r3, m1, Kind.TRACK_CHANGE)
    move(m1, m2)
    move(r3, m2, Kind.LATERAL)
    assert below(ladder) == {"R2": "R1", "M1": "R2", "R3": "R2", "M2": "M1"}


def test_a_promotion_counts_before_the_next_lower_level_and_the_shortest_before_the_others(
    ladder: Ladder,
) -> None:
    r1, r2, r2b, r3 = (level(ladder, title, n) for n, title in enumerate(["R1", "R2", "R2b", "R3"]))
    move(r1, r2b)
    assert below(ladder) == {"R2": "R1", "R2b": "R1", "R3": "R2b"}
    move(r1, r3)
    move(r2, r3)
    assert below(ladder) == {"R2": "R1", "R2b": "R1", "R3": "R2"}


def test_loops_of_moves_and_levels_at_one_place_do_not_go_round(ladder: Ladder) -> None:
    skill = SkillFactory()
    r1, r2, r3 = level(ladder, "R1", 1), level(ladder, "R2", 1), level(ladder, "R3", 2)
    for lower, upper in [(r1, r2), (r2, r1), (r2, r3), (r3, r1), (r1, r3)]:
        move(lower, upper)
    Level.objects.update(cumulative=True)
    need(r1, skill, 0)
    need(r2, skill, 0)
    assert below(ladder) in ({"R3": "R2"}, {"R3": "R1"})
    assert [step for step, _, _ in row(ladder, skill)] == ["Awareness"] * 3
    assert len(matrix_of(ladder).order.from_top()) == 3


def test_of_levels_at_the_same_position_none_is_below_the_other(ladder: Ladder) -> None:
    skill = SkillFactory()
    levels = [
        level(ladder, title, position, cumulative=True)
        for title, position in [("R1", 1), ("R2", 2), ("R2 lead", 2), ("R3", 3), ("R3 lead", 3)]
    ]
    need(levels[0], skill, 0)
    need(levels[1], skill, 1)
    assert below(ladder) == {"R2": "R1", "R2 lead": "R1", "R3": "R2", "R3 lead": "R2"}
    assert row(ladder, skill)[1:4] == [
        ("Working", "raised", False),
        ("Awareness", "same", True),
        ("Working", "same", True),
    ]
    assert from_top(ladder) == ["R3 lead", "R3", "R2", "R2 lead", "R1"]


def test_levels_without_a_position_follow_each_other(ladder: Ladder) -> None:
    for title in ["R1", "R2", "R3"]:
        level(ladder, title, 0)
    assert below(ladder) == {"R2": "R1", "R3": "R2"}


def test_moves_from_other_ladders_do_not_count(ladder: Ladder) -> None:
    r1, r2 = level(ladder, "R1", 1), level(ladder, "R2", 2)
    elsewhere = LevelFactory(position=0)
    move(elsewhere, r1)
    LevelMoveFactory(from_level=r2, to_level=elsewhere)
    assert below(ladder) == {"R2": "R1"}
    assert len(load_moves([r1, r2])) == 2
    assert LevelOrder([r1, r2], load_moves([r1, r2])).below == {r2.pk: r1}


def test_a_cell_says_how_it_differs_from_the_level_below(ladder: Ladder) -> None:
    skill = SkillFactory()
    levels = [level(ladder, f"R{n}", n) for n in range(7)]
    for at, step in zip(levels, [None, 1, 1, 3, 2], strict=False):
        need(at, skill, step)
    need(levels[5], SkillFactory(), 0)
    need(levels[6], skill, 0)
    assert row(ladder, skill) == [
        ("open", "", False),
        ("Working", "ungraded", False),
        ("Working", "same", False),
        ("Expert", "raised", False),
        ("Practitioner", "lowered", False),
        ("", "dropped", False),
        ("Awareness", "added", False),
    ]


def test_the_first_level_of_a_ladder_has_nothing_to_differ_from(ladder: Ladder) -> None:
    skill = SkillFactory()
    need(level(ladder, "R1", 1), SkillFactory(), 1)
    need(level(ladder, "R2", 2), skill, 1)
    assert row(ladder, skill) == [("", "", False), ("Working", "added", False)]


def test_nothing_is_added_to_a_level_that_names_no_skills_and_nothing_dropped_by_one(
    ladder: Ladder,
) -> None:
    skill = SkillFactory()
    level(ladder, "R1", 1)
    need(level(ladder, "R2", 2), skill, 1)
    level(ladder, "R3", 3)
    assert row(ladder, skill) == [("", "", False), ("Working", "", False), ("", "", False)]


def test_a_cumulative_level_carries_over_what_it_does_not_state(ladder: Ladder) -> None:
    skill = SkillFactory()
    r1, r2, r3, r4 = (level(ladder, f"R{n}", n, cumulative=n > 1) for n in (1, 2, 3, 4))
    need(level(ladder, "R5", 5), SkillFactory(scale=None), None)
    need(r1, skill, 1)
    need(r3, skill, 2)
    assert row(ladder, skill) == [
        ("Working", "", False),
        ("Working", "same", True),
        ("Practitioner", "raised", False),
        ("Practitioner", "same", True),
        ("", "dropped", False),
    ]
    matrix = matrix_of(ladder)
    assert [needed.inherited_from for needed in matrix.required_skills(r2)] == [r1]
    assert len(matrix.required_skills(Level.objects.get(title="R5"))) == 1
    assert (r4.cumulative, r1.cumulative) == (True, False)


def test_a_cumulative_branch_carries_over_from_where_it_forks(ladder: Ladder) -> None:
    skill = SkillFactory()
    r1, r2, m1 = (
        level(ladder, "R1", 1),
        level(ladder, "R2", 2),
        level(ladder, "M1", 3, cumulative=True),
    )
    move(r1, m1, Kind.TRACK_CHANGE)
    need(r1, skill, 0)
    need(r2, skill, 3)
    assert row(ladder, skill)[2] == ("Awareness", "same", True)


def test_a_cumulative_level_with_nothing_below_carries_nothing(ladder: Ladder) -> None:
    skill = SkillFactory()
    level(ladder, "R1", 1, cumulative=True)
    level(ladder, "R2", 2, cumulative=True)
    need(level(ladder, "R3", 3), skill, 0)
    assert row(ladder, skill)[:2] == [("", "", False), ("", "", False)]


def test_skills_stand_under_their_groups_in_the_editors_order(ladder: Ladder) -> None:
    late, early = SkillGroupFactory(title="A", position=2), SkillGroupFactory(title="B", position=1)
    at = level(ladder, "R1", 1)
    for title, group, position in [
        ("c", late, 1),
        ("b", early, 2),
        ("a", early, 1),
        ("alone", None, 0),
        ("d", late, 1),
    ]:
        need(at, SkillFactory(title=title, group=group, position=position), 1)
    skills = [row.skill for row in matrix_of(ladder).rows]
    assert [(skill.group and skill.group.title, skill.title) for skill in skills] == [
        ("B", "a"),
        ("B", "b"),
        ("A", "c"),
        ("A", "d"),
        (None, "alone"),
    ]


def test_groups_of_one_name_stay_apart(ladder: Ladder) -> None:
    groups = SkillGroupFactory(title="A"), SkillGroupFactory(title="A", slug="a-2")
    at = level(ladder, "R1", 1)
    for position in (1, 2, 3, 4):
        need(at, SkillFactory(group=groups[position % 2], position=position), 1)
    first, second = groups
    shown = [row.skill.group for row in matrix_of(ladder).rows]
    assert shown == [first, first, second, second]


def test_what_is_hidden_is_not_in_the_table(ladder: Ladder) -> None:
    at = level(ladder, "R1", 1)
    hidden = SkillFactory(status=Status.DRAFT)
    need(at, hidden, 1)
    assert matrix_of(ladder).skills == []
    hidden.status = Status.PUBLISHED
    hidden.save()
    assert matrix_of(ladder).skills == [hidden]


def test_a_ladder_without_levels_or_needs_is_an_empty_table(ladder: Ladder) -> None:
    assert (matrix_of(ladder).rows, matrix_of(ladder).order.from_top()) == ([], [])
    at = level(ladder, "R1", 1, code="")
    matrix = matrix_of(ladder)
    assert (matrix.rows, matrix.required_skills(at), matrix.order.from_top()) == ([], [], [at])


def from_top(ladder: Ladder) -> list[str]:
    return [rung.title for rung in matrix_of(ladder).order.from_top()]


def test_from_the_top_a_branch_stands_whole_above_the_rung_it_leaves(ladder: Ladder) -> None:
    titles = ["R1", "R2", "R3", "R4", "M1", "M2"]
    _, r2, _, _, m1, _ = (level(ladder, title, n) for n, title in enumerate(titles))
    move(r2, m1, Kind.TRACK_CHANGE)
    assert from_top(ladder) == ["R4", "R3", "M2", "M1", "R2", "R1"]


def test_from_the_top_tracks_that_nothing_joins_stand_one_above_the_other(ladder: Ladder) -> None:
    for position, title in enumerate(["R1", "M1", "R2", "M2"]):
        level(ladder, title, position)
    assert from_top(ladder) == ["M2", "M1", "R2", "R1"]


def test_from_the_top_a_fork_within_a_track_is_two_pieces_in_their_order(ladder: Ladder) -> None:
    r1, _, r2b, _ = (level(ladder, title, n) for n, title in enumerate(["R1", "R2", "R2b", "R3"]))
    move(r1, r2b)
    assert from_top(ladder) == ["R3", "R2b", "R2", "R1"]


def test_the_step_and_the_importance_come_with_each_requirement(ladder: Ladder) -> None:
    skill = SkillFactory()
    first = level(ladder, "R1", 1)
    need(first, skill, 2, importance=Importance.HELPFUL)
    for with_ranks, rank in ((True, (3, 4)), (False, (None, None))):
        (required,) = load_required_skills([first], with_ranks=with_ranks)
        assert ((required.rank, required.scale_length), required.is_helpful) == (rank, True)


@pytest.mark.parametrize("size", [2, 20])
def test_a_few_queries_make_the_whole_table_whatever_its_size(
    ladder: Ladder, size: int, django_assert_num_queries: Any
) -> None:
    skills = SkillFactory.create_batch(2)
    levels = [level(ladder, f"R{n}", n) for n in range(size)]
    for at in levels:
        for skill in skills:
            need(at, skill, 1)
    for lower, upper in zip(levels, levels[1:], strict=False):
        move(lower, upper)
    with django_assert_num_queries(3):  # levels, moves, needs
        matrix = matrix_of(ladder)
        needs = [cell.requirement for row in matrix.rows for cell in row.cells]
        assert len(matrix.order.from_top()) == size
        assert [needed and needed.proficiency and needed.proficiency.title for needed in needs] == [
            "Working"
        ] * 2 * size


def test_a_very_tall_ladder_is_no_deeper_than_a_low_one(ladder: Ladder) -> None:
    skill = SkillFactory()
    Level.objects.bulk_create(
        Level(ladder=ladder, slug=f"r{n}", title=f"R{n}", position=n, cumulative=True)
        for n in range(1_100)
    )
    need(Level.objects.get(position=0), skill, 1)
    matrix = matrix_of(ladder)
    top = matrix.levels[-1]
    assert matrix.order.from_top()[0] == top
    assert _is_inherited(matrix.cell(top, skill))
