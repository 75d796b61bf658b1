"""Whether the levels of a reference ladder say what decides a promotion into them."""

from collections.abc import Iterator

from content.text import number_with_noun
from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRow, PackRows
from content_checks.rules.completeness import is_of_reference_ladder

FEWEST_DECIDING, MOST_DECIDING = 3, 5


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


def _decides(requirement: PackRow) -> bool:
    return requirement.text("decides") == "true"
