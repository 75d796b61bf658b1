"""Which role is meant: a short path of choices by skills that part the roles still possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from roles.comparison import needs_of, rank
from roles.models import Role
from skills.models import Skill

#: A role leans on a skill that it needs at the third of four steps or above.
LEANS = 3
#: So few roles are better read side by side than asked about.
FEW = 2


@dataclass(frozen=True)
class Choice:
    """One question: the roles that lean on the skill, and those that do not."""

    skill: Skill
    leaning: Sequence[Role]
    others: Sequence[Role]
    #: The answers so far as query parameters, with this one.
    more: str
    less: str


class Path:
    """The roles that the answers so far leave, and the question that parts them best.

    Roles that name no skills take no part: nothing is known of what their work leans on.

    :param answers: for the key of a skill, whether the work should lean on it.
    """

    def __init__(self, roles: Sequence[Role], answers: Mapping[str, bool]) -> None:
        self._needs = needs_of(roles)
        roles = [role for role in roles if self._needs[role.pk]]
        skills = {skill.key: skill for needs in self._needs.values() for skill in needs}
        self.answers = {skills[key]: answer for key, answer in answers.items() if key in skills}
        self.left = [
            role
            for role in roles
            if all(self._leans(role, s) == leans for s, leans in self.answers.items())
        ]

    @property
    def choice(self) -> Choice | None:
        """The next question; none if few roles are left, or nothing parts them."""
        choices = [self._choice(skill) for skill in self._skills if skill not in self.answers]
        parting = [choice for choice in choices if choice.leaning and choice.others]
        if len(self.left) <= FEW or not parting:
            return None
        return min(parting, key=lambda choice: abs(len(choice.leaning) - len(choice.others)))

    @property
    def beside(self) -> str:
        """The query parameters of the page that compares the roles left, three at the most."""
        return urlencode(list(zip("abc", [role.key for role in self.left], strict=False)))

    @property
    def _skills(self) -> list[Skill]:
        return list({skill: None for role in self.left for skill in self._needs[role.pk]})

    def _choice(self, skill: Skill) -> Choice:
        leaning = [role for role in self.left if self._leans(role, skill)]
        others = [role for role in self.left if role not in leaning]
        return Choice(
            skill, leaning, others, self._query({skill: True}), self._query({skill: False})
        )

    def _query(self, answer: Mapping[Skill, bool]) -> str:
        given = {**self.answers, **answer}
        return urlencode(
            [("more" if leans else "less", skill.key) for skill, leans in given.items()]
        )

    def _leans(self, role: Role, skill: Any) -> bool:
        return rank(self._needs[role.pk].get(skill)) >= LEANS
