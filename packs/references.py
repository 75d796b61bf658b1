"""Ids by which rows of a pack refer to each other: read (`References`) and written (`Names`)."""

from typing import Any

from django.db.models import Model

from content.base_models import ContentModel
from content.models import Collection, CollectionItem


class UnknownReference(LookupError):
    """An id that names no row; the message is ready to show."""


class DeletedReference(UnknownReference):
    """An id of a row that the pack contains and that was deleted here."""


class References:
    """Rows by id.

    It is ``slug`` in the pack's own collection, ``collection:slug`` in another, ``owner/slug`` for
    a part.
    """

    def __init__(self, collection: Collection, identifier: str = "") -> None:
        """
        :param identifier: the id that the pack gives its collection, if the slug is another one.
        """
        self.collection = collection
        self._collections = {row.slug: row for row in Collection.objects.all()} | {
            identifier: collection,
            collection.slug: collection,
        }
        #: None stands for a row that was deleted here.
        self._known: dict[tuple[type[Model], int | None], dict[str, Any]] = {}

    def find(self, model: type[ContentModel], reference: str, beside: Model) -> Any:
        """The row of `model` that `reference` names.

        :param beside: the row that refers; a bare id of a part is looked up under the owner that
            one of the row's own relations has (a proficiency in the scale of the row's skill).
        :raises DeletedReference: if it was deleted here.
        :raises UnknownReference: if there is none.
        """
        owner, _, slug = reference.rpartition("/")
        rows, name = self._scope(model, owner, slug, beside), slug.rpartition(":")[2]
        row = rows.get(name)
        if row is None:
            error = DeletedReference if name in rows else UnknownReference
            raise error(f"there is no {model._meta.verbose_name} “{reference}”")
        return row

    def note_deleted(self, row: Any) -> None:
        """Remember that this row of the pack was deleted here."""
        if hasattr(row, "slug"):
            self._rows(type(row), _scope_key(row)).setdefault(row.slug, None)

    def add(self, row: Any, wanted: Any = None) -> None:
        """Make a stored row findable.

        :param wanted: the row as the pack has it: it is found by that id too, whatever its slug and
            the row it belongs to are here.
        """
        if hasattr(row, "slug"):
            self._rows(type(row), _scope_key(row))[row.slug] = row
        if wanted is not None and hasattr(row, "slug"):
            self._rows(type(row), _scope_key(wanted)).setdefault(wanted.slug, row)

    def _scope(
        self, model: type[ContentModel], owner: str, slug: str, beside: Model
    ) -> dict[str, Any]:
        if issubclass(model, CollectionItem):
            if owner:
                return {}
            name = slug.rpartition(":")[0]
            collection = self._collections.get(name) if name else self.collection
            return self._rows(model, collection.pk) if collection else {}
        if not model.visibility_parents:
            return self._rows(model, None)
        relation: Any = model._meta.get_field(model.visibility_parents[0])
        found = (
            self.find(relation.related_model, owner, beside)
            if owner
            else _owner_beside(beside, relation.name)
        )
        return self._rows(model, found.pk) if found else {}

    def _rows(self, model: type[Any], scope: int | None) -> dict[str, Any]:
        if (model, scope) not in self._known:
            rows = (
                model.objects.filter(**{model.visibility_parents[0]: scope})
                if scope
                else model.objects.all()
            )
            self._known[model, scope] = {row.slug: row for row in rows}
        return self._known[model, scope]


def _scope_key(row: Any) -> int | None:
    return getattr(row, f"{row.visibility_parents[0]}_id") if row.visibility_parents else None


def _owner_beside(row: Model, name: str) -> Any:
    """The owner that one of the row's relations has, e.g. the scale of its skill."""
    fields: Any = row._meta.concrete_fields
    for field in fields:
        is_known = field.is_relation and field.is_cached(row) and getattr(row, field.attname)
        if is_known and (owner := getattr(getattr(row, field.name), name, None)):
            return owner
    return None


def collection_of(row: Any) -> Collection:
    """The collection that a row, or the row it is a part of, belongs to."""
    while not isinstance(row, CollectionItem):
        row = getattr(row, row.visibility_parents[0])
    return row.collection


class Names:
    """The ids that an export writes, always in full; see `References` for their forms."""

    def __init__(self, collection: Collection, *, drafts: bool) -> None:
        """
        :param drafts: whether rows that are not published have one.
        """
        self.collection = collection
        self.drafts = drafts
        self._collections = dict(Collection.objects.values_list("pk", "slug"))
        self._known: dict[type[Model], dict[int, tuple[str, int | None]]] = {}

    def text(self, model: Any, key: int | None) -> str:
        """The id of the row of this model with this key.

        Empty if there is none that may be named.
        """
        slug, owner = self._rows(model).get(key, ("", None)) if key else ("", None)
        if not slug or owner is None:
            return slug
        if issubclass(model, CollectionItem):
            return slug if owner == self.collection.pk else f"{self._collections[owner]}:{slug}"
        parent = model._meta.get_field(model.visibility_parents[0]).related_model
        return f"{self.text(parent, owner)}/{slug}"

    def _rows(self, model: Any) -> dict[int, tuple[str, int | None]]:
        if model not in self._known:
            rows = model.objects.all() if self.drafts else model.objects.published()
            owner = model.visibility_parents[0] if model.visibility_parents else None
            columns = ["pk", "slug", *([owner] if owner else [])]
            found = rows.order_by().values_list(*columns)
            self._known[model] = {row[0]: (row[1], row[2] if owner else None) for row in found}
        return self._known[model]
