"""The columns of question files: what each of them means, its export, and its import.

A new column is added here and nowhere else, unless it needs values that are not fields of
`Question` (see `question_values`) or changes the question set (see `set_layout`).
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import partial

from question_files.cells import (
    CellImport,
    PartsName,
    import_anchors,
    import_bands,
    import_kind,
    import_probes,
    import_skills,
    import_text,
)
from question_files.question_values import ExportRow

#: How an export writes whether a set requires a question. None: not stated, or outside a set.
REQUIRED = {None: "", True: "yes", False: "no"}


@dataclass(frozen=True)
class Column:
    """What all columns have. Each is of one of the classes below, which say what an import does."""

    meaning: str
    _: KW_ONLY
    #: The cell of a row.
    export: Callable[[ExportRow], str]
    #: The fields of `Question` that the export reads from `ExportRow.values`.
    fields: tuple[str, ...] = ()


class IdentifyingColumn(Column):
    """Says which question of which set a row is about, and what the row held when exported."""


class SetColumn(Column):
    """Changes how the set asks the question, see `set_layout`."""


@dataclass(frozen=True)
class QuestionColumn(Column):
    """Changes the question, in all sets that ask it."""

    _: KW_ONLY
    import_cell: CellImport
    #: The parts of the question that the import needs.
    parts: PartsName | None = None


class ReadOnlyColumn(Column):
    """Changes nothing. The report of an import lists edited cells."""


AnyColumn = IdentifyingColumn | SetColumn | QuestionColumn | ReadOnlyColumn


def _minutes(row: ExportRow) -> str:
    """The minutes that the set plans, else those of the question; empty if neither states any."""
    return str(row.placement.minutes or row.values["minutes"] or "")


def _anchor_column(rating: int, meaning: str) -> QuestionColumn:
    name = f"anchor_{rating}"
    return QuestionColumn(
        meaning,
        export=lambda row: row.values[name] or "",
        import_cell=partial(import_anchors, rating),
        parts="anchors",
    )


#: The columns by name, in their order. The version, which is computed from the others, is last.
COLUMNS: dict[str, AnyColumn] = {
    "set": IdentifyingColumn(
        "Title of the question set; empty for questions outside a set.",
        export=lambda row: row.set_title,
    ),
    "position": SetColumn(
        "Position of the question in this file, from 1. If the column is empty when you import "
        "the file, the order of the rows counts.",
        export=lambda row: str(row.position),
    ),
    "section": SetColumn(
        "Title of the section of the set.", export=lambda row: row.placement.section
    ),
    "question": IdentifyingColumn(
        "Identifier of the question: its slug, or collection:slug outside the portal's own "
        "collection.",
        export=lambda row: row.key,
    ),
    "prompt": QuestionColumn(
        "The question as it is asked (Markdown).",
        export=lambda row: row.values["prompt"],
        fields=("prompt",),
        import_cell=partial(import_text, "prompt"),
    ),
    "kind": QuestionColumn(
        "Kind of question, such as Behavioral.",
        export=lambda row: row.labels.kinds[row.values["kind"]],
        fields=("kind",),
        import_cell=import_kind,
    ),
    "skills": QuestionColumn(
        "Skills it tests, one per line, each with the proficiency that a good answer shows in "
        "parentheses.",
        export=lambda row: row.values["skills"] or "",
        import_cell=import_skills,
        parts="skills",
    ),
    "bands": QuestionColumn(
        "Bands it is asked at, such as Mid, Mid to Staff, Mid and above, Up to Staff; empty if "
        "not stated.",
        export=lambda row: row.labels.band_range(row.values["band_from"], row.values["band_to"]),
        fields=("band_from", "band_to"),
        import_cell=import_bands,
    ),
    "minutes": SetColumn(
        "Minutes to plan, from the set or else from the question.",
        export=_minutes,
        fields=("minutes",),
    ),
    "required": SetColumn(
        "yes or no: whether the set asks it in every interview; empty if not stated, and outside "
        "a set.",
        export=lambda row: REQUIRED[row.placement.required],
    ),
    "probes": QuestionColumn(
        "Follow-ups, one per line: the step of the answer framework, when to ask it in "
        "parentheses, and the text; continuation lines are indented.",
        export=lambda row: row.values["probes"] or "",
        import_cell=import_probes,
        parts="probes",
    ),
    "anchor_1": _anchor_column(1, "What a poor answer shows (Markdown)."),
    "anchor_2": _anchor_column(2, "What a mixed answer shows (Markdown)."),
    "anchor_3": _anchor_column(3, "What a good answer shows (Markdown)."),
    "anchor_4": _anchor_column(4, "What an outstanding answer shows (Markdown)."),
    "score": ReadOnlyColumn("To fill in: the interviewer's rating, 1 to 4.", export=lambda row: ""),
    "notes": ReadOnlyColumn("To fill in: the interviewer's evidence.", export=lambda row: ""),
    "url": ReadOnlyColumn("Address of the question.", export=lambda row: row.labels.url(row.key)),
    "collection": ReadOnlyColumn(
        "Title of the collection the question belongs to.",
        export=lambda row: row.collection.title,
    ),
    "license": ReadOnlyColumn(
        "License of that collection.", export=lambda row: row.collection.license
    ),
    "attribution": ReadOnlyColumn(
        "The attribution that the collection requires.",
        export=lambda row: row.collection.attribution,
    ),
    "modified": ReadOnlyColumn(
        "How it differs from the publisher's version.", export=lambda row: row.collection.modified
    ),
    "version": IdentifyingColumn(
        "A code for the content of the row at the export, which lets an import recognize later "
        "edits. Do not change it.",
        export=lambda row: "",
    ),
}

#: The columns whose cells the version of a row is computed from, in their order.
VERSIONED_COLUMNS = tuple(COLUMNS)[:-1]
QUESTION_COLUMNS = {
    name: column for name, column in COLUMNS.items() if isinstance(column, QuestionColumn)
}
READ_ONLY_COLUMNS = {
    name: column for name, column in COLUMNS.items() if isinstance(column, ReadOnlyColumn)
}
#: The fields of `Question` that an export reads.
QUESTION_FIELDS = tuple(field for column in COLUMNS.values() for field in column.fields)


def columns_as_markdown() -> str:
    """The columns as a table for docs/editing.md."""
    lines = ["| column | what it holds |", "| --- | --- |"]
    for name, column in COLUMNS.items():
        lines.append(f"| `{name}` | {column.meaning} |")
    return "\n".join(lines)
