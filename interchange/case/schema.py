"""Which tables of a pack become items of a CASE package, and which become associations.

Anchors of questions are in neither list: they become rubrics (`rubrics.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from guides.packs import GUIDES
from interchange.files import fold
from interviews.packs import (
    ANSWER_FRAMEWORKS,
    ANSWER_STEPS,
    PROBES,
    QUESTION_SETS,
    QUESTION_SKILLS,
    QUESTIONS,
    SET_ITEMS,
    SET_SECTIONS,
)
from ladders.packs import BANDS, EXPECTATIONS, LADDERS, LEVEL_MOVES, LEVEL_REQUIREMENTS, LEVELS
from packs.pack_tables import Table
from roles.packs import FAMILY_REQUIREMENTS, ROLE_FAMILIES, ROLE_MOVES, ROLES, SKILL_REQUIREMENTS
from skills.packs import (
    INDICATORS,
    LEARNING_RESOURCES,
    PROFICIENCIES,
    SCALES,
    SKILL_DESCRIPTORS,
    SKILL_GROUPS,
    SKILLS,
)

#: The portal's key in `extensions` of an object.
EXTENSION = "tpm-portal"

IS_CHILD_OF = "isChildOf"
HAS_SKILL_LEVEL = "hasSkillLevel"
IS_RELATED_TO = "isRelatedTo"
PRECEDES = "precedes"
IS_PART_OF = "isPartOf"
#: The association types of CASE 1.0. Spreadsheets spell them differently, such as “Is Child Of”.
ASSOCIATION_TYPES = [
    IS_CHILD_OF,
    "isPeerOf",
    IS_PART_OF,
    "exactMatchOf",
    PRECEDES,
    IS_RELATED_TO,
    "replacedBy",
    "exemplar",
    HAS_SKILL_LEVEL,
    "isTranslationOf",
]
#: The types by their names, folded; some programs use other names for three of them.
ASSOCIATION_TYPE_NAMES = {fold(name): name for name in ASSOCIATION_TYPES} | {
    "isexactmatchof": "exactMatchOf",
    "isreplacedby": "replacedBy",
    "exemplarof": "exemplar",
}


#: A row of a pack: the name of its table, its location in the package, and its columns.
TableRow = tuple[str, str, Mapping[str, object]]


@dataclass(frozen=True)
class ItemTable:
    """A table whose rows become CFItems."""

    table: Table
    item_type: str
    #: Columns that can be the full statement: the first one with a text is, otherwise the title.
    statement_columns: tuple[str, ...]
    #: The column that names the parent of the item.
    parent_column: str = ""
    #: Columns that name related items.
    related_columns: tuple[str, ...] = ()
    keywords_column: str = ""
    code_column: str = ""
    #: The type of the association with the parent, which is the origin of `hasSkillLevel` and the
    #: destination of `isChildOf`.
    parent_association: str = IS_CHILD_OF

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def has_title(self) -> bool:
        return "title" in self.table.columns


@dataclass(frozen=True)
class AssociationTable:
    """A table whose rows become CFAssociations between rows of other tables."""

    table: Table
    association_type: str
    origin_column: str
    destination_column: str


ITEM_TABLES = [
    ItemTable(SCALES, "Proficiency Scale", ("summary",)),
    ItemTable(PROFICIENCIES, "Proficiency", ("summary",), parent_column="scale"),
    ItemTable(SKILL_GROUPS, "Skill Group", ("summary",), parent_column="parent"),
    ItemTable(
        SKILLS,
        "Skill",
        ("body", "summary"),
        parent_column="group",
        related_columns=("related",),
        keywords_column="aliases",
    ),
    ItemTable(
        SKILL_DESCRIPTORS,
        "Proficiency Level",
        ("text",),
        parent_column="skill",
        parent_association=HAS_SKILL_LEVEL,
    ),
    ItemTable(INDICATORS, "Indicator", ("text",), parent_column="skill"),
    ItemTable(LEARNING_RESOURCES, "Learning Resource", ("summary",), related_columns=("skills",)),
    ItemTable(ROLE_FAMILIES, "Role Family", ("summary",)),
    ItemTable(
        ROLES,
        "Role",
        ("purpose", "summary", "body"),
        parent_column="family",
        keywords_column="aliases",
    ),
    ItemTable(BANDS, "Band", ("summary",)),
    ItemTable(LADDERS, "Ladder", ("summary", "body"), related_columns=("role", "other_roles")),
    ItemTable(LEVELS, "Level", ("summary", "body"), parent_column="ladder", code_column="code"),
    ItemTable(
        EXPECTATIONS,
        "Expectation",
        ("text",),
        parent_column="level",
        related_columns=("skill", "group"),
    ),
    ItemTable(ANSWER_FRAMEWORKS, "Answer Framework", ("summary", "body")),
    ItemTable(ANSWER_STEPS, "Answer Step", ("candidate", "interviewer"), parent_column="framework"),
    ItemTable(QUESTIONS, "Question", ("prompt",), related_columns=("roles",)),
    ItemTable(PROBES, "Probe", ("text",), parent_column="question"),
    ItemTable(
        QUESTION_SETS, "Question Set", ("summary", "intro"), related_columns=("role", "level")
    ),
    ItemTable(SET_SECTIONS, "Question Set Section", ("script",), parent_column="question_set"),
    ItemTable(GUIDES, "Guide", ("body",), related_columns=("roles", "skills", "ladders")),
]
ITEM_TABLES_BY_NAME = {item_table.name: item_table for item_table in ITEM_TABLES}
#: Item types of version 0.2.0, by their tables.
FORMER_ITEM_TYPES = {PROFICIENCIES.name: "Scale Step"}

ASSOCIATION_TABLES = [
    AssociationTable(FAMILY_REQUIREMENTS, IS_RELATED_TO, "family", "skill"),
    AssociationTable(SKILL_REQUIREMENTS, IS_RELATED_TO, "role", "skill"),
    AssociationTable(ROLE_MOVES, PRECEDES, "from_role", "to_role"),
    AssociationTable(LEVEL_REQUIREMENTS, IS_RELATED_TO, "level", "skill"),
    AssociationTable(LEVEL_MOVES, PRECEDES, "from_level", "to_level"),
    AssociationTable(QUESTION_SKILLS, IS_RELATED_TO, "question", "skill"),
    AssociationTable(SET_ITEMS, IS_PART_OF, "question", "section"),
]
ASSOCIATION_TABLES_BY_NAME = {
    association_table.table.name: association_table for association_table in ASSOCIATION_TABLES
}
