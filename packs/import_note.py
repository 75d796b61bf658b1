"""The public note about a load: how many pages it added, changed and archived."""

from collections import Counter
from collections.abc import Iterator, Sequence

from content.base_models import ContentModel
from content.fields import LINE_LENGTH
from content.models import Collection, ContentImport
from file_formats.errors import shortened
from packs.pack_tables import Table
from packs.report import Report
from search.index import Searchable

#: The names of the counters of rows that were written.
WRITTEN_COUNTERS = ("created", "changed", "moved", "retired")


def create_import_note(
    report: Report, tables: Sequence[Table], collection: Collection, origin: str = ""
) -> None:
    """Store the note about a load into a collection, unless the load has written nothing.

    :param origin: where the load came from, for editors.
    """
    if not report.is_empty:
        ContentImport.objects.create(
            collection=collection,
            version=collection.version,
            note=public_note(report, tables),
            origin=shortened(origin, LINE_LENGTH),
            details="\n".join(_table_lines(report)),
        )


def has_page(row: ContentModel) -> bool:
    """Whether visitors see a page of the row once its collection is published."""
    if not isinstance(row, Searchable):
        return False
    return all(isinstance(parent, Collection) for parent in row.unpublished_ancestors())


def public_note(report: Report, tables: Sequence[Table]) -> str:
    """A sentence with the number of pages; empty if only pages without visitors were written.

    If only parts of pages were written, the sentence says that details were changed.
    """
    with_pages = [table.name for table in tables if issubclass(table.model, Searchable)]
    counts = {
        "added": report.pages["created"],
        "changed": report.pages["changed"],
        "archived": _total(report.retired, with_pages),
    }
    parts = [f"{number} {verb}" for verb, number in counts.items() if number]
    if parts:
        return f"Pages: {', '.join(parts)}."
    if _total(report.created + report.changed, with_pages):
        return ""
    return "Details were changed."


def _table_lines(report: Report) -> Iterator[str]:
    """A line for each table in which anything was written."""
    for table, counts in report.tallies:
        written = [f"{counts[name]} {name}" for name in WRITTEN_COUNTERS if counts.get(name)]
        if written:
            yield f"{table}: {', '.join(written)}"


def _total(counter: Counter[str], tables: Sequence[str]) -> int:
    """How many rows of these tables a counter of the report has."""
    return sum(counter[table] for table in tables)
