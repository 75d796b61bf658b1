"""The page of the self-assessment against one level."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from assessment.assessment_form import AssessmentForm, FormRow
from assessment.ratings import AssessmentResult, Rating, load_assessed_skills
from content.choices import grouped_choices
from content.text import number_with_noun
from ladders.levels_with_skills import LevelsBySkills, reference_level
from ladders.models import Level
from ladders.requirements import RequirementMatrix
from skills.models import LearningResource, Skill
from skills.wheel import OTHER_SKILLS, SkillWheel, Spoke

#: How many gaps are the focus areas of a result.
MAX_FOCUS_AREAS = 3
#: How many works to learn one skill from a result names.
MAX_RESOURCES = 3


@dataclass(frozen=True)
class Gap:
    """A skill that is still missing, with some works to learn it from."""

    rating: Rating
    resources: Sequence[LearningResource]

    @property
    def skill(self) -> Skill:
        """The missing skill."""
        return self.rating.skill


class AnswerWheel(SkillWheel):
    """A wheel of what a level requires, filled up to the proficiencies that were chosen."""

    def __init__(self, ratings: Sequence[Rating], subject: str) -> None:
        super().__init__([_spoke(rating) for rating in ratings], subject)
        self._answered = sum(bool(rating.value) for rating in ratings)
        self._gaps = sum(rating.missing > 0 for rating in ratings)

    @property
    def sentence(self) -> str:
        """How many answers the wheel shows, for people who do not see the picture."""
        skills = number_with_noun(self._count, "skill")
        return (
            f"Your skills and those required of {self.subject}: {self._answered} of {skills} "
            f"answered, {self._gaps} below the requirement."
        )


def _spoke(rating: Rating) -> Spoke:
    skill = rating.skill
    required, chosen = rating.assessed.required_option, rating.chosen_option
    return Spoke(
        skill.title,
        skill.group.title if skill.group else OTHER_SKILLS,
        rating.assessed.scale_length,
        chosen.rank if chosen else 0,
        required=required.rank if required else 0,
    )


@dataclass(frozen=True)
class FormSection:
    """The rows of one skill group."""

    title: str
    rows: Sequence[FormRow]

    @property
    def has_errors(self) -> bool:
        """Whether an answer is refused."""
        return any(row.rating.errors or row.note.errors for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """Whether every skill has an answer."""
        return all(row.rating.value() for row in self.rows)


class AssessmentPage:
    """What the page of the self-assessment shows.

    :param matrix: the table of the ladder, with ranks of proficiencies.
    :param answers: the answers by name of the field; None before any were sent.
    :param is_loaded: whether the answers come from a file or another level. They are shown to be
        checked, without a result.
    :param error: what was wrong with a file.
    """

    def __init__(
        self,
        level: Level,
        matrix: RequirementMatrix,
        answers: Mapping[str, object] | None,
        *,
        is_loaded: bool = False,
        error: str = "",
    ) -> None:
        self.level = level
        self.error = error
        self.form = AssessmentForm(load_assessed_skills(level, matrix), answers)
        self.result: AssessmentResult | None = None
        self.loaded: AssessmentResult | None = None
        if answers is not None:
            result = AssessmentResult(self.form.ratings)
            if is_loaded:
                self.loaded = result
            else:
                self.result = result

    @property
    def title(self) -> str:
        """The heading of the page."""
        if self.result:
            return f"Self-assessment: {self.level}"
        return f"Self-assessment {self.level}"

    @cached_property
    def sections(self) -> list[FormSection]:
        """The rows of the form by skill group."""
        sections: list[FormSection] = []
        for group, rows in groupby(self.form.rows, key=attrgetter("assessed.skill.group")):
            title = group.title if group else "Other skills" if sections else "Skills"
            sections.append(FormSection(title, list(rows)))
        return sections

    @property
    def open_section(self) -> FormSection:
        """The section that is open: one with errors, or else the first without all answers."""
        for section in self.sections:
            if section.has_errors:
                return section
        for section in self.sections:
            if not section.is_complete:
                return section
        return self.sections[0]

    @cached_property
    def gaps(self) -> list[Gap]:
        """The missing skills, the most urgent first. Two queries."""
        if self.result is None:
            return []
        resources = self._load_resources([rating.skill.pk for rating in self.result.gaps])
        return [Gap(rating, resources[rating.skill.pk]) for rating in self.result.gaps]

    @property
    def focus_areas(self) -> list[Gap]:
        """The most urgent gaps."""
        return self.gaps[:MAX_FOCUS_AREAS]

    @property
    def other_gaps(self) -> list[Gap]:
        """The gaps that are not focus areas."""
        return self.gaps[MAX_FOCUS_AREAS:]

    @property
    def other_gaps_label(self) -> str:
        """The label of the folded gaps."""
        return number_with_noun(len(self.other_gaps), "other gap")

    @property
    def wheel(self) -> SkillWheel | None:
        """What the level requires, filled up to the chosen proficiencies; None without a result."""
        if self.result is None:
            return None
        return AnswerWheel(self.result.ratings, str(self.level))

    @cached_property
    def other_levels(self) -> list[Level]:
        """The levels that the visitor can compare themselves with."""
        return LevelsBySkills.comparable([self.level.key]).with_skills

    @cached_property
    def reference(self) -> Level | None:
        """The reference level of the same band, to be used if this level requires no skills."""
        return reference_level(self.level)

    @property
    def destinations(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Keys and titles of these levels by ladder."""
        return grouped_choices(self.other_levels, attrgetter("ladder"))

    def _load_resources(self, skill_ids: Sequence[int]) -> dict[int, list[LearningResource]]:
        """Read a few works for each skill, by its primary key."""
        resources: dict[int, list[LearningResource]] = defaultdict(list)
        rows = LearningResource.objects.filter(skills__in=skill_ids).shown_on(self.level).distinct()
        for resource in rows.prefetch_related("skills"):
            for skill in resource.skills.all():
                if len(resources[skill.pk]) < MAX_RESOURCES:
                    resources[skill.pk].append(resource)
        return resources
