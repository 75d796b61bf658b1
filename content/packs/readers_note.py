"""What readers are told of a load: how many pages it added, changed and archived."""

from collections import Counter
from collections.abc import Sequence

from content.models import Collection, ContentImport
from content.packs.report import Report
from content.packs.tables import Table
from content.search_index import Indexed


def tell_readers(report: Report, tables: Sequence[Table], collection: Collection) -> None:
    """Keep what a load has written into a collection, if it has written anything."""
    if not report.is_empty:
        note = note_of(report, tables)
        ContentImport.objects.create(collection=collection, version=collection.version, note=note)


def note_of(report: Report, tables: Sequence[Table]) -> str:
    """A sentence that counts what has a page; a load that only writes parts of pages changes details."""
    paged = [table.name for table in tables if issubclass(table.model, Indexed)]
    counts = {"added": report.created, "changed": report.changed, "archived": report.retired}
    parts = [f"{total} {word}" for word, counted in counts.items() if (total := _total(counted, paged))]
    return f"Pages: {', '.join(parts)}." if parts else "Details were changed."


def _total(counted: Counter[str], names: Sequence[str]) -> int:
    return sum(counted[name] for name in names)
