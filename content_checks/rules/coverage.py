"""Whether questions cover what reference ladders require, and sets what their levels require."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

from content_checks.findings import Problem, rule
from content_checks.level_profiles import level_profile
from content_checks.pack_rows import PackRow, PackRows, column_texts
from content_checks.role_profiles import role_profile
from content_checks.rules.completeness import (
    is_for_interviewers,
    is_of_reference_ladder,
    rows_without,
)

#: Two candidates who talk to each other get different questions; the third is for a candidate who
#: was asked both before.
MIN_QUESTIONS = 3

#: A skill and a band.
SkillBand = tuple[str, str]


def question_counts(pack: PackRows) -> Counter[SkillBand]:
    """How many questions of interviewers test each skill at each band."""
    counts: Counter[SkillBand] = Counter()
    for question in filter(is_for_interviewers, pack["questions"]):
        counts.update(product(_skills_of(question), _bands_of(pack, question)))
    return counts


def required_proficiencies(pack: PackRows) -> dict[SkillBand, str]:
    """The highest proficiency that levels of reference ladders require as essential."""
    proficiencies = [row.key.rpartition("/")[2] for row in pack["proficiencies"]]
    ranks = {name: proficiencies.index(name) for name in proficiencies}
    highest: dict[SkillBand, str] = {}
    for level in filter(is_of_reference_ladder, pack["levels"]):
        for requirement in filter(_is_essential, level_profile(pack, level)):
            skill_band = requirement.text("skill"), level.text("band")
            proficiency = requirement.text("proficiency")
            current = highest.setdefault(skill_band, "")
            if proficiency in ranks and ranks[proficiency] >= ranks.get(current, 0):
                highest[skill_band] = proficiency
    return highest


def _is_essential(requirement: PackRow) -> bool:
    """Whether it counts in a loop; a requirement that says nothing of its importance does."""
    return requirement.text("importance") in {"", "essential"}


def _skills_of(question: PackRow) -> set[str]:
    return set(column_texts(question.children["question_skills"], "skill"))


def _bands_of(pack: PackRows, question: PackRow) -> list[str]:
    """The bands of this pack at which a question is asked.

    There are none if the pack has no bands, or if the question names bands of another collection.
    """
    bands = [band.key for band in pack["bands"]]
    first, last = question.text("band_from"), question.text("band_to")
    if not {first, last} <= {"", *bands}:
        return []
    start = bands.index(first) if first else 0
    end = bands.index(last) + 1 if last else len(bands)
    return bands[start:end]


@rule(
    f"A requirement that fewer than {MIN_QUESTIONS} questions probe is judged by feeling, or by a "
    "question everyone knows."
)
def question_coverage(pack: PackRows) -> Iterator[Problem]:
    """Reports requirements of reference ladders with too few questions, and untested skills."""
    counts = question_counts(pack)
    for skill_key, band in required_proficiencies(pack):
        count = counts[skill_key, band]
        if count < MIN_QUESTIONS:
            questions = "1 question probes" if count == 1 else f"{count or 'no'} questions probe"
            yield pack.find("skills", skill_key), f"{questions} it at the band {band}"
    tested: set[str] = set()
    for question in filter(is_for_interviewers, pack["questions"]):
        tested |= _skills_of(question)
    yield from rows_without(tested, pack["skills"], "no question probes it")


@rule(
    "A loop that leaves a requirement untested may do so, if it says so where its interviewers "
    "read it."
)
def sets_cover_their_level(pack: PackRows) -> Iterator[Problem]:
    """Reports skills that the level of an onsite set requires and the set does not test or name."""
    for question_set in filter(_is_onsite, pack["question_sets"]):
        untested = _skills_required_by(pack, question_set) - _skills_tested_by(pack, question_set)
        for skill in sorted(untested):
            if f"/skills/{skill}/" not in question_set.text("intro"):
                yield question_set, f"neither tests {skill} nor says in its intro that it does not"


def _is_onsite(question_set: PackRow) -> bool:
    return question_set.text("stage") == "onsite"


def _skills_tested_by(pack: PackRows, question_set: PackRow) -> set[str]:
    """The skills of all questions in the sections of a question set."""
    skills: set[str] = set()
    for section in question_set.children["set_sections"]:
        for item in section.children["set_items"]:
            question = pack.find("questions", item.text("question"))
            if question:
                skills |= _skills_of(question)
    return skills


def _skills_required_by(pack: PackRows, question_set: PackRow) -> set[str]:
    """The essential skills of the level of a question set; without a level, of its role."""
    level = pack.find("levels", question_set.text("level"))
    role = pack.find("roles", question_set.text("role"))
    requirements: list[PackRow] = []
    if level:
        requirements = level_profile(pack, level)
    elif role:
        requirements = role_profile(pack, role)
    return set(column_texts(filter(_is_essential, requirements), "skill"))


def coverage_table(pack: PackRows) -> list[str]:
    """Lines with the initial of the required proficiency and the number of questions.

    There is a line for each skill and a column for each band.
    """
    counts = question_counts(pack)
    cells: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (skill, band), proficiency in required_proficiencies(pack).items():
        cells[skill][band] = f"{proficiency[:1].upper()} {counts[skill, band]:>2}"
    bands = [band.key for band in pack["bands"]]
    width = max(map(len, cells), default=0)
    lines = [" " * width + "".join(f"{band:>12}" for band in bands)]
    for row in pack["skills"]:
        if row.key in cells:
            row_cells = [f"{cells[row.key].get(band, '·'):>12}" for band in bands]
            lines.append(f"{row.key:<{width}}" + "".join(row_cells))
    return lines
