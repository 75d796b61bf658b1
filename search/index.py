"""Writes the search entries: one for each published row of `Searchable` models, and no other."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from content.change_tracking import ChangedRows
from content.markdown import plain_text
from content.models import Collection
from search.models import SearchEntry, SearchWord
from search.text import words_of

#: Rows whose entries are written with one statement.
BATCH_SIZE = 500
#: Rows of one kind that the page of a collection counts at most.
MAX_COUNTED = 1000
#: Characters of a body that are indexed; PostgreSQL bounds the size of an entry.
BODY_LENGTH = 200_000
#: Lengths of words in the vocabulary; no one types longer ones.
WORD_LENGTHS = range(2, 41)
#: The columns that the vocabulary is made of.
TEXT_COLUMNS = ("title", "aliases", "summary", "body")
WRITTEN_COLUMNS = [
    "url",
    "title",
    "aliases",
    "summary",
    "body",
    "collection",
    "changed_at",
    "change_note",
    "noted_on",
]


class Searchable(models.Model):
    """Mixin of models whose rows the search finds.

    They are `TitleHistoryMixin`, have a `summary` and a `collection_id`.
    """

    #: The word in addresses that the search groups and filters by, e.g. ``role``. It is one word
    #: that no other kind has, because SQLite searches for it like for any word. Readers see the
    #: verbose name of the model.
    search_kind: ClassVar[str]
    #: The URL name of their list, which can be filtered by collection; empty if there is none.
    search_list: ClassVar[str] = ""
    #: Relations that `search_body` reads, prefetched with their public rows only.
    indexed_parts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def search_title(self) -> str:
        """The title of the search result."""
        return str(self)

    def search_aliases(self) -> str:
        """Other names, one per line."""
        return ""

    def last_change(self) -> tuple[str, date | None]:
        """The change note and its day; empty if there is none.

        A row without its own note, such as a level, is covered by that of its parent.
        """
        return "", None

    def search_body(self) -> str:
        """All other text that the search finds, as Markdown."""
        return ""


def indexed_models() -> list[Any]:
    """All models whose rows the search finds."""
    return [model for model in apps.get_models() if issubclass(model, Searchable)]


def kind_labels() -> dict[str, str]:
    """The name of each kind, by the word in addresses."""
    return {model.search_kind: str(model._meta.verbose_name) for model in indexed_models()}


class CountOf(models.Subquery):
    """The number of rows of a queryset."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def counts_by_model(collections: models.QuerySet[Collection]) -> list[tuple[Any, int]]:
    """The models that a collection has public rows of, each with their number.

    ``MAX_COUNTED + 1`` stands for any larger number. One query.

    :param collections: contains this collection only; if it contains none, nothing is counted.
    """
    entries = SearchEntry.objects.filter(collection=models.OuterRef("pk")).order_by().values("pk")
    counts = {}
    for model in indexed_models():
        rows = entries.filter(kind=model.search_kind)[: MAX_COUNTED + 1]
        counts[model.search_kind] = CountOf(rows)
    numbers: Any = collections.values(**counts).first() or {}
    return [
        (model, numbers[model.search_kind])
        for model in indexed_models()
        if numbers.get(model.search_kind)
    ]


def rebuild(touched: ChangedRows, created: ChangedRows) -> None:
    """Update the vocabulary and the entries of all rows that these changes affect.

    :param touched: the rows that were written.
    :param created: those of them that are new. What depends on them was written later, so no one
        has to look for dependent rows.
    """
    existing = {model: keys - created.get(model, set()) for model, keys in touched.items()}
    word_changes: Counter[str] = Counter()
    for model in indexed_models():
        affected = _dependent_keys(model, existing).union(touched.get(model, ()))
        keys = sorted(affected)
        for start in range(0, len(keys), BATCH_SIZE):
            _rebuild_entries(model, keys[start : start + BATCH_SIZE], word_changes)
    SearchWord.objects.change_counts(word_changes)


def rebuild_all() -> None:
    """Write all entries and the vocabulary again."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    all_rows = {
        model: set(model.objects.values_list("pk", flat=True)) for model in indexed_models()
    }
    rebuild(all_rows, created={})


def _dependent_keys(model: Any, touched: ChangedRows) -> set[int]:
    """The rows whose entries contain something of touched rows of other models."""
    keys: set[int] = set()
    for lookup, related in _index_dependencies(model):
        if related_keys := touched.get(related):
            rows = model.objects.filter(**{f"{lookup}__in": related_keys})
            keys.update(rows.order_by().values_list("pk", flat=True))
    return keys


def _index_dependencies(model: Any) -> Iterator[tuple[str, type[models.Model]]]:
    """The relations to parents, those of a row and of its parts, that decide what an entry has."""
    yield from _parent_relations(model)
    for name in model.indexed_parts:
        relation = model._meta.get_field(name)
        yield from _parent_relations(
            relation.related_model, f"{name}__", ignoring=relation.field.name
        )


def _parent_relations(
    model: Any, prefix: str = "", *, ignoring: str = ""
) -> Iterator[tuple[str, type[models.Model]]]:
    """The lookups to the visibility parents of a model and to their parents, with their models."""
    for name in model.visibility_parents:
        if name != ignoring:
            related = model._meta.get_field(name).related_model
            yield f"{prefix}{name}", related
            yield from _parent_relations(related, f"{prefix}{name}__")


def _rebuild_entries(model: Any, keys: list[int], word_changes: Counter[str]) -> None:
    """Write the entries of these rows, and delete those of rows that are no longer public.

    :param word_changes: updated with how many entries more, or fewer, have each word.
    """
    previous = SearchEntry.objects.filter(kind=model.search_kind, object_id__in=keys)
    indexed = set()
    for entry in previous.only("object_id", *TEXT_COLUMNS):
        indexed.add(entry.object_id)
        word_changes.subtract(_vocabulary(entry))
    entries = list(_entries(model, keys))
    if hidden := indexed - {entry.object_id for entry in entries}:
        previous.filter(object_id__in=hidden).delete()
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=WRITTEN_COLUMNS,
    )
    for entry in entries:
        word_changes.update(_vocabulary(entry))


def _vocabulary(entry: SearchEntry) -> set[str]:
    text = " ".join(getattr(entry, name) for name in TEXT_COLUMNS)
    return {word for word in words_of(text) if len(word) in WORD_LENGTHS}


def _entries(model: Any, keys: list[int]) -> Iterator[SearchEntry]:
    """Entries, not yet saved, of those of these rows that are public."""
    rows = model.objects.published().filter(pk__in=keys).order_by()
    for name in model.indexed_parts:
        relation = model._meta.get_field(name)
        part = relation.related_model
        others = [parent for parent in part.visibility_parents if parent != relation.field.name]
        public_parts = part.objects.published()
        if others:
            public_parts = public_parts.select_related(*others)
        rows = rows.prefetch_related(models.Prefetch(name, public_parts))
    for row in rows:
        note, noted_on = row.last_change()
        names = filter(None, [row.search_aliases(), row.former_titles])
        yield SearchEntry(
            kind=row.search_kind,
            object_id=row.pk,
            url=row.get_absolute_url(),
            title=row.search_title(),
            aliases="\n".join(names),
            summary=row.summary,
            body=plain_text(row.search_body())[:BODY_LENGTH],
            collection_id=row.collection_id,
            changed_at=row.changed_at,
            change_note=note,
            noted_on=noted_on,
        )
