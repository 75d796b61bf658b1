"""The self-assessment against a level: the skills it requires, and what the answers mean.

Nothing is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from django.db import models

from ladders.models import Level
from ladders.requirements import RequiredSkill, RequirementMatrix
from roles.importance import Importance
from skills.models import Proficiency, Skill
from skills.proficiencies import Descriptors, load_descriptors


class SpecialAnswer(models.TextChoices):
    """Answers that name no proficiency.

    Their values have an underscore, so that they differ from the slugs of proficiencies.
    """

    NO_OPPORTUNITY = "no_opportunity", "No opportunity yet"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_SURE = "not_sure", "Unsure"


class GapStatus(models.TextChoices):
    """How an answer compares with the requirement, in the order in which results are listed."""

    GAP = "gap", "Gaps"
    NO_OPPORTUNITY = "no_opportunity", "No opportunity yet"
    NOT_SURE = "not_sure", "Unsure"
    BEYOND = "beyond", "Beyond the requirement"
    MET = "met", "As required"
    UNGRADED = "ungraded", "Required, proficiency not stated"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    OPEN = "open", "Not answered"


#: The answer below the first proficiency of a scale.
BELOW_FIRST = "none_yet"
#: The only other answer for a skill without a scale.
WITHOUT_SCALE = "shown_it"
#: Up to how many skills of a level the form describes all proficiencies, and up to how many it
#: describes those next to the required one. With more skills it describes the required one alone.
MAX_ALL_DESCRIBED, MAX_ADJACENT_DESCRIBED = 20, 60


@dataclass(frozen=True)
class Option:
    """One proficiency to choose; `rank` counts from 1 at the lowest."""

    value: str
    title: str
    rank: int
    #: The descriptor as Markdown; empty if there is none.
    text: str = ""
    #: Whether the form shows the text.
    is_described: bool = False
    #: The primary key of the proficiency; None if it is none.
    proficiency_id: int | None = None


@dataclass(frozen=True)
class AssessedSkill:
    """A required skill with the options to choose from, the lowest first.

    The first option, with rank 0, is to be below the first proficiency.
    """

    requirement: RequiredSkill
    options: Sequence[Option]

    @property
    def skill(self) -> Skill:
        """The required skill."""
        return self.requirement.skill

    @property
    def proficiency_options(self) -> Sequence[Option]:
        """The options that are proficiencies."""
        return self.options[1:]

    @property
    def has_long_descriptors(self) -> bool:
        """Whether a descriptor has several lines, of which the form shows the first."""
        return any("\n" in option.text.strip() for option in self.options)

    @property
    def scale_length(self) -> int:
        """The number of proficiencies."""
        return len(self.options) - 1

    @property
    def required_option(self) -> Option | None:
        """The required proficiency; None if the level states none."""
        if self.options[-1].value == WITHOUT_SCALE:
            return self.options[-1]
        required = self.requirement.proficiency
        for option in self.options:
            if required and option.proficiency_id == required.pk:
                return option
        return None


@dataclass(frozen=True)
class Rating:
    """One answer with the evidence for it.

    `value` is the value of an option or of a `SpecialAnswer`, or empty.
    """

    assessed: AssessedSkill
    value: str
    note: str = ""

    @property
    def skill(self) -> Skill:
        """The skill that was assessed."""
        return self.assessed.skill

    @property
    def chosen_option(self) -> Option | None:
        """The chosen option; None for a special answer and without an answer."""
        for option in self.assessed.options:
            if option.value == self.value:
                return option
        return None

    @property
    def next_option(self) -> Option | None:
        """The proficiency above the chosen one."""
        chosen = self.chosen_option
        if chosen is None or chosen.rank == self.assessed.scale_length:
            return None
        return self.assessed.options[chosen.rank + 1]

    @property
    def missing(self) -> int:
        """How many ranks the chosen option is below the required one; negative if above."""
        chosen, required = self.chosen_option, self.assessed.required_option
        if chosen is None or required is None:
            return 0
        return required.rank - chosen.rank

    @property
    def status(self) -> GapStatus:
        """How the answer compares with the requirement."""
        if self.chosen_option is None:
            return GapStatus(self.value or GapStatus.OPEN)
        if self.assessed.required_option is None:
            return GapStatus.UNGRADED
        if self.missing > 0:
            return GapStatus.GAP
        return GapStatus.BEYOND if self.missing < 0 else GapStatus.MET

    @property
    def answer_label(self) -> str:
        """The answer in words."""
        if self.chosen_option:
            return self.chosen_option.title
        return self.status.label

    @property
    def gap_label(self) -> str:
        """How far the answer is from the requirement, in words."""
        if self.missing == 1:
            return "1 proficiency below"
        if self.missing > 1:
            return f"{self.missing} proficiencies below"
        return self.status.label


class AssessmentResult:
    """The result of all answers. There is no score."""

    def __init__(self, ratings: Sequence[Rating]) -> None:
        self.ratings = ratings
        #: The skills without a gap by status.
        self.by_status: dict[GapStatus, list[Rating]] = {status: [] for status in GapStatus}
        for rating in ratings:
            self.by_status[rating.status].append(rating)
        self.answered = len(ratings) - len(self.by_status[GapStatus.OPEN])
        #: Skills with a gap by their importance, the widest gaps first.
        self.gaps = sorted(self.by_status.pop(GapStatus.GAP), key=_urgency)

    @property
    def gaps_note(self) -> str:
        """A sentence about the order of the gaps."""
        importances = {rating.assessed.requirement.importance for rating in self.gaps}
        if importances - {"", Importance.HELPFUL}:
            return (
                "Essential skills first, then expected and helpful ones; within each group, the "
                "widest gaps first."
            )
        if Importance.HELPFUL in importances:
            return "Helpful skills last; within each group, the widest gaps first."
        return "The widest gaps first."


def load_assessed_skills(level: Level, matrix: RequirementMatrix) -> list[AssessedSkill]:
    """Read the skills that a level requires, inherited ones included, with their options.

    Skills come in the order of their groups. Takes three queries.

    :param matrix: the table of the ladder, with ranks of proficiencies.
    """
    required_skills = matrix.required_skills(level)
    skills = [required.skill for required in required_skills]
    rows = Skill.objects.filter(pk__in=[skill.pk for skill in skills])
    scale_ids = dict(rows.values_list("pk", "scale"))
    scales = _load_scales(scale_ids, level)
    descriptors = load_descriptors(skills, level)
    distance = _described_distance(len(required_skills))
    assessed = []
    for required in required_skills:
        scale = scales.get(scale_ids[required.skill.pk], [])
        assessed.append(AssessedSkill(required, _options(required, scale, descriptors, distance)))
    return assessed


def _load_scales(
    scale_ids: Mapping[int, int | None], level: Level
) -> dict[int | None, list[Proficiency]]:
    """Read the proficiencies of each scale, the lowest first."""
    rows = Proficiency.objects.filter(scale__in=[pk for pk in scale_ids.values() if pk])
    scales: dict[int | None, list[Proficiency]] = {}
    for proficiency in rows.shown_on(level).order_by("position", "id"):
        scales.setdefault(proficiency.scale_id, []).append(proficiency)
    return scales


def _described_distance(skills: int) -> float:
    """How many ranks from the required one proficiencies are described in a form of this length."""
    if skills <= MAX_ALL_DESCRIBED:
        return inf
    return 1 if skills <= MAX_ADJACENT_DESCRIBED else 0


def _options(
    required: RequiredSkill,
    scale: Sequence[Proficiency],
    descriptors: Descriptors,
    distance: float,
) -> list[Option]:
    options = [Option(BELOW_FIRST, "None of these yet", 0)]
    for rank, proficiency in enumerate(scale, 1):
        text = descriptors.get((required.skill.pk, proficiency.pk), "")
        is_close = abs(rank - (required.rank or rank)) <= distance
        is_described = bool(text) and is_close
        options.append(
            Option(proficiency.slug, proficiency.title, rank, text, is_described, proficiency.pk)
        )
    if not scale:
        options.append(Option(WITHOUT_SCALE, "I do this", 1))
    return options


def _urgency(rating: Rating) -> tuple[int, int]:
    return rating.assessed.requirement.importance_order, -rating.missing
