"""Querysets of content: who may see which rows, and bulk writes that are always tracked."""

from collections.abc import Iterable
from typing import Self, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from content import Row, Untyped
from content.change_tracking import dates_of_change, mark_written_with_parents, tracking_changes

Visitor = AbstractBaseUser | AnonymousUser
#: A row with its own page. It has a `collection`, which may be that of another row.
PageRow: TypeAlias = Row


class ContentQuerySet(QuerySet):
    """What everyone may see (`published`), and what one user may see (`visible_to`)."""

    #: A `ContentModel`, whose module imports this one.
    model: Untyped

    def published(self) -> Self:
        """Rows that are public, as are all rows that they depend on."""
        return self.filter(is_live=True).with_address()

    def published_ignoring(self, parent: str) -> Self:
        """Rows that are public as soon as the row is that this foreign key refers to."""
        return self.filter(self.model.is_live_q(ignoring=parent)).with_address()

    def shown_on(self, *pages: PageRow) -> Self:
        """Rows that these pages show: public ones, and on a draft what its readers will see.

        :param pages: rows with a page, whose visibility the caller has checked; see
            `ContentModel.shown_on_q`.
        """
        return self.filter(self.model.shown_on_q(pages)).with_address()

    def with_address(self) -> Self:
        """Select the related rows that the address of a row is made of."""
        return self

    def visible_to(self, user: Visitor) -> Self:
        """All rows for users who may change this model, published rows for everyone else."""
        if self.model.editable_by(user):
            return self.all()
        return self.published()

    def update(self, **kwargs: Untyped) -> int:
        self._refuse_name_fields(kwargs)
        with tracking_changes():
            keys = list(self.order_by().values_list("pk", flat=True))
            mark_written_with_parents(self.model, keys)
            count = super().update(**dates_of_change() | kwargs)
            # The rows may have other parents now.
            mark_written_with_parents(self.model, keys)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Untyped, **kwargs: Untyped) -> list[Row]:
        if kwargs.get("ignore_conflicts"):
            raise ValueError(
                "With ignore_conflicts no one knows which rows were written, so they could not be "
                "found."
            )
        self._refuse_name_fields(kwargs.get("update_fields") or ())
        with tracking_changes():
            created = super().bulk_create(objs, *args, **kwargs)
            mark_written_with_parents(self.model, [row.pk for row in created])
        return created

    def _refuse_name_fields(self, fields: Iterable[str]) -> None:
        """
        :raises ValueError: if a bulk write would change a name without recording the former one.
        """
        names = sorted(set(self.model.name_fields).intersection(fields))
        if names:
            raise ValueError(
                f"Save row by row to change {' or '.join(names)}: that records the former address "
                "or title."
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

    def by_collection(self, *order: str | Combinable) -> Self:
        """The portal's own rows first, then those of each collection, in this order."""
        return self.order_by(
            "-collection__is_home",
            "collection__position",
            "collection__title",
            "collection",
            *order,
        )

    def with_key(self, key: str) -> Self:
        """The row with this key: ``slug`` in the portal's own, or ``collection:slug``."""
        collection, _, slug = key.rpartition(":")
        rows = self.select_related("collection").filter(slug=slug)
        if collection:
            return rows.filter(collection__slug=collection)
        return rows.filter(collection__is_home=True)

    def neighbors(self, row: Row, *order: str) -> tuple[Row | None, Row | None]:
        """The rows of its collection right before and after this one, as its page shows them.

        Takes one query, however many rows there are. None stands for a missing neighbor.

        :param order: columns in ascending order, the last of which differs in all rows.
        """
        previous_q, next_q = self.neighbor_conditions(row, *order)
        rows = self.shown_on(row).filter(previous_q | next_q)
        neighbors: Iterable[Row] = rows.annotate(is_next=_beyond_q(row, order, "gt"))
        neighbor_by_side = {neighbor.is_next: neighbor for neighbor in neighbors}
        return neighbor_by_side.get(False), neighbor_by_side.get(True)

    def neighbor_conditions(self, row: Row, *order: str) -> tuple[Q, Q]:
        """The conditions that only the previous and only the next row meet; see `neighbors`.

        For queries that also ask for other rows.
        """
        rows = self.shown_on(row).filter(collection=row.collection).values("pk")
        descending = [f"-{name}" for name in order]
        previous_key = rows.filter(_beyond_q(row, order, "lt")).order_by(*descending)[:1]
        next_key = rows.filter(_beyond_q(row, order, "gt")).order_by(*order)[:1]
        return Q(pk=Subquery(previous_key)), Q(pk=Subquery(next_key))


def _beyond_q(row: Model, order: Iterable[str], comparison: str) -> Q:
    """The condition on rows that come before or after this one.

    The first of these columns that differs from this row decides.

    :param comparison: ``lt`` or ``gt``.
    """
    condition = Q()
    equal_so_far = Q()
    for name in order:
        value = getattr(row, name)
        condition |= equal_so_far & Q(**{f"{name}__{comparison}": value})
        equal_so_far &= Q(**{name: value})
    return condition
