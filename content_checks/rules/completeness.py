"""Whether every row has the columns and child rows that readers expect."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from content.text import number_with_noun
from content_checks.findings import Problem, rule
from content_checks.level_profiles import level_profile
from content_checks.pack_rows import PackRow, PackRows, column_texts
from content_checks.prose import words
from content_checks.role_profiles import role_profile

#: An anchor that says what one would hear and one thing that is missing has about as many.
MIN_ANCHOR_WORDS = 11
MIN_PROBES_WITH_STEP = 2
#: Skills that a role requires, those of the core profile of its family included.
MIN_ROLE_SKILLS = 10
#: Skills that a level of a reference ladder requires, inherited ones included.
MIN_LEVEL_SKILLS = 12
#: Skills at a proficiency that two roles must not have in common.
MIN_ROLE_DIFFERENCES = 8

Condition = Callable[[PackRow], bool]


def is_for_interviewers(question: PackRow) -> bool:
    """Whether a question is asked in interviews, and is not one that candidates ask."""
    return question.text("audience") != "candidate"


def is_of_organization(ladder: PackRow) -> bool:
    """Whether the ladder is that of a real company, so that it needs a source."""
    return bool(ladder.text("organization"))


def is_of_reference_ladder(level: PackRow) -> bool:
    """Whether the ladder is our own, so that no source limits what it says."""
    return level.parent is not None and not is_of_organization(level.parent)


def is_of_organization_ladder(level: PackRow) -> bool:
    """Whether its band is an estimate."""
    return not is_of_reference_ladder(level)


@dataclass(frozen=True)
class RequiredColumns:
    """Columns that rows of a table must fill, separated by spaces."""

    table: str
    columns: str
    #: Which rows of the table; all, if it is None.
    condition: Condition | None = None

    def problems(self, pack: PackRows) -> Iterator[Problem]:
        """A problem for each of these columns that is empty in a row."""
        for row in filter(self.condition, pack[self.table]):
            for column in self.columns.split():
                if not row.values.get(column):
                    yield row, f"has no {column}"


@dataclass(frozen=True)
class RequiredChildren:
    """How many child rows of another table rows of a table must have."""

    table: str
    child_table: str
    minimum: int
    #: Which rows of the table; all, if it is None.
    condition: Condition | None = None

    def problems(self, pack: PackRows) -> Iterator[Problem]:
        """A problem for each row that has too few child rows."""
        child = self.child_table.replace("_", " ").removesuffix("s")
        needed = f"at least {self.minimum} {'is' if self.minimum == 1 else 'are'} needed"
        for row in filter(self.condition, pack[self.table]):
            count = len(row.children[self.child_table])
            if count < self.minimum:
                yield row, f"has {number_with_noun(count, child)}, {needed}"


REQUIRED_COLUMNS = [
    RequiredColumns(
        "roles",
        "family summary purpose week responsibilities deliverables works_with background "
        "neighbors aliases sources reviewed_on",
    ),
    RequiredColumns("skills", "group summary body aliases artifacts sources reviewed_on"),
    RequiredColumns("bands", "summary"),
    RequiredColumns("ladders", "summary body sources reviewed_on"),
    RequiredColumns("ladders", "source_url observed_on confidence", is_of_organization),
    RequiredColumns("levels", "band band_relation summary"),
    RequiredColumns("levels", "band_confidence", is_of_organization_ladder),
    RequiredColumns("levels", "scope autonomy reach years_min body", is_of_reference_ladder),
    RequiredColumns("questions", "summary prompt guidance reviewed_on"),
    RequiredColumns("questions", "avoid minutes band_from band_to", is_for_interviewers),
    RequiredColumns("answer_frameworks", "summary when_to_use pitfalls sources reviewed_on"),
    RequiredColumns("answer_steps", "candidate interviewer"),
    RequiredColumns("question_sets", "summary stage minutes intro outro reviewed_on"),
    RequiredColumns("guides", "audience summary body sources reviewed_on"),
    RequiredColumns("learning_resources", "kind author summary skills"),
    RequiredColumns("role_moves", "text"),
    RequiredColumns("level_moves", "text"),
]
REQUIRED_CHILDREN = [
    RequiredChildren("skills", "skill_descriptors", 4),
    RequiredChildren("levels", "expectations", 8, is_of_reference_ladder),
    RequiredChildren("questions", "question_skills", 1),
    RequiredChildren("questions", "probes", 2, is_for_interviewers),
    RequiredChildren("questions", "anchors", 4, is_for_interviewers),
    RequiredChildren("answer_frameworks", "answer_steps", 3),
    RequiredChildren("question_sets", "set_sections", 1),
    RequiredChildren("set_sections", "set_items", 1),
]


@rule("A page with a hole in it sends its reader elsewhere.")
def required_parts(pack: PackRows) -> Iterator[Problem]:
    """Reports empty columns and missing child rows."""
    requirements: list[RequiredColumns | RequiredChildren]
    requirements = [*REQUIRED_COLUMNS, *REQUIRED_CHILDREN]
    for requirement in requirements:
        yield from requirement.problems(pack)
    for role in pack["roles"]:
        yield from _too_few_skills(role, role_profile(pack, role), MIN_ROLE_SKILLS)
    for level in filter(is_of_reference_ladder, pack["levels"]):
        yield from _too_few_skills(level, level_profile(pack, level), MIN_LEVEL_SKILLS)


def _too_few_skills(row: PackRow, requirements: list[PackRow], minimum: int) -> Iterator[Problem]:
    if len(requirements) < minimum:
        skills = number_with_noun(len(requirements), "skill")
        yield row, f"requires {skills}, at least {minimum} are needed"


@rule(
    "A follow-up that asks for a step of an answer framework tells the interviewer what is still "
    "missing."
)
def probes_with_steps(pack: PackRows) -> Iterator[Problem]:
    """Reports questions with too few probes that name a step."""
    for question in filter(is_for_interviewers, pack["questions"]):
        steps = column_texts(question.children["probes"], "step")
        count = len(list(filter(None, steps)))
        if count < MIN_PROBES_WITH_STEP:
            named = "1 probe names" if count == 1 else f"{count or 'no'} probes name"
            expected = f"at least {MIN_PROBES_WITH_STEP} should"
            yield question, f"{named} the step they ask for, {expected}"


@rule("An anchor of a few words leaves two interviewers to imagine two answers.")
def anchors_that_say_enough(pack: PackRows) -> Iterator[Problem]:
    """Reports short anchors."""
    for anchor in pack["anchors"]:
        length = len(words(anchor.text("text")))
        if length < MIN_ANCHOR_WORDS:
            stated = number_with_noun(length, "word")
            yield anchor, f"says it in {stated}, at least {MIN_ANCHOR_WORDS} are needed"


@rule("A role that no one moves into or out of is missing from the career map.")
def moves_in_and_out(pack: PackRows) -> Iterator[Problem]:
    """Reports roles that no move leads to, and roles that no move starts from."""
    for column, direction in (("to_role", "into"), ("from_role", "out of")):
        roles_with_moves = column_texts(pack["role_moves"], column)
        yield from rows_without(roles_with_moves, pack["roles"], f"no move leads {direction} it")


@rule("A skill without anything to learn it from leaves the reader with a wish.")
def something_to_learn_from(pack: PackRows) -> Iterator[Problem]:
    """Reports skills without learning resources."""
    skills_with_resources: set[str] = set()
    for resource in pack["learning_resources"]:
        skills_with_resources.update(resource.items("skills"))
    yield from rows_without(skills_with_resources, pack["skills"], "no learning resource names it")


@rule("Two roles that need the same of people are one role with two names.")
def roles_that_differ(pack: PackRows) -> Iterator[Problem]:
    """Reports pairs of roles with nearly the same requirements, once for each pair."""
    requirements = {role.key: _requirements_of(pack, role) for role in pack["roles"]}
    for index, role in enumerate(pack["roles"]):
        for earlier in pack["roles"][:index]:
            differences = len(requirements[role.key] ^ requirements[earlier.key])
            if differences < MIN_ROLE_DIFFERENCES:
                message = f"its required skills are nearly those of {earlier.key}"
                yield role, f"{message} ({differences} differences)"


def rows_without(keys: Container[str], rows: Iterable[PackRow], message: str) -> Iterator[Problem]:
    """A problem for each row whose key is not among the keys."""
    for row in rows:
        if row.key not in keys:
            yield row, message


def _requirements_of(pack: PackRows, role: PackRow) -> set[tuple[str, str]]:
    """The skills that a role requires, each with its proficiency."""
    requirements = role_profile(pack, role)
    skills = column_texts(requirements, "skill")
    return set(zip(skills, column_texts(requirements, "proficiency"), strict=True))
