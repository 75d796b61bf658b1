"""Questions as a table, which is read in chunks, so that it can have any number of rows."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import count, islice

from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from file_formats.table_files import table_response
from interviews.models import Question, QuestionSet, SetItem
from question_files.columns import COLUMNS, QUESTION_FIELDS, VERSIONED_COLUMNS
from question_files.question_values import Labels, Placement, QuestionReader
from question_files.row_versions import RowVersion

CHUNK_SIZE = 2000


def site_of(request: HttpRequest) -> str:
    """Scheme and host of the portal, which begin the addresses in files."""
    return f"{request.scheme}://{request.get_host()}"


def questions_response(
    questions: QuerySet[Question],
    form: str = "csv",
    *,
    site: str = "",
    raw: bool = False,
    bom: bool = True,
) -> HttpResponseBase:
    """A file of those of these questions that are published.

    They keep their order, and are in the order of creation if they have none.

    :param form: of the file; see `table_response`.
    :param site: scheme and host, which begin the addresses.
    """
    ordered = questions if questions.query.order_by else questions.order_by("pk")
    # Eight bytes for each question are in memory, and no cursor stays open while a slow client
    # reads.
    keys = array("q", ordered.values_list("pk", flat=True).iterator())
    rows = export_rows(map(Placement, keys), site=site)
    return table_response(rows, "questions", form, raw=raw, bom=bom)


def set_response(
    question_set: QuestionSet,
    form: str = "csv",
    *,
    site: str = "",
    raw: bool = False,
    bom: bool = True,
) -> HttpResponseBase:
    """A file of the published questions of a set, in the order in which the set asks them.

    The parameters are those of `questions_response`.
    """
    all_items = SetItem.objects.filter(section__question_set=question_set)
    items = all_items.published_ignoring("section").in_order()
    placements = items.values_list("question", "section__title", "minutes", "required")
    rows = export_rows(
        (Placement(*values) for values in placements),
        site=site,
        set_title=question_set.title,
        last_item=all_items.aggregate(last=Max("pk"))["last"] or 0,
    )
    return table_response(rows, f"{question_set.slug}-questions", form, raw=raw, bom=bom)


def export_rows(
    placements: Iterable[Placement], *, site: str, set_title: str = "", last_item: int = 0
) -> Iterator[list[str]]:
    """The names of the columns, then a row for each placement of a published question.

    :param last_item: see `RowVersion`.
    """
    yield list(COLUMNS)
    exports = [COLUMNS[name].export for name in VERSIONED_COLUMNS]
    labels = Labels(site)
    reader = QuestionReader(QUESTION_FIELDS)
    positions = count(1)
    remaining = iter(placements)
    while chunk := list(islice(remaining, CHUNK_SIZE)):
        questions = reader.read([placement.question for placement in chunk])
        for placement in chunk:
            values = questions.get(placement.question)
            # It may have been hidden since the placements were read.
            if values is None:
                continue
            position = next(positions)
            row = labels.row(set_title, position, placement, values)
            cells = [export(row) for export in exports]
            yield [*cells, str(RowVersion.of(cells, position, last_item))]
