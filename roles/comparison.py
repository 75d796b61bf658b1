"""Two or three roles compared by the skills that they require."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from django.db.models import QuerySet

from content.text import number_with_noun
from roles.importance import importance_difference, importance_legend
from roles.models import Role, RoleFamily, RoleMove
from roles.profiles import Profile, ProfileSkill, load_profiles
from skills.models import Skill

#: By how many ranks two roles differ whose importances of a skill differ by one.
IMPORTANCE_SPREAD = 0.25
#: By how many ranks a helpful skill counts less than one that is required.
HELPFUL_DISCOUNT = 0.5
#: The rank of a required skill whose proficiency is not stated.
DEFAULT_RANK = 1
#: The cell of a CSV file for a role that names no skills at all. An empty cell means that the role
#: does not require the skill.
NOT_STATED = "not stated"


@dataclass(frozen=True)
class ComparisonCell:
    """What one role requires of a skill; `mark` says how that differs from the other roles."""

    role: Role
    requirement: ProfileSkill | None
    mark: str

    @property
    def text(self) -> str:
        """The proficiency as a cell of a CSV file; empty if the skill is not required."""
        if self.requirement is None:
            return ""
        proficiency = self.requirement.proficiency
        text = proficiency.title if proficiency else "Not graded"
        importance = self.requirement.importance
        return f"{text} ({importance})" if importance else text


@dataclass(frozen=True)
class ComparisonRow:
    """One skill in all compared roles.

    `spread` is how much the roles are known to differ; see `_spread`.
    """

    skill: Skill
    cells: Sequence[ComparisonCell]
    spread: float

    @property
    def is_core(self) -> bool:
        """Whether it is part of the core profile of each role that requires it."""
        return all(cell.requirement.core for cell in self.cells if cell.requirement)

    @property
    def states_all_proficiencies(self) -> bool:
        """Whether the roles that require it state a proficiency, all of them or none."""
        requirements = [cell.requirement for cell in self.cells if cell.requirement]
        return len({requirement.rank is None for requirement in requirements}) == 1


class RoleComparison:
    """The comparison of two or three roles. Takes two queries, and one for `moves`.

    Only roles that name skills are compared by skills: of the others no one knows whether they
    require one.

    :param roles: roles whose visibility the caller has checked.
    """

    def __init__(self, roles: Sequence[Role]) -> None:
        self.roles = roles
        profiles = load_profiles(roles)
        self.with_skills: list[Role] = []
        self.without_skills: list[Role] = []
        for role in roles:
            named = self.with_skills if profiles[role.pk] else self.without_skills
            named.append(role)
        #: The skills that the roles require differently, the widest difference first.
        self.differing: list[ComparisonRow] = []
        #: The family of all these roles, if they are of one family.
        self.family = _common_family(self.with_skills)
        #: The skills that all roles require alike: those of the core profile of their family, and
        #: others.
        self.shared_core: list[ComparisonRow] = []
        self.shared: list[ComparisonRow] = []
        #: The skills that all roles require, though some state no proficiency to compare.
        self.uncertain: list[ComparisonRow] = []
        for skill in distinct_skills(profiles.values()):
            by_role = {role: profiles[role.pk].get(skill) for role in self.with_skills}
            self._add_row(_row(skill, by_role))
        self.differing.sort(key=attrgetter("spread"), reverse=True)
        stated = chain.from_iterable(profile.values() for profile in profiles.values())
        self.importance_legend = importance_legend(stated)

    @property
    def title(self) -> str:
        """The titles of the roles, separated by commas."""
        return ", ".join(role.title for role in self.roles)

    def _add_row(self, row: ComparisonRow) -> None:
        if row.spread:
            self.differing.append(row)
        elif not row.states_all_proficiencies:
            self.uncertain.append(row)
        elif self.family and row.is_core:
            self.shared_core.append(row)
        else:
            self.shared.append(row)

    @property
    def shared_heading(self) -> str:
        """The heading of the shared skills."""
        if len(self.with_skills) == 1:
            return f"Skills that {self.with_skills[0].title} requires"
        return "Other shared requirements" if self.shared_core else "Shared requirements"

    @property
    def core_summary(self) -> str:
        """How much the roles share of the core profile of their family."""
        shared = number_with_noun(len(self.shared_core), "skill")
        return f"{shared} of the core profile of {self.family}, required by all in the same way"

    @property
    def moves(self) -> QuerySet[RoleMove]:
        """The public moves from one of the roles to another."""
        moves = RoleMove.objects.filter(from_role__in=self.roles, to_role__in=self.roles)
        moves = moves.published().exclude(kind=RoleMove.Kind.RELATED)
        return moves.select_related("from_role", "to_role")

    def csv_rows(self) -> Iterator[Sequence[str]]:
        """Yield the cells of a CSV file: a header, then a row for each skill."""
        yield ["skill", *(role.title for role in self.roles)]
        for row in [*self.differing, *self.uncertain, *self.shared, *self.shared_core]:
            texts = {cell.role: cell.text for cell in row.cells}
            yield [row.skill.title, *(texts.get(role, NOT_STATED) for role in self.roles)]


def distinct_skills(profiles: Iterable[Profile]) -> list[Skill]:
    """Return the skills of several roles, each once, in the order in which they first occur."""
    skills: dict[Skill, None] = {}
    for profile in profiles:
        skills.update(dict.fromkeys(profile))
    return list(skills)


def requirement_weight(requirement: ProfileSkill | None) -> float:
    """How much of a skill is required: its rank, or half a rank less if it is only helpful.

    A skill that is not required weighs 0.
    """
    if requirement is None:
        return 0
    rank = requirement.rank or DEFAULT_RANK
    if requirement.is_helpful:
        return rank - HELPFUL_DISCOUNT
    return rank


def is_higher(requirement: ProfileSkill, other: ProfileSkill) -> bool:
    """Whether it requires a higher proficiency than `other`; False if either states none."""
    if not requirement.rank or not other.rank:
        return False
    return requirement.rank > other.rank


def _common_family(roles: Sequence[Role]) -> RoleFamily | None:
    """The family of several roles; None if they are of different families, or fewer than two."""
    families = {role.family for role in roles}
    return families.pop() if len(roles) > 1 and len(families) == 1 else None


def _row(skill: Skill, by_role: Mapping[Role, ProfileSkill | None]) -> ComparisonRow:
    cells = []
    for role, requirement in by_role.items():
        others = [other for other_role, other in by_role.items() if other_role != role]
        cells.append(ComparisonCell(role, requirement, _mark(requirement, others)))
    return ComparisonRow(skill, cells, _spread(by_role.values()))


def _spread(requirements: Collection[ProfileSkill | None]) -> float:
    """The difference between the highest and the lowest weight; see `requirement_weight`.

    Where all roles require the skill, those that state no proficiency differ in importance at most.
    """
    named = [requirement for requirement in requirements if requirement]
    comparable = list(requirements)
    if len(named) == len(comparable):
        comparable = [requirement for requirement in named if requirement.rank]
    weights = [requirement_weight(requirement) for requirement in comparable]
    spread = max(weights, default=0) - min(weights, default=0)
    return max(spread, IMPORTANCE_SPREAD * importance_difference(named))


def _mark(requirement: ProfileSkill | None, others: Sequence[ProfileSkill | None]) -> str:
    """How the role stands out among the others that name skills; empty if it does not."""
    if requirement is None or not others:
        return ""
    stated = list(filter(None, others))
    if not stated:
        return "only here"
    is_highest = all(is_higher(requirement, other) for other in stated)
    return "higher here" if is_highest else ""
