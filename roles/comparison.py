"""Roles side by side by the skills they need, what separates them most at the top."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roles.models import Importance, Role, RoleMove, SkillRequirement
from skills.models import Skill
from skills.steps import steps

#: A desirable skill counts half a step less than an essential one.
DESIRABLE = 0.5
#: A skill that is needed at no stated proficiency counts like the first step.
UNGRADED = 1


@dataclass(frozen=True)
class Cell:
    """What one role needs of a skill, and whether it stands alone with that."""

    role: Role
    requirement: Any
    mark: str


@dataclass(frozen=True)
class Row:
    """One skill in all roles.

    `spread` is how many steps lie between the role that needs most of it and least.
    """

    skill: Skill
    cells: Sequence[Cell]
    spread: float


class Comparison:
    """Two roles or three. One query for the skills, one for the moves.

    Only roles that name skills are compared by them: what a role leaves out is not known to be
    unneeded.
    """

    def __init__(self, roles: Sequence[Role]) -> None:
        self.roles = roles
        needs = needs_of(roles)
        self.naming = [role for role in roles if needs[role.pk]]
        self.silent = [role for role in roles if role not in self.naming]
        skills = {skill: None for need in needs.values() for skill in need}
        self.rows = [
            _row(skill, {role: needs[role.pk].get(skill) for role in self.naming})
            for skill in skills
        ]

    @property
    def requirements(self) -> list[Any]:
        """What any of the roles needs."""
        return [cell.requirement for row in self.rows for cell in row.cells if cell.requirement]

    @property
    def separating(self) -> list[Row]:
        """What the roles do not share, the widest difference first."""
        return sorted((row for row in self.rows if row.spread), key=lambda row: -row.spread)

    @property
    def shared(self) -> list[Row]:
        """What all of them need alike."""
        return [row for row in self.rows if not row.spread]

    @property
    def moves(self) -> list[RoleMove]:
        """The steps that lead from one of them to another."""
        moves = RoleMove.objects.filter(
            from_role__in=self.roles, to_role__in=self.roles
        ).published()
        return list(
            moves.exclude(kind=RoleMove.Kind.RELATED).select_related("from_role", "to_role")
        )


def needs_of(roles: Sequence[Role]) -> dict[int, dict[Skill, SkillRequirement]]:
    """What each role needs, by its key and by skill, in the order of the skill groups. One query.

    :param roles: whose visibility is checked.
    """
    shown = SkillRequirement.objects.filter(role__in=roles).shown_on(*roles)
    rows = shown.with_skills().annotate(**steps())
    needs: dict[int, dict[Skill, SkillRequirement]] = defaultdict(dict)
    for row in rows:
        needs[row.role_id][row.skill] = row
    return needs


def rank(need: Any) -> float:
    """How much of a skill is needed, in steps of its scale; 0 where it is not needed."""
    if need is None:
        return 0
    return (need.step or UNGRADED) - (DESIRABLE if need.importance == Importance.DESIRABLE else 0)


def is_higher(need: Any, other: Any) -> bool:
    """Whether `need` is at a higher proficiency than `other`; False if one of them states none."""
    return bool(need.step and other.step and need.step > other.step)


def _row(skill: Skill, needs: Mapping[Role, Any]) -> Row:
    ranks = [rank(need) for need in needs.values()]
    cells = [Cell(role, need, _mark(role, needs)) for role, need in needs.items()]
    return Row(skill, cells, max(ranks) - min(ranks))


def _mark(role: Role, needs: Mapping[Role, Any]) -> str:
    """What sets the role apart from the others that name skills."""
    need, others = needs[role], [needs[other] for other in needs if other != role]
    if need is None or not others:
        return ""
    needing = [other for other in others if other]
    if not needing:
        return "only here"
    return "higher here" if all(is_higher(need, other) for other in needing) else ""
