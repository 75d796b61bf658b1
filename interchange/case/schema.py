"""Where the tables of a pack stand in a CASE package; anchors stand in rubrics."""

from dataclasses import dataclass

from guides.packs import GUIDES
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
from roles.packs import ROLE_FAMILIES, ROLE_MOVES, ROLES, SKILL_REQUIREMENTS
from skills.packs import (
    INDICATORS,
    LEARNING_RESOURCES,
    PROFICIENCIES,
    SCALES,
    SKILL_DESCRIPTORS,
    SKILL_GROUPS,
    SKILLS,
)

#: The one key under `extensions` that is ours.
EXTENSION = "tpm-portal"
CHILD = "isChildOf"
LEVEL = "hasSkillLevel"
RELATED = "isRelatedTo"
ORDER = "precedes"
PART = "isPartOf"
#: Association types by their folded names; 1.0 has them in this spelling, spreadsheets write “Is
#: Child Of”.
TYPES = [
    CHILD,
    "isPeerOf",
    PART,
    "exactMatchOf",
    ORDER,
    RELATED,
    "replacedBy",
    "exemplar",
    LEVEL,
    "isTranslationOf",
]
OTHER_SPELLINGS = {
    "isexactmatchof": "exactMatchOf",
    "isreplacedby": "replacedBy",
    "exemplarof": "exemplar",
}


@dataclass(frozen=True)
class ItemHome:
    """A table whose rows are CFItems."""

    table: Table
    kind: str
    #: Columns that can be the full statement; the first that holds something is it, else the title.
    statements: tuple[str, ...]
    #: The column with the row that this one is a child of.
    parent: str = ""
    #: Columns with rows that are related to this one.
    links: tuple[str, ...] = ()
    keywords: str = ""
    code: str = ""
    #: How a row and its parent are associated; the parent is the origin of a skill level, else the
    #: destination.
    association: str = CHILD

    @property
    def has_title(self) -> bool:
        return "title" in self.table.columns


@dataclass(frozen=True)
class LinkHome:
    """A table whose rows are CFAssociations between two rows of other tables."""

    table: Table
    association: str
    origin: str
    destination: str


ITEMS = [
    ItemHome(SCALES, "Proficiency Scale", ("summary",)),
    ItemHome(PROFICIENCIES, "Scale Step", ("summary",), parent="scale"),
    ItemHome(SKILL_GROUPS, "Skill Group", ("summary",), parent="parent"),
    ItemHome(
        SKILLS, "Skill", ("body", "summary"), parent="group", links=("related",), keywords="aliases"
    ),
    ItemHome(SKILL_DESCRIPTORS, "Proficiency Level", ("text",), parent="skill", association=LEVEL),
    ItemHome(INDICATORS, "Indicator", ("text",), parent="skill"),
    ItemHome(LEARNING_RESOURCES, "Learning Resource", ("summary",), links=("skills",)),
    ItemHome(ROLE_FAMILIES, "Role Family", ("summary",)),
    ItemHome(ROLES, "Role", ("purpose", "summary", "body"), parent="family", keywords="aliases"),
    ItemHome(BANDS, "Band", ("summary",)),
    ItemHome(LADDERS, "Ladder", ("summary", "body"), links=("role", "other_roles")),
    ItemHome(LEVELS, "Level", ("summary", "body"), parent="ladder", code="code"),
    ItemHome(EXPECTATIONS, "Expectation", ("text",), parent="level", links=("skill", "group")),
    ItemHome(ANSWER_FRAMEWORKS, "Answer Framework", ("summary", "body")),
    ItemHome(ANSWER_STEPS, "Answer Step", ("candidate", "interviewer"), parent="framework"),
    ItemHome(QUESTIONS, "Question", ("prompt",), links=("roles",)),
    ItemHome(PROBES, "Probe", ("text",), parent="question"),
    ItemHome(QUESTION_SETS, "Question Set", ("summary", "intro"), links=("role", "level")),
    ItemHome(SET_SECTIONS, "Question Set Section", ("script",), parent="question_set"),
    ItemHome(GUIDES, "Guide", ("body",), links=("roles", "skills", "ladders")),
]
LINKS = [
    LinkHome(SKILL_REQUIREMENTS, RELATED, "role", "skill"),
    LinkHome(ROLE_MOVES, ORDER, "from_role", "to_role"),
    LinkHome(LEVEL_REQUIREMENTS, RELATED, "level", "skill"),
    LinkHome(LEVEL_MOVES, ORDER, "from_level", "to_level"),
    LinkHome(QUESTION_SKILLS, RELATED, "question", "skill"),
    LinkHome(SET_ITEMS, PART, "question", "section"),
]
ITEM_HOMES = {home.table.name: home for home in ITEMS}
LINK_HOMES = {home.table.name: home for home in LINKS}


def folded(name: str) -> str:
    """A name without case, blanks, hyphens and underscores."""
    return "".join(letter for letter in name.casefold() if letter not in " -_\u00a0")


TYPE_NAMES = {folded(name): name for name in TYPES} | OTHER_SPELLINGS
KINDS = {folded(home.kind): home for home in ITEMS}
