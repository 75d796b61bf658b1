"""Questions that lead a reader to the role that fits: each asks about one skill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from roles.comparison import distinct_skills, load_requirements, requirement_weight
from roles.models import Role
from skills.models import Skill

#: The weight of a requirement from which a role emphasizes a skill: the third proficiency of four.
EMPHASIS = 3
#: With so few roles left, the reader compares them rather than answering another question.
FEW_ROLES = 2


@dataclass(frozen=True)
class SkillQuestion:
    """The question whether the work should emphasize a skill.

    `more_query` and `less_query` hold all answers as query parameters, this one included.
    """

    skill: Skill
    emphasizing: Sequence[Role]
    others: Sequence[Role]
    more_query: str
    less_query: str

    @property
    def imbalance(self) -> int:
        """By how many roles the two answers differ."""
        return abs(len(self.emphasizing) - len(self.others))


class RoleFinder:
    """The roles that the answers so far leave, and the question that divides them best.

    Roles that name no skills are left out, because their emphasis is not known. Takes one query.

    :param roles: roles whose visibility the caller has checked.
    :param answers: whether the work should emphasize a skill, by the key of the skill.
    """

    def __init__(self, roles: Sequence[Role], answers: Mapping[str, bool]) -> None:
        self._requirements = load_requirements(roles)
        self.answers = self._answers_by_skill(answers)
        self.remaining: list[Role] = []
        for role in roles:
            if self._requirements[role.pk] and self._fits(role):
                self.remaining.append(role)

    @property
    def question(self) -> SkillQuestion | None:
        """The next question; None if few roles remain or no skill divides them."""
        if len(self.remaining) <= FEW_ROLES:
            return None
        dividing = []
        for skill in distinct_skills(self._requirements[role.pk] for role in self.remaining):
            question = self._question(skill)
            if skill not in self.answers and question.emphasizing and question.others:
                dividing.append(question)
        return min(dividing, key=lambda question: question.imbalance, default=None)

    @property
    def result_heading(self) -> str:
        """The heading of the roles that remain."""
        return "This one" if len(self.remaining) == 1 else "One of these"

    @property
    def compare_query(self) -> str:
        """The query parameters of the comparison of the remaining roles; empty if one remains."""
        if len(self.remaining) < 2:
            return ""
        keys = [role.key for role in self.remaining]
        return urlencode(list(zip("abc", keys, strict=False)))

    def _answers_by_skill(self, answers: Mapping[str, bool]) -> dict[Skill, bool]:
        skills = {skill.key: skill for skill in distinct_skills(self._requirements.values())}
        return {skills[key]: answer for key, answer in answers.items() if key in skills}

    def _fits(self, role: Role) -> bool:
        """Whether the role agrees with all answers."""
        for skill, answer in self.answers.items():
            if self._emphasizes(role, skill) != answer:
                return False
        return True

    def _question(self, skill: Skill) -> SkillQuestion:
        emphasizing, others = [], []
        for role in self.remaining:
            if self._emphasizes(role, skill):
                emphasizing.append(role)
            else:
                others.append(role)
        more_query, less_query = self._query(skill, True), self._query(skill, False)
        return SkillQuestion(skill, emphasizing, others, more_query, less_query)

    def _query(self, skill: Skill, answer: bool) -> str:
        """All answers as query parameters, with one more."""
        answers = {**self.answers, skill: answer}
        parameters = []
        for answered_skill, emphasizes in answers.items():
            parameters.append(("more" if emphasizes else "less", answered_skill.key))
        return urlencode(parameters)

    def _emphasizes(self, role: Role, skill: Skill) -> bool:
        requirement = self._requirements[role.pk].get(skill)
        return requirement_weight(requirement) >= EMPHASIS
