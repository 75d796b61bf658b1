"""Sets of content rows: the gate for visibility, and writes that always reach the change record."""

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, Subquery

from content.change_tracking import dates_of_change, mark_rows_written, tracking_changes

Visitor = AbstractBaseUser | AnonymousUser
#: A row with a page of its own, so with a collection, which it may have by way of another row.
Page = Any


class ContentQuerySet(QuerySet):
    """What everybody may see (`published`), and what one user may see (`visible_to`)."""

    model: Any

    def published(self) -> Self:
        """Rows that are public, with all they stand on."""
        return self.filter(is_live=True).with_address()

    def published_ignoring(self, parent: str) -> Self:
        """Rows that are public as soon as the row is that this relation leads to."""
        return self.filter(self.model.is_live_q(ignoring=parent)).with_address()

    def shown_on(self, *pages: Page) -> Self:
        """Rows that these pages show: public ones, and on a draft what a reader will see with it.

        :param pages: rows with a page, whose visibility the caller has checked; see
            `ContentModel.shown_on_q`.
        """
        return self.filter(self.model.shown_on_q(pages)).with_address()

    def with_address(self) -> Self:
        """With the rows that the address of a row is made of."""
        return self

    def visible_to(self, user: Visitor) -> Self:
        """All for those who may change this kind of row, what is published for the others."""
        if self.model.editable_by(user):
            return self.all()
        return self.published()

    def update(self, **kwargs: Any) -> int:
        self._refuse_names(kwargs)
        with tracking_changes():
            keys = list(self.order_by().values_list("pk", flat=True))
            mark_rows_written(self.model, keys)
            changed = super().update(**dates_of_change() | kwargs)
            mark_rows_written(self.model, keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("ignore_conflicts"):
            raise ValueError(
                "With ignore_conflicts nobody knows which rows were written, so they could not be "
                "found."
            )
        self._refuse_names(kwargs.get("update_fields") or ())
        with tracking_changes():
            created = super().bulk_create(objs, *args, **kwargs)
            mark_rows_written(self.model, [row.pk for row in created])
        return created

    def _refuse_names(self, written: Iterable[str]) -> None:
        if names := sorted({*self.model.names} & {*written}):
            raise ValueError(
                f"Save row by row to change {' or '.join(names)}: what visitors knew it by is kept "
                "then."
            )

    def delete(self) -> tuple[int, dict[str, int]]:
        with tracking_changes():
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class CollectionItemQuerySet(ContentQuerySet):
    """Rows that belong to a collection and are addressed by a key."""

    def with_address(self) -> Self:
        return self.select_related("collection")

    def by_collection(self, *order: Any) -> Self:
        """The portal's own rows first, then those of each collection, in this order."""
        collections = (
            "-collection__is_home",
            "collection__position",
            "collection__title",
            "collection",
        )
        return self.order_by(*collections, *order)

    def with_key(self, key: str) -> Self:
        """The row with this key: ``slug`` in the portal's own, or ``collection:slug``."""
        collection, _, slug = key.rpartition(":")
        rows = self.select_related("collection").filter(slug=slug)
        return (
            rows.filter(collection__slug=collection)
            if collection
            else rows.filter(collection__is_home=True)
        )

    def neighbours(self, row: Any, *order: str) -> tuple[Any, Any]:
        """The public rows of its collection right before and after this one in ascending `order`.

        One query, whichever number of rows there is; None where an end is reached.

        :param order: columns, the last of which differs in all rows.
        """
        is_before, is_after = self.is_beside(row, *order)
        shown = self.shown_on(row).filter(is_before | is_after)
        rows: Any = shown.annotate(is_after=_beyond(row, order, "gt"))
        beside = {other.is_after: other for other in rows}
        return beside.get(False), beside.get(True)

    def is_beside(self, row: Any, *order: str) -> tuple[Q, Q]:
        """What is true of the first of these neighbours alone, and of the second.

        It is for queries that ask for more.
        """
        rows = self.shown_on(row).filter(collection=row.collection).values("pk")
        before, after = (rows.filter(_beyond(row, order, way)) for way in ("lt", "gt"))
        last, first = (
            before.order_by(*(f"-{name}" for name in order))[:1],
            after.order_by(*order)[:1],
        )
        return Q(pk=Subquery(last)), Q(pk=Subquery(first))


def _beyond(row: Any, order: Iterable[str], way: str) -> Q:
    """The condition on rows that differ in one of these columns that way, and in none before it."""
    condition, same = Q(), Q()
    for name in order:
        value = getattr(row, name)
        condition |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return condition
