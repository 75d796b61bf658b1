"""Questions as a table.

The columns are declared once, and the rows are read in pieces, so that any number can be written.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import NamedTuple

from django.db.models import QuerySet
from django.http.response import HttpResponseBase

from interviews.models import Question, QuestionSet, SetItem
from interviews.question_facts import Facts, Names, QuestionRows
from packs.tables.table_files import table_response

QUESTIONS_AT_ONCE = 2000
REQUIRED = {None: "", True: "yes", False: "no"}

#: Every column in its order, and what it holds.
COLUMNS = {
    "set": "Title of the question set; empty where questions are listed on their own.",
    "position": (
        "Place of the question in this file, from 1. Where a file comes back with all places "
        "empty, its rows' order counts."
    ),
    "section": "Title of the section of the set.",
    "question": (
        "Identifier of the question: its slug, or collection:slug outside the portal's own "
        "collection."
    ),
    "prompt": "The question as it is asked (Markdown).",
    "kind": "What the question asks for, e.g. Behavioural.",
    "skills": "Skills it probes, one a line, with the proficiency a good answer shows in brackets.",
    "bands": (
        "Bands it is asked at, e.g. Mid, Mid to Staff, Mid and above, Up to Staff; empty where "
        "none is stated."
    ),
    "minutes": "Minutes to plan: those of the set, else those of the question.",
    "required": "yes or no: whether the set asks it in every interview; empty outside a set.",
    "probes": (
        "Follow-ups, one a line: the step of the answer framework, when to ask it in brackets, the "
        "words; further lines of one are indented."
    ),
    "anchor_1": "What a poor answer shows (Markdown).",
    "anchor_2": "What a mixed answer shows (Markdown).",
    "anchor_3": "What a good answer shows (Markdown).",
    "anchor_4": "What an outstanding answer shows (Markdown).",
    "score": "Empty: the interviewer's rating, 1 to 4.",
    "notes": "Empty: the interviewer's evidence.",
    "url": "Address of the question.",
    "collection": "Title of the collection the question belongs to.",
    "licence": "Licence of that collection.",
    "attribution": "How that collection asks to be named.",
    "modified": "What differs from what its publisher offers.",
}


class Place(NamedTuple):
    """Where a question stands: in a section of a set, or in a list."""

    question: int
    section: str = ""
    minutes: int | None = None
    required: bool | None = None


def questions_response(
    questions: QuerySet[Question],
    form: str = "csv",
    *,
    site: str = "",
    raw: bool = False,
    bom: bool = True,
) -> HttpResponseBase:
    """The published ones of these questions, in their order, or as made where none was chosen.

    :param form: of the file; see `table_response`.
    :param site: scheme and host, which make the addresses whole.
    """
    # Eight bytes a question: all that is kept of them, and no cursor stays open while a slow reader
    # reads.
    ordered = questions if questions.query.order_by else questions.order_by("pk")
    keys = array("q", ordered.values_list("pk", flat=True).iterator())
    rows = rows_at((Place(key) for key in keys), site=site)
    return table_response(rows, "questions", form, raw=raw, bom=bom)


def set_response(
    question_set: QuestionSet,
    form: str = "csv",
    *,
    site: str = "",
    raw: bool = False,
    bom: bool = True,
) -> HttpResponseBase:
    """The published questions of one set, in the order in which it asks them."""
    items = (
        SetItem.objects.filter(section__question_set=question_set)
        .published_ignoring("section")
        .in_order()
    )
    places = items.values_list("question", "section__title", "minutes", "required")
    rows = rows_at((Place(*place) for place in places), site=site, title=question_set.title)
    return table_response(rows, f"{question_set.slug}-questions", form, raw=raw, bom=bom)


def columns_as_markdown() -> str:
    """The columns as a table for docs/editing.md."""
    lines = [f"| `{name}` | {meaning} |" for name, meaning in COLUMNS.items()]
    return "\n".join(["| column | what it holds |", "| --- | --- |", *lines])


def rows_at(places: Iterable[Place], *, site: str, title: str = "") -> Iterator[list[str]]:
    """The published questions in their places as a table, its heads first."""
    yield list(COLUMNS)
    names, reader = Names(site), QuestionRows()
    numbers = count(1)
    remaining = iter(places)
    while piece := list(islice(remaining, QUESTIONS_AT_ONCE)):
        questions = {row[0]: row for row in reader.read([place.question for place in piece])}
        for place in piece:
            if row := questions.get(place.question):
                yield _row(title, next(numbers), place, names.facts(row))


def _row(title: str, number: int, place: Place, question: Facts) -> list[str]:
    key, prompt, kind, skills, bands, minutes, probes, anchors, url, *provenance = question
    return [
        title,
        str(number),
        place.section,
        key,
        prompt,
        kind,
        skills,
        bands,
        str(place.minutes or minutes or ""),
        REQUIRED[place.required],
        probes,
        *anchors,
        "",
        "",
        url,
        *provenance,
    ]
