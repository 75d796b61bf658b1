"""The ids by which rows of a pack refer to each other.

An id is the slug of a row of the pack's own collection, ``collection:slug`` for a row of another
collection, or ``parent/slug`` for a part of a row. `References` finds rows by their ids, and
`ReferenceNames` writes ids.
"""

from collections.abc import Iterable

from django.db.models import ForeignKey, Model

from content import Row
from content.base_models import ContentModel
from content.change_tracking import foreign_keys
from content.models import Collection, CollectionItem

#: Rows by their slug. None is a row that an editor has deleted.
RowsBySlug = dict[str, ContentModel | None]


class UnknownReference(LookupError):
    """An id without a row; the message is ready to display."""


class DeletedReference(UnknownReference):
    """The id of a row that the pack contains and an editor has deleted."""


class References:
    """Finds rows by the ids that a pack writes."""

    def __init__(self, collection: Collection, identifier: str = "") -> None:
        """
        :param identifier: the id of the collection in the pack, if its slug is a different one.
        """
        self.collection = collection
        self._collections = {other.slug: other for other in Collection.objects.all()}
        self._collections[identifier] = collection
        self._collections[collection.slug] = collection
        #: By model and by the key of the row or collection that owns the rows.
        self._rows_by_slug: dict[tuple[type[Model], int | None], RowsBySlug] = {}

    def find(
        self, model: type[ContentModel], reference: str, referring_row: ContentModel
    ) -> ContentModel:
        """The row of a model with this id.

        :param referring_row: the id of a part may lack its parent. It is then a part of the parent
            of another row that this one refers to: a proficiency belongs to the scale of the skill.
        :raises DeletedReference: if an editor has deleted the row.
        :raises UnknownReference: if there is no such row.
        """
        parent_reference, _, slug = reference.rpartition("/")
        rows: RowsBySlug = {}
        if issubclass(model, CollectionItem):
            if not parent_reference:
                rows = self._rows_of_collection(model, slug)
        elif model.visibility_parents:
            rows = self._rows_of_parent(model, parent_reference, referring_row)
        else:
            rows = self._rows(model, None)
        name = slug.rpartition(":")[2]
        row = rows.get(name)
        if row is None:
            error = DeletedReference if name in rows else UnknownReference
            raise error(f"there is no {model._meta.verbose_name} “{reference}”")
        return row

    def add(self, row: ContentModel, incoming: Row | None = None) -> None:
        """Make a stored row findable.

        :param incoming: the row as the pack states it. What the pack calls by that slug and parent
            is this row, although an editor may have changed them, or the load will.
        """
        if not hasattr(row, "slug"):
            return
        if incoming is not None:
            self._rows(type(row), _owner_key(incoming))[incoming.slug] = row
        self._rows(type(row), _owner_key(row)).setdefault(row.slug, row)

    def add_deleted(self, row: ContentModel) -> None:
        """Remember that an editor has deleted this row of the pack."""
        if hasattr(row, "slug"):
            self._rows(type(row), _owner_key(row)).setdefault(row.slug, None)

    def _rows_of_collection(self, model: type[ContentModel], slug: str) -> RowsBySlug:
        name = slug.rpartition(":")[0] or self.collection.slug
        if name not in self._collections:
            return {}
        return self._rows(model, self._collections[name].pk)

    def _rows_of_parent(
        self, model: type[ContentModel], parent_reference: str, referring_row: ContentModel
    ) -> RowsBySlug:
        (relation,) = foreign_keys(model, model.visibility_parents[:1])
        parent: ContentModel | None
        if parent_reference:
            parent = self.find(relation.related_model, parent_reference, referring_row)
        else:
            parent = _parent_of_related_row(referring_row, relation.name)
        if parent is None:
            return {}
        return self._rows(model, parent.pk)

    def _rows(self, model: type[ContentModel], owner: int | None) -> RowsBySlug:
        if (model, owner) not in self._rows_by_slug:
            lookups = dict.fromkeys(model.visibility_parents[:1], owner)
            rows: Iterable[Row] = model.objects.filter(**lookups)
            self._rows_by_slug[model, owner] = {row.slug: row for row in rows}
        return self._rows_by_slug[model, owner]


def _owner_key(row: ContentModel) -> int | None:
    """The key of the collection or parent of a row; None if it has neither."""
    if not row.visibility_parents:
        return None
    key: int | None = getattr(row, f"{row.visibility_parents[0]}_id")
    return key


def _parent_of_related_row(row: ContentModel, name: str) -> ContentModel | None:
    """The first related row under this name of any row that the given one refers to."""
    for field in row._meta.concrete_fields:
        # Reading an empty required relation would raise.
        if isinstance(field, ForeignKey) and field.is_cached(row) and getattr(row, field.attname):
            parent: ContentModel | None = getattr(getattr(row, field.name), name, None)
            if parent:
                return parent
    return None


def collection_of(row: ContentModel) -> Collection:
    """The collection of a row, or of the row that it is part of."""
    while not isinstance(row, CollectionItem):
        row = getattr(row, row.visibility_parents[0])
    return row.collection


class ReferenceNames:
    """The ids that an export writes, always with the collection or parent."""

    def __init__(self, collection: Collection, *, drafts: bool) -> None:
        """
        :param drafts: whether unpublished rows have ids.
        """
        self.collection = collection
        self.drafts = drafts
        self._collections = dict(Collection.objects.values_list("pk", "slug"))
        #: By model and key, the slug of each row and the key of its collection or parent.
        self._slugs: dict[type[Model], dict[int, tuple[str, int | None]]] = {}

    def reference(self, model: type[ContentModel], key: int | None) -> str:
        """The id of a row by its primary key; empty if no row that may be written has this key."""
        if not key:
            return ""
        slug, owner = self._slugs_of(model).get(key, ("", None))
        is_owned = issubclass(model, CollectionItem)
        if owner is None or (is_owned and owner == self.collection.pk):
            return slug
        if is_owned:
            return f"{self._collections[owner]}:{slug}"
        (relation,) = foreign_keys(model, model.visibility_parents[:1])
        return f"{self.reference(relation.related_model, owner)}/{slug}"

    def _slugs_of(self, model: type[ContentModel]) -> dict[int, tuple[str, int | None]]:
        if model not in self._slugs:
            slugs = self._slugs[model] = {}
            rows = model.objects.all() if self.drafts else model.objects.published()
            names = ("pk", "slug", *model.visibility_parents[:1])
            for key, slug, *owners in rows.order_by().values_list(*names):
                slugs[key] = slug, next(iter(owners), None)
        return self._slugs[model]
