"""The columns of question files, and what an import does with each of them."""

from dataclasses import dataclass
from enum import Enum, auto


class Use(Enum):
    """What an import does with a column."""

    #: Says which question of which set a row is about, and what the export said of it.
    IDENTIFIES = auto()
    #: Changes how the set asks the question.
    SET = auto()
    #: Changes the question, in all sets that ask it.
    QUESTION = auto()
    #: Changes nothing; edited cells are listed in the report.
    READ_ONLY = auto()


@dataclass(frozen=True)
class Column:
    """One column."""

    meaning: str
    use: Use


#: Every column in its order.
COLUMNS = {
    "set": Column(
        "Title of the question set; empty where questions are listed on their own.", Use.IDENTIFIES
    ),
    "position": Column(
        "Place of the question in this file, from 1. Where a file comes back with all places "
        "empty, its rows' order counts.",
        Use.SET,
    ),
    "section": Column("Title of the section of the set.", Use.SET),
    "question": Column(
        "Identifier of the question: its slug, or collection:slug outside the portal's own "
        "collection.",
        Use.IDENTIFIES,
    ),
    "prompt": Column("The question as it is asked (Markdown).", Use.QUESTION),
    "kind": Column("What the question asks for, e.g. Behavioural.", Use.QUESTION),
    "skills": Column(
        "Skills it probes, one a line, with the proficiency a good answer shows in brackets.",
        Use.QUESTION,
    ),
    "bands": Column(
        "Bands it is asked at, e.g. Mid, Mid to Staff, Mid and above, Up to Staff; empty where "
        "none is stated.",
        Use.QUESTION,
    ),
    "minutes": Column("Minutes to plan: those of the set, else those of the question.", Use.SET),
    "required": Column(
        "yes or no: whether the set asks it in every interview; empty outside a set.", Use.SET
    ),
    "probes": Column(
        "Follow-ups, one a line: the step of the answer framework, when to ask it in brackets, the "
        "words; further lines of one are indented.",
        Use.QUESTION,
    ),
    "anchor_1": Column("What a poor answer shows (Markdown).", Use.QUESTION),
    "anchor_2": Column("What a mixed answer shows (Markdown).", Use.QUESTION),
    "anchor_3": Column("What a good answer shows (Markdown).", Use.QUESTION),
    "anchor_4": Column("What an outstanding answer shows (Markdown).", Use.QUESTION),
    "score": Column("Empty: the interviewer's rating, 1 to 4.", Use.READ_ONLY),
    "notes": Column("Empty: the interviewer's evidence.", Use.READ_ONLY),
    "url": Column("Address of the question.", Use.READ_ONLY),
    "collection": Column("Title of the collection the question belongs to.", Use.READ_ONLY),
    "licence": Column("Licence of that collection.", Use.READ_ONLY),
    "attribution": Column("How that collection asks to be named.", Use.READ_ONLY),
    "modified": Column("What differs from what its publisher offers.", Use.READ_ONLY),
    "version": Column(
        "What the row held when it was exported, as a code by which an import recognizes edits "
        "made since. Leave it as it is.",
        Use.IDENTIFIES,
    ),
}


def columns_for(use: Use) -> tuple[str, ...]:
    """The names of the columns with this use."""
    return tuple(name for name, column in COLUMNS.items() if column.use is use)


def columns_as_markdown() -> str:
    """The columns as a table for docs/editing.md."""
    lines = [f"| `{name}` | {column.meaning} |" for name, column in COLUMNS.items()]
    return "\n".join(["| column | what it holds |", "| --- | --- |", *lines])
