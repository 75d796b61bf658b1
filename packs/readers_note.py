"""What readers are told of a load: how many pages it added, changed and archived."""

from collections import Counter
from collections.abc import Iterator, Sequence

from content.base_models import ContentModel
from content.fields import LINE_LENGTH
from content.models import Collection, ContentImport
from packs.pack_tables import Table
from packs.report import Report, shortened
from search.index import Searchable

#: What is counted of a load that changes something.
WRITTEN = {"created", "changed", "moved", "retired"}


def tell_readers(
    report: Report, tables: Sequence[Table], collection: Collection, origin: str = ""
) -> None:
    """Keep what a load has written into a collection, if it has written anything.

    :param origin: where the load came from, for editors.
    """
    if not report.is_empty:
        ContentImport.objects.create(
            collection=collection,
            version=collection.version,
            note=note_of(report, tables),
            origin=shortened(origin, LINE_LENGTH),
            details="\n".join(details_of(report)),
        )


def details_of(report: Report) -> Iterator[str]:
    """A line for each table in which anything was written."""
    for table, counts in report.tallies:
        named = zip(report.tally_names, counts, strict=True)
        written = [f"{count} {name}" for name, count in named if count and name in WRITTEN]
        if written:
            yield f"{table}: {', '.join(written)}"


def has_page(row: ContentModel) -> bool:
    """Whether the row has a page that visitors see once its collection is published."""
    return isinstance(row, Searchable) and all(
        isinstance(each, Collection) for each in row.unpublished_ancestors()
    )


def note_of(report: Report, tables: Sequence[Table]) -> str:
    """A sentence that counts what has a page for visitors; empty if only other pages were written.

    A load that only writes parts of pages changes details.
    """
    paged = [table.name for table in tables if issubclass(table.model, Searchable)]
    counts = {
        "added": report.pages["created"],
        "changed": report.pages["changed"],
        "archived": _total(report.retired, paged),
    }
    parts = [f"{number} {word}" for word, number in counts.items() if number]
    if parts:
        return f"Pages: {', '.join(parts)}."
    is_hidden = _total(report.created, paged) or _total(report.changed, paged)
    return "" if is_hidden else "Details were changed."


def _total(counted: Counter[str], names: Sequence[str]) -> int:
    return sum(counted[name] for name in names)
