"""How packs map to role families, roles, requirements and moves."""

from packs.pack_tables import Part, Table
from roles.models import FamilyRequirement, Role, RoleFamily, RoleMove, SkillRequirement

REQUIREMENT_COLUMNS = (
    "proficiency importance measured_level measured_importance note position".split()
)

FAMILY_REQUIREMENTS = Table(
    "family_requirements",
    FamilyRequirement,
    REQUIREMENT_COLUMNS,
    identity=("skill",),
    parent="family",
)
ROLE_FAMILIES = Table(
    "role_families",
    RoleFamily,
    ("title", "summary", "position"),
    parts={"requirements": Part(FAMILY_REQUIREMENTS)},
)
SKILL_REQUIREMENTS = Table(
    "skill_requirements",
    SkillRequirement,
    REQUIREMENT_COLUMNS,
    identity=("skill",),
    parent="role",
)
ROLES = Table(
    "roles",
    Role,
    (
        "title family featured position aliases summary purpose week responsibilities deliverables "
        "works_with background neighbors body sources reviewed_on change_note noted_on"
    ).split(),
    body="body",
    parts={"requirements": Part(SKILL_REQUIREMENTS)},
)
ROLE_MOVES = Table(
    "role_moves",
    RoleMove,
    ("text", "position"),
    identity=("from_role", "origin", "kind"),
    parent="to_role",
)

TABLES = [ROLE_FAMILIES, FAMILY_REQUIREMENTS, ROLES, SKILL_REQUIREMENTS, ROLE_MOVES]
