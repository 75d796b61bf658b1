"""Whether roles and reference levels say what matters most, and what grows from level to level."""

from collections.abc import Iterator
from itertools import pairwise

from content.text import number_with_noun
from content_checks.findings import Problem, rule
from content_checks.level_profiles import level_profile
from content_checks.pack_rows import PackRow, PackRows, column_texts
from content_checks.role_profiles import role_profile
from content_checks.rules.completeness import is_of_reference_ladder

FEWEST_DECIDING, MOST_DECIDING = 3, 5
FEWEST_ESSENTIAL, MOST_ESSENTIAL = 6, 12
#: Skills at the highest proficiency of their scale that a level may require.
MOST_AT_THE_TOP = 10


@rule("A calibration meeting can weigh three to five skills, and only those that are essential.")
def deciding_skills(pack: PackRows) -> Iterator[Problem]:
    """Reports levels with too few or too many deciding skills, and skills that cannot decide.

    A level that marks none is left out.
    """
    for level in filter(is_of_reference_ladder, pack["levels"]):
        deciding = list(filter(_decides, level.children["level_requirements"]))
        if deciding and not FEWEST_DECIDING <= len(deciding) <= MOST_DECIDING:
            marked = number_with_noun(len(deciding), "deciding skill")
            yield level, f"marks {marked}, {FEWEST_DECIDING} to {MOST_DECIDING} are needed"
        for requirement in deciding:
            if requirement.text("importance") != "essential":
                skill = requirement.text("skill")
                yield requirement, f"{skill} decides a promotion but is not essential"


@rule("If everything is essential, no one knows what to test; if nothing is, anything will do.")
def essentials_within_bounds(pack: PackRows) -> Iterator[Problem]:
    """Reports roles and reference levels with too few or too many essential skills.

    Those that state no importance are left out.
    """
    profiles = [(role, role_profile(pack, role)) for role in pack["roles"]]
    for level in filter(is_of_reference_ladder, pack["levels"]):
        profiles.append((level, level_profile(pack, level)))
    for row, requirements in profiles:
        importances = column_texts(requirements, "importance")
        essential = importances.count("essential")
        if any(importances) and not FEWEST_ESSENTIAL <= essential <= MOST_ESSENTIAL:
            counted = number_with_noun(essential, "essential skill")
            yield row, f"has {counted}, {FEWEST_ESSENTIAL} to {MOST_ESSENTIAL} are needed"


@rule("The first page calls these the skills every such role needs.")
def featured_skills_required(pack: PackRows) -> Iterator[Problem]:
    """Reports featured roles that do not require a featured skill."""
    featured = {skill.key for skill in pack["skills"] if _is_featured(skill)}
    for role in filter(_is_featured, pack["roles"]):
        missing = featured - set(column_texts(role_profile(pack, role), "skill"))
        for skill in sorted(missing):
            yield role, f"does not require {skill}, which is featured"


@rule("A promotion never asks for less of a skill.")
def proficiencies_grow(pack: PackRows) -> Iterator[Problem]:
    """Reports reference levels that require less of a skill than the level below on their track."""
    ranks = _proficiency_ranks(pack)
    for ladder in pack["ladders"]:
        for track in ("individual", "manager"):
            levels = _levels_on_track(ladder, track)
            profiles = [(level, _ranks_by_skill(pack, level, ranks)) for level in levels]
            for (lower, before), (higher, after) in pairwise(profiles):
                for skill in sorted(before.keys() & after.keys()):
                    if after[skill] < before[skill]:
                        yield higher, f"requires less of {skill} than {lower.key}"


@rule("Experts set the practice of an organization, and no one does that in every skill.")
def few_skills_at_the_top(pack: PackRows) -> Iterator[Problem]:
    """Reports reference levels that require the highest proficiency in many skills."""
    ranks = _proficiency_ranks(pack)
    if not ranks:
        return
    for level in filter(is_of_reference_ladder, pack["levels"]):
        required = list(_ranks_by_skill(pack, level, ranks).values())
        at_the_top = required.count(max(ranks.values()))
        if at_the_top > MOST_AT_THE_TOP:
            counted = number_with_noun(at_the_top, "skill")
            yield level, f"requires {counted} at the top of their scale, at most {MOST_AT_THE_TOP}"


def _decides(requirement: PackRow) -> bool:
    return requirement.text("decides") == "true"


def _is_featured(row: PackRow) -> bool:
    return row.text("featured").casefold() == "true"


def _levels_on_track(ladder: PackRow, track: str) -> list[PackRow]:
    """The levels of a reference ladder on this track, from the lowest; none of other ladders."""
    levels = []
    for level in ladder.children["levels"]:
        if is_of_reference_ladder(level) and (level.text("track") or "individual") == track:
            levels.append(level)
    return sorted(levels, key=lambda level: level.number("position"))


def _proficiency_ranks(pack: PackRows) -> dict[str, int]:
    """The rank of each proficiency by its slug, from the lowest of its scale."""
    ranks = {}
    for rank, proficiency in enumerate(pack["proficiencies"]):
        ranks[proficiency.key.rpartition("/")[2]] = rank
    return ranks


def _ranks_by_skill(pack: PackRows, level: PackRow, ranks: dict[str, int]) -> dict[str, int]:
    required = {}
    for requirement in level_profile(pack, level):
        proficiency = requirement.text("proficiency")
        if proficiency in ranks:
            required[requirement.text("skill")] = ranks[proficiency]
    return required
