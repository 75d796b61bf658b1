"""Writes the search entries: one for each published row of an `Indexed` model, never for any other."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from content.changes import Touched
from content.markdown import plain_text
from content.models import SearchEntry

CHUNK = 500
WRITTEN = ["url", "title", "aliases", "summary", "body", "collection", "changed_at"]


class Indexed(models.Model):
    """Mixin of models whose rows the search finds. They have a `summary`, a `collection_id` and an address."""

    #: The word the search groups and filters by, e.g. ``role``.
    search_kind: ClassVar[str]
    #: Relations that `search_body` reads.
    indexed_parts: ClassVar[tuple[str, ...]] = ()
    #: Relations whose change touches this row's entry, as {model label: lookup}.
    indexed_through: ClassVar[dict[str, str]] = {"content.Collection": "collection"}

    class Meta:
        abstract = True

    def search_title(self) -> str:
        """What the result is called."""
        return str(self)

    def search_aliases(self) -> str:
        """Other and former names, one a line."""
        return ""

    def search_body(self) -> str:
        """Everything else worth finding, as Markdown."""
        return ""


def indexed_models() -> list[Any]:
    """All models whose rows can be found."""
    return [model for model in apps.get_models() if issubclass(model, Indexed)]


def rebuild(touched: Touched) -> None:
    """Bring the entries of all rows that these changes may show in up to date."""
    for model in indexed_models():
        keys = sorted(_touched_keys(model, touched))
        for start in range(0, len(keys), CHUNK):
            _rewrite(model, keys[start : start + CHUNK])


def rebuild_all() -> None:
    """Write every entry anew."""
    SearchEntry.objects.all().delete()
    rebuild({model: set(model.objects.values_list("pk", flat=True)) for model in indexed_models()})


def _touched_keys(model: Any, touched: Touched) -> set[int]:
    keys = set(touched.get(model, ()))
    for label, lookup in model.indexed_through.items():
        if rows := touched.get(apps.get_model(label)):
            keys.update(model.objects.filter(**{f"{lookup}__in": rows}).values_list("pk", flat=True))
    return keys


def _rewrite(model: Any, keys: list[int]) -> None:
    rows = model.objects.published().filter(pk__in=keys).prefetch_related(*model.indexed_parts)
    entries = list(_entries(rows))
    public = {entry.object_id for entry in entries}
    SearchEntry.objects.filter(kind=model.search_kind, object_id__in=set(keys) - public).delete()
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=WRITTEN
    )


def _entries(rows: Any) -> Iterator[SearchEntry]:
    for row in rows:
        yield SearchEntry(
            kind=row.search_kind,
            object_id=row.pk,
            url=row.get_absolute_url(),
            title=row.search_title(),
            aliases=row.search_aliases(),
            summary=row.summary,
            body=plain_text(row.search_body()),
            collection_id=row.collection_id,
            changed_at=row.updated_at,
        )
