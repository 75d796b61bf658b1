"""What the page of a role shows, and the questions that lead a reader to the role that fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlencode

from content.text import number_with_noun
from roles.comparison import distinct_skills, requirement_weight
from roles.importance import Importance, ImportanceMixin, importance_legend
from roles.models import FamilyRequirement, Role, RoleFamily, RoleMove
from roles.profiles import ProfileSkill, load_core_profiles, load_profile, load_profiles
from skills.models import Skill
from skills.proficiencies import proficiency_legend
from skills.wheel import SkillWheel, required_wheel

#: The part of its scale from which a role emphasizes a skill: the third proficiency of four.
EMPHASIS = 0.75
#: With so few roles left, the reader compares them rather than answering another question.
FEW_ROLES = 2


@dataclass(frozen=True)
class SkillsOfImportance:
    """Skills of one importance; the label is empty if it is not stated."""

    label: str
    requirements: Sequence[ImportanceMixin]


def group_by_importance(requirements: Iterable[ImportanceMixin]) -> list[SkillsOfImportance]:
    """These requirements by their importance, the greatest first."""
    ordered = sorted(requirements, key=attrgetter("importance_order", "importance"))
    groups = []
    for label, rows in groupby(ordered, key=attrgetter("importance_label")):
        groups.append(SkillsOfImportance(label, list(rows)))
    return groups


class RolePage:
    """What the page of a role shows, apart from what other packages say about the role.

    Takes five queries.

    :param role: a role whose visibility the caller has checked.
    """

    def __init__(self, role: Role) -> None:
        self.role = role
        self.previous: Role | None
        self.next: Role | None
        family = Role.objects.filter(family=role.family)
        self.previous, self.next = family.neighbors(role, "position", "title", "id")
        self.requirements = list(load_profile(role).values())
        particular = [row for row in self.requirements if row.is_particular]
        #: What the role adds to the core profile of its family, or changes in it.
        self.particular = sorted(particular, key=attrgetter("importance_order"))
        #: What the role requires as all roles of its family do.
        self.core_groups = group_by_importance(
            row for row in self.requirements if not row.is_particular
        )
        self.proficiency_legend = proficiency_legend(self.requirements)
        self.importance_legend = importance_legend(self.requirements)
        moves_in = RoleMove.objects.filter(to_role=role).exclude(kind=RoleMove.Kind.RELATED)
        self.moves_in = list(moves_in.shown_on(role).select_related("from_role__collection"))
        self.moves_out: list[RoleMove] = []
        self.related: list[Role] = []
        self._load_moves_out()

    @property
    def has_core_profile(self) -> bool:
        """Whether the family of the role has a core profile."""
        return any(row.core for row in self.requirements)

    @property
    def changed_core_skills(self) -> list[Skill]:
        """The skills of the core profile that are among the particular ones."""
        return [row.skill for row in self.particular if row.core]

    @property
    def essential_core_skills(self) -> list[Skill]:
        """The essential skills of the core profile, apart from those that this role changes."""
        rows = [row for row in self.requirements if not row.is_particular]
        return [row.skill for row in rows if row.importance == Importance.ESSENTIAL]

    @property
    def summary(self) -> str:
        """How many skills the role requires, and how many are essential if that is stated."""
        skills = number_with_noun(len(self.requirements), "skill")
        essential = [row for row in self.requirements if row.importance == Importance.ESSENTIAL]
        return f"{skills}, of which {len(essential)} essential" if essential else skills

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The titles and ids of the parts of the page, apart from those of other packages."""
        role = self.role
        parts: list[tuple[str, str, object]] = [
            ("Purpose", "purpose", role.purpose),
            ("Responsibilities", "responsibilities", role.responsibilities),
            ("Deliverables", "deliverables", role.deliverables),
            ("Required skills", "skills", self.requirements),
            ("Further information", "more", role.body),
            ("A typical week", "week", role.week),
            ("Works with", "works-with", role.works_with),
            ("Typical background", "background", role.background),
            ("How it compares with similar roles", "neighbors", role.neighbors),
            ("Entering this role", "moves-in", self.moves_in),
            ("Next roles", "moves-out", self.moves_out),
            ("Related roles", "related", self.related),
        ]
        return [(title, anchor) for title, anchor, content in parts if content]

    @property
    def wheel(self) -> SkillWheel:
        """The picture of the required skills."""
        return required_wheel(self.requirements, self.role.title)

    @property
    def query(self) -> str:
        """The role as a parameter of the tools."""
        return urlencode({"role": self.role.key})

    @property
    def is_on_career_map(self) -> bool:
        """Whether the career map shows a move of this role."""
        has_moves = bool(self.moves_in or self.moves_out)
        return has_moves and self.role.collection.is_home

    def _load_moves_out(self) -> None:
        moves = RoleMove.objects.filter(from_role=self.role).shown_on(self.role)
        for move in moves.select_related("to_role__collection"):
            if move.kind == RoleMove.Kind.RELATED:
                self.related.append(move.to_role)
            else:
                self.moves_out.append(move)


@dataclass(frozen=True)
class ListedRole:
    """A role in a list, with the skills that it adds to the core profile of its family.

    Skills that are only helpful are left out.
    """

    role: Role
    added_skills: Sequence[Skill]


@dataclass(frozen=True)
class ListedFamily:
    """A family in a list, with its core profile and its roles; None for roles without a family."""

    family: RoleFamily | None
    core: Sequence[FamilyRequirement]
    roles: Sequence[ListedRole]

    @property
    def core_groups(self) -> list["SkillsOfImportance"]:
        """The core profile by importance."""
        return group_by_importance(self.core)

    @property
    def core_summary(self) -> str:
        """What its core profile is called, with the number of its skills."""
        return f"Core profile: {number_with_noun(len(self.core), 'skill')} that all of them require"


def listed_families(roles: Sequence[Role]) -> list[ListedFamily]:
    """These roles under their families. One query, and two if any family has a core profile.

    :param roles: roles whose visibility the caller has checked, ordered by their families.
    """
    cores = load_core_profiles({role.family for role in roles if role.family})
    profiles = load_profiles([role for role in roles if cores[role.family_id]])
    families = []
    for family, roles_of_family in groupby(roles, key=attrgetter("family")):
        listed = []
        for role in roles_of_family:
            rows = profiles.get(role.pk, {}).values()
            added = [row.skill for row in rows if row.core is None and not row.is_helpful]
            listed.append(ListedRole(role, added))
        core = list(cores[listed[0].role.family_id].values())
        families.append(ListedFamily(family, core, listed))
    return families


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

    Roles that name no skills are left out, because their emphasis is not known. Takes two queries.

    :param roles: roles whose visibility the caller has checked.
    :param answers: whether the work should emphasize a skill, by the key of the skill.
    """

    def __init__(self, roles: Sequence[Role], answers: Mapping[str, bool]) -> None:
        self._profiles = load_profiles(roles)
        skills = {skill.key: skill for skill in distinct_skills(self._profiles.values())}
        self.answers = {skills[key]: answers[key] for key in answers if key in skills}
        self.remaining = [role for role in roles if self._profiles[role.pk]]
        for skill, answer in self.answers.items():
            self.remaining = self._answering(skill, answer)

    @property
    def question(self) -> SkillQuestion | None:
        """The next question; None if few roles remain or no skill divides them."""
        if len(self.remaining) <= FEW_ROLES:
            return None
        questions = []
        for skill in distinct_skills(self._profiles[role.pk] for role in self.remaining):
            emphasizing, others = self._answering(skill, True), self._answering(skill, False)
            if set(emphasizing) - set(others) and set(others) - set(emphasizing):
                more_query, less_query = self._query(skill, True), self._query(skill, False)
                questions.append(SkillQuestion(skill, emphasizing, others, more_query, less_query))
        return min(questions, key=attrgetter("imbalance"), default=None)

    @property
    def result_heading(self) -> str:
        """The heading of the roles that remain."""
        return "This one" if len(self.remaining) == 1 else "One of these"

    @property
    def compare_query(self) -> str:
        """The query parameters of the comparison of the remaining roles; empty if one remains."""
        if len(self.remaining) < 2:
            return ""
        return urlencode(dict(zip("abc", map(attrgetter("key"), self.remaining), strict=False)))

    def _answering(self, skill: Skill, answer: bool) -> list[Role]:
        """The remaining roles that emphasize the skill, or those that do not.

        A role that requires it without a proficiency may do either, and is among both.
        """
        answering = []
        for role in self.remaining:
            emphasizes = _emphasizes(self._profiles[role.pk].get(skill))
            if emphasizes is None or emphasizes == answer:
                answering.append(role)
        return answering

    def _query(self, skill: Skill, answer: bool) -> str:
        """All answers as query parameters, with one more."""
        parameters = []
        for answered_skill, emphasizes in {**self.answers, skill: answer}.items():
            parameters.append(("more" if emphasizes else "less", answered_skill.key))
        return urlencode(parameters)


def _emphasizes(requirement: ProfileSkill | None) -> bool | None:
    """Whether a role with this requirement emphasizes the skill; None if that is not known."""
    if requirement is None:
        return False
    if requirement.rank is None or requirement.scale_length is None:
        return None
    return requirement_weight(requirement) >= EMPHASIS * requirement.scale_length
