"""Entries for searches, and the results."""

from django.utils import timezone

from search.models import SearchEntry, SearchWord
from search.results import find_entries
from search.text import words_of
from tests.factories import home_collection

#: Enough words that none is in half of the entries, as in a real collection.
FILLER = "zinc yellow budget notes garden window bridge hill silver mountain river forest".split()


def titles(text: str, kind: str = "") -> list[str]:
    """The titles of what is found, best first."""
    found = find_entries(text, kind)
    return [result.entry.title for result in found.results(found.of_kind(kind))]


def shown(text: str) -> list[tuple[str, str]]:
    """Title and passage of each result, marks in brackets."""
    found = find_entries(text)
    results = found.results(found.of_kind(""))
    return [
        tuple(  # type: ignore[misc]
            "".join(f"[{part.text}]" if part.highlighted else part.text for part in parts)
            for parts in (result.title, result.passage)
        )
        for result in results
    ]


def add_entries(count: int, kind: str = "question", **texts: str) -> None:
    """Entries without rows, where many are needed."""
    start, now, owner = SearchEntry.objects.count(), timezone.now(), home_collection()
    SearchEntry.objects.bulk_create(
        SearchEntry(
            kind=kind,
            object_id=number + 1_000_000,
            url="/",
            collection=owner,
            changed_at=now,
            **{
                "title": f"{FILLER[number % 12]} {number}",
                "body": f"{FILLER[number % 7]} {FILLER[number % 5]}",
            }
            | texts,
        )
        for number in range(start, start + count)
    )
    SearchWord.objects.change_counts(
        dict.fromkeys(words_of(" ".join([*FILLER, *texts.values()])), 1)
    )
