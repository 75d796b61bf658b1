"""Questions as a table, whose rows are read in pieces, so that any number can be written."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import NamedTuple

from django.db.models import Max, QuerySet
from django.http.response import HttpResponseBase

from interviews.models import Question, QuestionSet, SetItem
from packs.tables.table_files import table_response
from question_files.columns import COLUMNS
from question_files.facts import Facts, Names, QuestionRows
from question_files.row_versions import RECORDED, RowVersion

QUESTIONS_AT_ONCE = 2000
REQUIRED = {None: "", True: "yes", False: "no"}


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
    last_item = SetItem.objects.filter(section__question_set=question_set).aggregate(Max("pk"))
    rows = rows_at(
        (Place(*place) for place in places),
        site=site,
        title=question_set.title,
        last_item=last_item["pk__max"] or 0,
    )
    return table_response(rows, f"{question_set.slug}-questions", form, raw=raw, bom=bom)


def rows_at(
    places: Iterable[Place], *, site: str, title: str = "", last_item: int = 0
) -> Iterator[list[str]]:
    """The published questions in their places as a table, its heads first.

    :param last_item: see `RowVersion`.
    """
    yield list(COLUMNS)
    names, reader = Names(site), QuestionRows()
    numbers = count(1)
    remaining = iter(places)
    while piece := list(islice(remaining, QUESTIONS_AT_ONCE)):
        questions = {row[0]: row for row in reader.read([place.question for place in piece])}
        for place in piece:
            if row := questions.get(place.question):
                number = next(numbers)
                cells = _cells(title, number, place, names.facts(row))
                version = RowVersion.of(cells, number, last_item)
                yield [*[cells[name] for name in RECORDED], str(version)]


def _cells(title: str, number: int, place: Place, question: Facts) -> dict[str, str]:
    """What a row holds in all columns before its version."""
    return question.cells() | {
        "set": title,
        "position": str(number),
        "section": place.section,
        "minutes": str(place.minutes or question.minutes or ""),
        "required": REQUIRED[place.required],
        "score": "",
        "notes": "",
    }
