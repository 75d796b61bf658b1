"""Whether every record has the parts a reader comes for."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows, Written
from content_checks.prose import words

#: What one would hear, and one thing it lacks, take about so many.
ENOUGH_WORDS = 11

Condition = Callable[[Written], bool]


def always(row: Written) -> bool:
    return True


def asked_by_interviewers(question: Written) -> bool:
    return question.text("audience") != "candidate"


def of_a_reference_ladder(level: Written) -> bool:
    """Whether its ladder is no organisation's, so that only we limit what it says."""
    return level.owner is not None and not level.owner.text("organisation")


def of_an_organisation(ladder: Written) -> bool:
    return bool(ladder.text("organisation"))


def of_an_organisations_ladder(level: Written) -> bool:
    """Whether its band is compared with it, and not made from it."""
    return not of_a_reference_ladder(level)


class Needed(NamedTuple):
    """Columns that rows of a table must fill."""

    table: str
    columns: str
    condition: Condition = always


class Counted(NamedTuple):
    """How many parts rows of a table must have at least."""

    table: str
    part: str
    least: int
    condition: Condition = always


COLUMNS = [
    Needed(
        "roles",
        "family summary purpose week responsibilities deliverables works_with background "
        "neighbours aliases sources reviewed_on",
    ),
    Needed("skills", "group summary body aliases artefacts sources reviewed_on"),
    Needed("bands", "summary"),
    Needed("ladders", "summary body sources reviewed_on"),
    Needed("ladders", "source_url observed_on confidence", of_an_organisation),
    Needed("levels", "band band_relation summary"),
    Needed("levels", "band_confidence", of_an_organisations_ladder),
    Needed("levels", "scope autonomy reach years_min body", of_a_reference_ladder),
    Needed("questions", "summary prompt guidance reviewed_on"),
    Needed("questions", "avoid minutes band_from band_to", asked_by_interviewers),
    Needed("answer_frameworks", "summary when_to_use pitfalls sources reviewed_on"),
    Needed("answer_steps", "candidate interviewer"),
    Needed("question_sets", "summary stage minutes intro outro reviewed_on"),
    Needed("guides", "audience summary body sources reviewed_on"),
    Needed("learning_resources", "kind author summary skills"),
    Needed("role_moves", "text"),
    Needed("level_moves", "text"),
]
COUNTS = [
    Counted("roles", "skill_requirements", 10),
    Counted("skills", "skill_descriptors", 4),
    Counted("levels", "level_requirements", 12, of_a_reference_ladder),
    Counted("levels", "expectations", 8, of_a_reference_ladder),
    Counted("questions", "question_skills", 1),
    Counted("questions", "probes", 2, asked_by_interviewers),
    Counted("questions", "anchors", 4, asked_by_interviewers),
    Counted("answer_frameworks", "answer_steps", 3),
    Counted("question_sets", "set_sections", 1),
    Counted("set_sections", "set_items", 1),
]


@rule("A page with a hole in it sends its reader elsewhere.")
def required_parts(pack: PackRows) -> Iterator[Fault]:
    for table, columns, condition in COLUMNS:
        for row in filter(condition, pack[table]):
            yield from (
                (row, f"has no {column}")
                for column in columns.split()
                if not row.values.get(column)
            )
    for table, part, least, condition in COUNTS:
        for row in filter(condition, pack[table]):
            if (there := len(row.parts[part])) < least:
                yield row, f"has {there} {part.replace('_', ' ')}, at least {least} are needed"


@rule(
    "A follow-up that asks for a step of an answer framework tells the interviewer what is still "
    "missing."
)
def probes_with_steps(pack: PackRows) -> Iterator[Fault]:
    for question in filter(asked_by_interviewers, pack["questions"]):
        stepped = [probe for probe in question.parts["probes"] if probe.text("step")]
        if len(stepped) < 2:
            yield question, f"{len(stepped)} probes name the step they ask for, at least 2 should"


@rule("An anchor of a few words leaves two interviewers to imagine two answers.")
def anchors_that_say_enough(pack: PackRows) -> Iterator[Fault]:
    for anchor in pack["anchors"]:
        if (length := len(words(anchor.text("text")))) < ENOUGH_WORDS:
            yield anchor, f"says it in {length} words, at least {ENOUGH_WORDS} are needed"


@rule("A role nobody comes to or goes from stands outside the career map.")
def moves_in_and_out(pack: PackRows) -> Iterator[Fault]:
    for column, way in (("to_role", "into"), ("from_role", "out of")):
        moved = {move.text(column) for move in pack["role_moves"]}
        yield from (
            (role, f"no move leads {way} it") for role in pack["roles"] if role.key not in moved
        )


@rule("A skill without anything to learn it from leaves the reader with a wish.")
def something_to_learn_from(pack: PackRows) -> Iterator[Fault]:
    taught = {
        skill for resource in pack["learning_resources"] for skill in resource.items("skills")
    }
    yield from (
        (skill, "no learning resource names it")
        for skill in pack["skills"]
        if skill.key not in taught
    )


@rule("Two roles that need the same of people are one role with two names.")
def roles_that_differ(pack: PackRows) -> Iterator[Fault]:
    needs = {role.key: _needs(role) for role in pack["roles"]}
    for number, role in enumerate(pack["roles"]):
        for other in pack["roles"][:number]:
            if (apart := len(needs[role.key] ^ needs[other.key])) < 8:
                yield (
                    role,
                    f"its required skills are nearly those of {other.key} ({apart} differences)",
                )


def _needs(role: Written) -> set[tuple[str, str]]:
    return {
        (need.text("skill"), need.text("proficiency")) for need in role.parts["skill_requirements"]
    }
