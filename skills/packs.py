"""How packs map to scales, skill groups, skills and learning resources."""

from packs.pack_tables import Part, Table
from skills.models import (
    Indicator,
    LearningResource,
    Proficiency,
    Scale,
    Skill,
    SkillDescriptor,
    SkillGroup,
    refuse_rows_on_other_scale,
)


def check_scale(skill: Skill) -> None:
    """Check a skill whose scale a load has changed.

    :raises ValidationError: if rows have steps of the former scale.
    """
    refuse_rows_on_other_scale(skill, skill.scale)


PROFICIENCIES = Table(
    "proficiencies", Proficiency, ("title", "summary", "value", "position"), parent="scale"
)
SCALES = Table("scales", Scale, ("title", "summary"), parts={"proficiencies": Part(PROFICIENCIES)})
SKILL_GROUPS = Table("skill_groups", SkillGroup, ("title", "summary", "parent", "position"))
SKILL_DESCRIPTORS = Table(
    "skill_descriptors", SkillDescriptor, ("text",), identity=("proficiency",), parent="skill"
)
INDICATORS = Table(
    "indicators",
    Indicator,
    ("kind", "text"),
    identity=("proficiency", "position"),
    parent="skill",
    line="text",
)
SKILLS = Table(
    "skills",
    Skill,
    (
        "title group kind scale related featured position aliases summary body artifacts"
        " sources reviewed_on change_note noted_on"
    ).split(),
    body="body",
    parts={
        "descriptors": Part(SKILL_DESCRIPTORS, short=("proficiency", "text")),
        "indicators": Part(INDICATORS),
    },
    final_checks={"scale": check_scale},
)
LEARNING_RESOURCES = Table(
    "learning_resources",
    LearningResource,
    (
        "title kind author year url featured summary skills sources reviewed_on change_note"
        " noted_on"
    ).split(),
)

TABLES = [
    SCALES,
    PROFICIENCIES,
    SKILL_GROUPS,
    SKILLS,
    SKILL_DESCRIPTORS,
    INDICATORS,
    LEARNING_RESOURCES,
]
