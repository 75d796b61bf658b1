"""Whether there are questions for what the reference ladders require, and sets that ask them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows, Written
from content_checks.rules.completeness import asked_by_interviewers, of_a_reference_ladder

#: Two are needed for two candidates who talk to each other; the third is for the one who was asked
#: both before.
ENOUGH = 3

#: A skill and a band.
Cell = tuple[str, str]


def questions_asked(pack: PackRows) -> Counter[Cell]:
    """How many questions of interviewers probe each skill at each band."""
    asked: Counter[Cell] = Counter()
    for question in filter(asked_by_interviewers, pack["questions"]):
        asked.update(product(_skills_of(question), _bands_of(pack, question)))
    return asked


def skills_required(pack: PackRows) -> dict[Cell, str]:
    """The proficiency that levels of reference ladders ask for, by skill and band.

    It is the highest, if essential.
    """
    steps = [step.key.rpartition("/")[2] for step in pack["proficiencies"]]
    required: dict[Cell, str] = {}
    for level in filter(of_a_reference_ladder, pack["levels"]):
        for need in filter(_is_essential, level.parts["level_requirements"]):
            cell = need.text("skill"), level.text("band")
            proficiencies = {required.get(cell, ""), need.text("proficiency")} & set(steps)
            required[cell] = max(proficiencies, key=steps.index, default="")
    return required


def _is_essential(need: Written) -> bool:
    return need.text("importance") in {"", "essential"}


def _skills_of(question: Written) -> set[str]:
    return {skill.text("skill") for skill in question.parts["question_skills"]}


def _bands_of(pack: PackRows, question: Written) -> list[str]:
    """The bands of this pack at which it is asked.

    There are none where the pack has no bands, or names those of another.
    """
    bands = [band.key for band in pack["bands"]]
    if not bands:
        return []
    first, last = question.text("band_from") or bands[0], question.text("band_to") or bands[-1]
    known = first in bands and last in bands
    return bands[bands.index(first) : bands.index(last) + 1] if known else []


@rule(
    f"A requirement that fewer than {ENOUGH} questions probe is judged by feeling, or by a "
    "question everyone knows."
)
def question_coverage(pack: PackRows) -> Iterator[Fault]:
    asked = questions_asked(pack)
    for skill, band in skills_required(pack):
        if asked[skill, band] < ENOUGH:
            yield (
                pack.find("skills", skill),
                f"{asked[skill, band]} questions probe it at the band {band}",
            )
    probed = {
        skill
        for question in filter(asked_by_interviewers, pack["questions"])
        for skill in _skills_of(question)
    }
    yield from (
        (skill, "no question probes it") for skill in pack["skills"] if skill.key not in probed
    )


@rule(
    "A loop that leaves a requirement untested may do so, if it says so where its interviewers "
    "read it."
)
def sets_cover_their_level(pack: PackRows) -> Iterator[Fault]:
    for whole in pack["question_sets"]:
        if whole.text("stage") == "onsite":
            probed = _probed_by(pack, whole)
            for skill in sorted(_needed_by(pack, whole) - probed):
                if f"/skills/{skill}/" not in whole.text("intro"):
                    yield whole, f"neither tests {skill} nor says in its intro that it does not"


def _probed_by(pack: PackRows, whole: Written) -> set[str]:
    items = [item for section in whole.parts["set_sections"] for item in section.parts["set_items"]]
    questions = [
        question for item in items if (question := pack.find("questions", item.text("question")))
    ]
    return set().union(*map(_skills_of, questions))


def _needed_by(pack: PackRows, whole: Written) -> set[str]:
    """What is essential at the set's level; without a level, for its role."""
    level, role = pack.find("levels", whole.text("level")), pack.find("roles", whole.text("role"))
    needs = (
        level.parts["level_requirements"]
        if level
        else role.parts["skill_requirements"]
        if role
        else []
    )
    return {need.text("skill") for need in needs if _is_essential(need)}


def coverage_table(pack: PackRows) -> list[str]:
    """Skill by band: the proficiency that reference ladders require, and how many questions ask."""
    required, asked = skills_required(pack), questions_asked(pack)
    bands = [band.key for band in pack["bands"]]
    by_skill: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (skill, band), proficiency in required.items():
        by_skill[skill][band] = f"{proficiency[:1].upper()} {asked[skill, band]:>2}"
    width = max(map(len, by_skill), default=0)
    lines = [" " * width + "".join(f"{band:>12}" for band in bands)]
    for skill in (skill.key for skill in pack["skills"] if skill.key in by_skill):
        lines.append(
            f"{skill:<{width}}" + "".join(f"{by_skill[skill].get(band, '·'):>12}" for band in bands)
        )
    return lines
