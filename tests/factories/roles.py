"""Factories of the roles app."""

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory

from roles import models as roles
from roles.importance import Importance
from tests.factories.content import GatedFactory, OwnedFactory, PublishableFactory
from tests.factories.skills import SkillFactory, step_of


class RoleFamilyFactory(OwnedFactory):
    """A heading over roles."""

    class Meta:
        model = roles.RoleFamily

    title = Sequence(lambda n: f"Role family {n:04}")


class RoleFactory(PublishableFactory):
    """A role."""

    class Meta:
        model = roles.Role

    title = Sequence(lambda n: f"Role {n:04}")
    family = SubFactory(RoleFamilyFactory, collection=SelfAttribute("..collection"))
    purpose = "Why it exists."
    responsibilities = "- Answers for the programme."


class SkillRequirementFactory(GatedFactory):
    """A skill that a role needs."""

    class Meta:
        model = roles.SkillRequirement

    role = SubFactory(RoleFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..role.collection"))
    importance = Importance.ESSENTIAL
    proficiency = LazyAttribute(lambda row: step_of(row.skill))


class FamilyRequirementFactory(GatedFactory):
    """A skill that all roles of a family need."""

    class Meta:
        model = roles.FamilyRequirement

    family = SubFactory(RoleFamilyFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..family.collection"))
    importance = Importance.ESSENTIAL
    proficiency = LazyAttribute(lambda row: step_of(row.skill))


class RoleMoveFactory(GatedFactory):
    """A move between two roles; `from_role=None, origin="…"` starts outside."""

    class Meta:
        model = roles.RoleMove

    from_role = SubFactory(RoleFactory)
    to_role = SubFactory(RoleFactory)
    text = "What it takes."
