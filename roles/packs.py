"""How packs map to role families, roles, requirements and moves."""

from packs.pack_tables import Part, Table
from roles.models import Role, RoleFamily, RoleMove, SkillRequirement

ROLE_FAMILIES = Table("role_families", RoleFamily, ("title", "summary", "position"))
SKILL_REQUIREMENTS = Table(
    "skill_requirements",
    SkillRequirement,
    ("proficiency", "importance", "measured_level", "measured_importance", "note", "position"),
    identity=("skill",),
    parent="role",
)
ROLES = Table(
    "roles",
    Role,
    (
        "title family featured position aliases summary purpose week responsibilities deliverables "
        "works_with background neighbours body sources reviewed_on change_note noted_on"
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

TABLES = [ROLE_FAMILIES, ROLES, SKILL_REQUIREMENTS, ROLE_MOVES]
