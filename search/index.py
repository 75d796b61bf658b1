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
from search.normalization import words_of

CHUNK = 500
#: Rows of one kind that are counted for the page of a collection.
COUNTED = 1000
#: Of a longer text the rest is not found; PostgreSQL bounds what one entry may hold.
BODY_LENGTH = 200_000
#: Longer words are no words that anybody begins to type.
WORD_LENGTHS = range(2, 41)
#: The texts that the words of an entry stand in.
SEARCHED = ("title", "aliases", "summary", "body")
WRITTEN = [
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

    #: The word the search groups and filters by, e.g. ``role``: one word, as in addresses, and of
    #: no other kind, for SQLite looks for it as for any word. What readers see is the model's own
    #: name.
    search_kind: ClassVar[str]
    #: The name of the address of their list, which a collection can narrow; empty if they have
    #: none.
    search_list: ClassVar[str] = ""
    #: Relations that `search_body` reads; it finds the public rows only.
    indexed_parts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def search_title(self) -> str:
        """What the result is called."""
        return str(self)

    def search_aliases(self) -> str:
        """Other names, one a line."""
        return ""

    def last_change(self) -> tuple[str, date | None]:
        """What changed last, in a sentence for readers, and its day; empty where nobody says so.

        What stands in another row, as a level in its ladder, is told of there.
        """
        return "", None

    def search_body(self) -> str:
        """Everything else worth finding, as Markdown."""
        return ""


def indexed_models() -> list[Any]:
    """All models whose rows can be found."""
    return [model for model in apps.get_models() if issubclass(model, Searchable)]


def kind_labels() -> dict[str, str]:
    """What a thing of each kind is called."""
    return {model.search_kind: str(model._meta.verbose_name) for model in indexed_models()}


class CountOf(models.Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def counts_by_model(collection: Collection) -> list[tuple[Any, int]]:
    """The models of what can be found of a collection, each with the number of rows.

    One more than `COUNTED` stands for any number beyond. One query.
    """
    entries = SearchEntry.objects.filter(collection=collection).order_by().values("pk")
    counts = {
        model: CountOf(entries.filter(kind=model.search_kind)[: COUNTED + 1])
        for model in indexed_models()
    }
    named = {model.search_kind: count for model, count in counts.items()}
    found: Any = Collection.objects.filter(pk=collection.pk).values(**named).get()
    return [(model, found[model.search_kind]) for model in counts if found[model.search_kind]]


def rebuild(touched: ChangedRows, created: ChangedRows) -> None:
    """Bring the entries of all rows that these changes may show in, and the vocabulary, up to date.

    :param touched: the rows that were written.
    :param created: those of them that are new: what depends on them was written later, so nobody
        has to look for it.
    """
    known = {model: keys - created.get(model, set()) for model, keys in touched.items()}
    changes: Counter[str] = Counter()
    for model in indexed_models():
        keys = sorted(_dependent_keys(model, known).union(touched.get(model, ())))
        for start in range(0, len(keys), CHUNK):
            _rewrite(model, keys[start : start + CHUNK], changes)
    SearchWord.objects.change_counts(changes)


def rebuild_all() -> None:
    """Write every entry, and the vocabulary, anew."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    rebuild(
        {model: set(model.objects.values_list("pk", flat=True)) for model in indexed_models()},
        created={},
    )


def _dependent_keys(model: Any, touched: ChangedRows) -> set[int]:
    """The rows that show something of touched rows of other models."""
    keys: set[int] = set()
    for lookup, related in _stands_on(model):
        if rows := touched.get(related):
            keys.update(
                model.objects.filter(**{f"{lookup}__in": rows})
                .order_by()
                .values_list("pk", flat=True)
            )
    return keys


def _stands_on(model: Any) -> Iterator[tuple[str, type[models.Model]]]:
    """The relations through which others decide what of a row can be found.

    They are those of its gate and of its parts'.
    """
    yield from _gates(model)
    for name in model.indexed_parts:
        relation = model._meta.get_field(name)
        yield from _gates(relation.related_model, f"{name}__", given=relation.field.name)


def _gates(
    model: Any, prefix: str = "", *, given: str = ""
) -> Iterator[tuple[str, type[models.Model]]]:
    for name in model.visibility_parents:
        if name != given:
            related = model._meta.get_field(name).related_model
            yield f"{prefix}{name}", related
            yield from _gates(related, f"{prefix}{name}__")


def _public_part(model: Any, name: str) -> "models.Prefetch[Any]":
    relation = model._meta.get_field(name)
    return models.Prefetch(name, relation.related_model.objects.published())


def _rewrite(model: Any, keys: list[int], changes: Counter[str]) -> None:
    """Write the entries of these rows anew.

    :param changes: where it is noted how many entries more, or fewer, have each word.
    """
    former = SearchEntry.objects.filter(kind=model.search_kind, object_id__in=keys)
    indexed = set()
    for entry in former.only("object_id", *SEARCHED):
        indexed.add(entry.object_id)
        changes.subtract(_vocabulary(entry))
    parts = [_public_part(model, name) for name in model.indexed_parts]
    rows = model.objects.published().filter(pk__in=keys).order_by().prefetch_related(*parts)
    entries = list(_entries(rows))
    public = {entry.object_id for entry in entries}
    if hidden := indexed - public:
        former.filter(object_id__in=hidden).delete()
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=WRITTEN
    )
    for entry in entries:
        changes.update(_vocabulary(entry))


def _vocabulary(entry: SearchEntry) -> set[str]:
    words = words_of(" ".join(getattr(entry, name) for name in SEARCHED))
    return {word for word in words if len(word) in WORD_LENGTHS}


def _entries(rows: Any) -> Iterator[SearchEntry]:
    for row in rows:
        note, noted_on = row.last_change()
        yield SearchEntry(
            kind=row.search_kind,
            object_id=row.pk,
            url=row.get_absolute_url(),
            title=row.search_title(),
            aliases="\n".join(filter(None, [row.search_aliases(), row.former_titles])),
            summary=row.summary,
            body=plain_text(row.search_body())[:BODY_LENGTH],
            collection_id=row.collection_id,
            changed_at=row.changed_at,
            change_note=note,
            noted_on=noted_on,
        )
