"""The profiles of roles: what a role requires, with the core profile of its family.

The core profile is what all roles of a family require. A requirement of the role replaces that of
the family for the same skill; what it leaves open, such as the proficiency, is as the family states
it. Everything that shows or compares what roles require reads it here.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet, Value
from django.utils.text import capfirst

from content.models import Collection
from content.querysets import PageRow
from roles.importance import ImportanceMixin
from roles.models import (
    FamilyRequirement,
    Requirement,
    RequirementQuerySet,
    Role,
    RoleFamily,
    SkillRequirement,
)
from skills.models import Proficiency, Skill
from skills.proficiencies import proficiency_ranks

RequirementRow = TypeVar("RequirementRow", SkillRequirement, FamilyRequirement)


@dataclass(frozen=True)
class ProfileSkill(ImportanceMixin):
    """A skill in the profile of a role, with what applies to the role."""

    role: Role
    skill: Skill
    proficiency: Proficiency | None
    #: The proficiency is number `rank` of `scale_length`.
    rank: int | None
    scale_length: int | None
    importance: str
    note: str
    #: What the core profile of the family states; None if the skill is not part of it.
    core: FamilyRequirement | None
    #: Whether the role itself states nothing about the skill.
    is_inherited: bool

    @property
    def is_particular(self) -> bool:
        """Whether the role differs from the core profile in it, or adds a note."""
        has_own_note = not self.is_inherited and bool(self.note)
        return bool(self.change) or has_own_note

    @property
    def direction(self) -> str:
        """Whether the role adds, raises or lowers it; empty if its proficiency is the same."""
        core = self.core
        if core is None:
            return "added"
        if not self.rank or not core.rank or self.rank == core.rank:
            return ""
        return "raised" if self.rank > core.rank else "lowered"

    @property
    def change(self) -> str:
        """How it differs from the core profile, in words; empty if only the note does."""
        core = self.core
        if core is None:
            return "Added"
        changes = []
        if self.direction:
            changes.append(f"{self.direction} from {core.proficiency} to {self.proficiency}")
        elif self.proficiency != core.proficiency:
            changes.append("proficiency not stated in the core profile")
        if self.importance != core.importance:
            changes.append(f"{core.importance or 'importance not stated'} in the core profile")
        return capfirst("; ".join(changes))


#: What one role requires, by skill, in the order of the skill groups.
Profile = Mapping[Skill, ProfileSkill]
#: What each family requires, by its primary key and by skill.
CoreProfiles = Mapping[int | None, Mapping[Skill, FamilyRequirement]]


def load_profiles(roles: Sequence[Role]) -> dict[int, Profile]:
    """Read the profiles of these roles, by the primary key of the role. Two queries.

    :param roles: roles whose visibility the caller has checked.
    """
    own_requirements: dict[int, dict[Skill, SkillRequirement]] = {role.pk: {} for role in roles}
    for own in _shown(SkillRequirement.objects.filter(role__in=roles), roles):
        own_requirements[own.role_id][own.skill] = own
    families = {role.family_id for role in roles if role.family_id}
    cores = _load_cores(families, roles)
    profiles: dict[int, Profile] = {}
    for role in roles:
        own_by_skill, core = own_requirements[role.pk], cores[role.family_id]
        profile = {}
        for skill in sorted({**core, **own_by_skill}, key=_group_order):
            profile[skill] = _merged(role, own_by_skill.get(skill), core.get(skill))
        profiles[role.pk] = profile
    return profiles


def load_profile(role: Role) -> Profile:
    """Read the profile of one role; see `load_profiles`."""
    return load_profiles([role])[role.pk]


def load_core_profiles(families: Iterable[RoleFamily]) -> CoreProfiles:
    """Read the core profiles of these families. One query.

    :param families: families whose visibility the caller has checked.
    """
    rows = list(families)
    return _load_cores([family.pk for family in rows], rows)


def roles_requiring(skill: Skill) -> list[ProfileSkill]:
    """The skill in the profile of each role that requires it, the highest proficiency first.

    Takes one query, which reads only what lists of roles show.

    :param skill: a skill whose visibility the caller has checked.
    """
    own = SkillRequirement.objects.filter(skill=skill).shown_on(skill)
    core = FamilyRequirement.objects.filter(skill=skill).shown_on(skill)
    core = core.filter(Role.shown_on_q([skill], "family__roles__"))
    roles: dict[int, Role] = {}
    own_requirements: dict[int, SkillRequirement] = {}
    core_requirements: dict[int, FamilyRequirement] = {}
    for row in _with_roles(own, "role", False).union(_with_roles(core, "family__roles", True)):
        columns = RequirementOfRole(*row)
        roles[columns.role_id] = columns.role
        if columns.is_core:
            core_requirements[columns.role_id] = columns.fill(FamilyRequirement(skill=skill))
        else:
            own_requirements[columns.role_id] = columns.fill(SkillRequirement(skill=skill))
    rows = []
    for pk, role in roles.items():
        rows.append(_merged(role, own_requirements.get(pk), core_requirements.get(pk)))
    return sorted(rows, key=_proficiency_order)


class RequirementOfRole(NamedTuple):
    """The columns of a requirement together with those of a role to which it applies."""

    is_core: bool
    role_id: int
    title: str
    slug: str
    collection_id: int
    collection_slug: str
    is_home: bool
    importance: str
    proficiency_id: int | None
    proficiency_title: str
    proficiency_position: int
    rank: int | None
    scale_length: int | None

    @property
    def role(self) -> Role:
        """The role with what its title and address need."""
        collection = Collection(
            pk=self.collection_id, slug=self.collection_slug, is_home=self.is_home
        )
        return Role(pk=self.role_id, title=self.title, slug=self.slug, collection=collection)

    def fill(self, requirement: RequirementRow) -> RequirementRow:
        """Set what the columns say on an unsaved requirement."""
        requirement.importance = self.importance
        requirement.rank, requirement.scale_length = self.rank, self.scale_length
        if self.proficiency_id:
            requirement.proficiency = Proficiency(
                pk=self.proficiency_id,
                title=self.proficiency_title,
                position=self.proficiency_position,
            )
        return requirement


def _with_roles(requirements: RequirementQuerySet, role: str, is_core: bool) -> QuerySet:
    """The columns of `RequirementOfRole` for each role that the lookup `role` leads to."""
    requirements = requirements.annotate(is_core=Value(is_core), **proficiency_ranks()).order_by()
    return requirements.values_list(
        "is_core",
        *(f"{role}__{name}" for name in ("pk", "title", "slug")),
        *(f"{role}__collection__{name}" for name in ("pk", "slug", "is_home")),
        "importance",
        *("proficiency", "proficiency__title", "proficiency__position"),
        *("rank", "scale_length"),
    )


def _load_cores(families: Iterable[int], pages: Sequence[PageRow]) -> CoreProfiles:
    cores: defaultdict[int | None, dict[Skill, FamilyRequirement]] = defaultdict(dict)
    for row in _shown(FamilyRequirement.objects.filter(family__in=families), pages):
        cores[row.family_id][row.skill] = row
    return cores


def _shown(requirements: RequirementQuerySet, pages: Sequence[PageRow]) -> RequirementQuerySet:
    """Those that these pages show, with the ranks of their proficiencies."""
    return requirements.shown_on(*pages).with_skills().annotate(**proficiency_ranks())


def _merged(
    role: Role, own: SkillRequirement | None, core: FamilyRequirement | None
) -> ProfileSkill:
    """What applies to a role, of which at least one of both requirements is given."""
    stated: list[Requirement] = [row for row in (own, core) if row is not None]
    graded = next((row for row in stated if row.proficiency), stated[0])
    return ProfileSkill(
        role=role,
        skill=stated[0].skill,
        proficiency=graded.proficiency,
        rank=graded.rank,
        scale_length=graded.scale_length,
        importance=next((row.importance for row in stated if row.importance), ""),
        note=stated[0].note,
        core=core,
        is_inherited=own is None,
    )


def _group_order(skill: Skill) -> tuple[float, str, int]:
    """Sorts skills by their groups; those without a group come last.

    Sorting keeps the order of the skills in each group: those of the core profile, then others.
    """
    group = skill.group
    return (group.position, group.title, group.pk) if group else (math.inf, "", 0)


def _proficiency_order(row: ProfileSkill) -> tuple[float, int, str, int]:
    """Sorts by proficiency, the highest first, then by importance and by the title of the role."""
    position = row.proficiency.position if row.proficiency else -math.inf
    return -position, row.importance_order, row.role.title, row.role.pk
