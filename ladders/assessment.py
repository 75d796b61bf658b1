"""What a level asks of each skill, and where somebody stands against it by their own account.

Nothing is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from django.db import models

from ladders.matrix import Matrix
from ladders.models import Level
from ladders.needed_skills import Needed
from roles.models import Importance
from skills.models import Proficiency, Skill, SkillDescriptor


class Otherwise(models.TextChoices):
    """Answers that name no step of a scale.

    A slug has no underscore, so no step is called like one of them.
    """

    NO_OPPORTUNITY = "no_opportunity", "No opportunity yet"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_SURE = "not_sure", "Unsure"


class Standing(models.TextChoices):
    """How an answer compares with what the level asks, in the order in which results say it."""

    GAP = "gap", "Still missing"
    NO_OPPORTUNITY = "no_opportunity", "No opportunity yet"
    NOT_SURE = "not_sure", "Unsure"
    BEYOND = "beyond", "Beyond what is asked"
    MET = "met", "As asked"
    UNGRADED = "ungraded", "Asked without a step"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    OPEN = "open", "Not answered"


#: Skills of a level up to which every step of each is described; up to which those next to what is
#: asked for are.
ALL_DESCRIBED, NEAR_DESCRIBED = 20, 60
#: Below the first step of a scale, and the one step of a skill that has no scale.
NONE_YET, SHOWN = "none_yet", "shown_it"


@dataclass(frozen=True)
class Option:
    """One step of a skill to choose, with what it looks like as Markdown."""

    value: str
    title: str
    step: int
    text: str = ""
    #: Whether it stands so near to what is asked for that the form describes it.
    is_near: bool = True


@dataclass(frozen=True)
class Asked:
    """A skill that the level needs, with the steps to choose from, the lowest first."""

    needed: Needed
    options: Sequence[Option]

    @property
    def skill(self) -> Skill:
        """What is asked for."""
        return self.needed.skill

    @property
    def target(self) -> Option | None:
        """The step that the level asks for; none if it names none."""
        if self.options[-1].value == SHOWN:
            return self.options[-1]
        return next((option for option in self.options if option.step == self.needed.step), None)

    @property
    def described(self) -> Sequence[Option]:
        """The steps to choose from; below them there is only not to be at the first."""
        return self.options[1:]

    @property
    def steps(self) -> int:
        """How many there are."""
        return self.options[-1].step

    def option(self, value: str) -> Option | None:
        """The step of this name."""
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True)
class Rating:
    """One answer: a step, one of `Otherwise`, or nothing.

    With it comes the evidence for it in the person's own words.
    """

    asked: Asked
    value: str
    note: str = ""

    @property
    def skill(self) -> Skill:
        """What it is about."""
        return self.asked.skill

    @property
    def own(self) -> Option | None:
        """The step chosen."""
        return self.asked.option(self.value)

    @property
    def missing(self) -> int:
        """Steps from here to what is asked; negative beyond it."""
        own, target = self.own, self.asked.target
        return target.step - own.step if own and target else 0

    @property
    def following(self) -> Option | None:
        """The next step up, which is the nearest thing to work on."""
        own = self.own
        return next(
            (option for option in self.asked.options if own and option.step == own.step + 1), None
        )

    @property
    def standing(self) -> Standing:
        """How it compares with what the level asks."""
        if self.own is None:
            return Standing(self.value or Standing.OPEN)
        if self.asked.target is None:
            return Standing.UNGRADED
        return (
            Standing.GAP
            if self.missing > 0
            else Standing.BEYOND
            if self.missing < 0
            else Standing.MET
        )


class Result:
    """What follows from all answers: where to work, where to look for a chance, what is there.

    No score.
    """

    def __init__(self, ratings: Sequence[Rating]) -> None:
        self.ratings = ratings

    @property
    def by_standing(self) -> dict[Standing, list[Rating]]:
        """The answers that there are of each kind."""
        found = {
            standing: [row for row in self.ratings if row.standing == standing]
            for standing in Standing
        }
        return {standing: rows for standing, rows in found.items() if rows}

    @property
    def gaps(self) -> list[Rating]:
        """What is still missing: desirable skills last, the most steps first."""
        return sorted(self.by_standing.get(Standing.GAP, []), key=_urgency)

    @property
    def has_desirable_gaps(self) -> bool:
        """Whether a desirable skill is among what is still missing."""
        return any(row.asked.needed.importance == Importance.DESIRABLE for row in self.gaps)

    @property
    def answered(self) -> int:
        """How many skills have an answer."""
        return sum(row.standing != Standing.OPEN for row in self.ratings)


def asked_of(level: Level, matrix: Matrix) -> list[Asked]:
    """What the level asks for, with what it includes from below.

    It is in the order of the skill groups, and takes three queries.
    """
    needs = [cell.requirement for cell in matrix.column(level) if cell.requirement]
    scales = dict(
        Skill.objects.filter(pk__in=[need.skill.pk for need in needs]).values_list("pk", "scale")
    )
    steps = _steps(scales.values(), level)
    texts = _texts(scales, level)
    reach = _reach(len(needs))
    return [_asked(need, steps.get(scales[need.skill.pk], []), texts, reach) for need in needs]


def _reach(skills: int) -> float:
    """How far from the step asked for steps are described, so that a long list stays readable."""
    return inf if skills <= ALL_DESCRIBED else 1 if skills <= NEAR_DESCRIBED else 0


def _steps(scales: Iterable[int | None], level: Level) -> dict[int | None, list[Proficiency]]:
    rows = Proficiency.objects.filter(scale__in={scale for scale in scales if scale})
    steps: dict[int | None, list[Proficiency]] = {}
    for row in rows.shown_on(level).order_by("position", "id"):
        steps.setdefault(row.scale_id, []).append(row)
    return steps


def _texts(skills: Iterable[int], level: Level) -> dict[tuple[int, int], str]:
    rows = SkillDescriptor.objects.filter(skill__in=list(skills))
    shown = rows.shown_on(level)
    return {
        (skill, step): text
        for skill, step, text in shown.values_list("skill", "proficiency", "text")
    }


def _asked(
    needed: Needed, steps: Sequence[Proficiency], texts: Mapping[tuple[int, int], str], reach: float
) -> Asked:
    told = []
    for place, row in enumerate(steps, 1):
        is_near = abs(place - (needed.step or place)) <= reach
        told.append(
            Option(row.slug, row.title, place, texts.get((needed.skill.pk, row.pk), ""), is_near)
        )
    return Asked(
        needed,
        [Option(NONE_YET, "None of these yet", 0), *(told or [Option(SHOWN, "I do this", 1)])],
    )


def _urgency(rating: Rating) -> tuple[bool, int]:
    return rating.asked.needed.importance == Importance.DESIRABLE, -rating.missing
