"""What a collection holds already.

It is the rows of one table, found by what tells them, and what the last load left.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Set
from functools import cached_property
from hashlib import blake2b
from typing import Any

from content.base_models import Status
from content.models import Collection, LoadedRow
from packs.cell_text import cell
from packs.loaded_cells import (
    EXTRA,
    Related,
    digest_of_cell,
    digest_of_default,
    digests_of,
    fields_of,
)
from packs.pack_tables import Table

DIGEST_SIZE = 16
AT_ONCE = 500
#: What is kept of a row beside its key.
KEPT = ["object_id", "digest", "columns", "cells", "position", "external_id", "text_digest"]


def key_of(row: Any, table: Table) -> str:
    """What tells a row from the others of its table and collection; holds for one portal only."""
    return "/".join(cell(getattr(row, field.attname)) for field in table.key_fields)


def digest_of(row: Any, table: Table, columns: Container[str]) -> str:
    """Of all that packs say of the row, as loads noted it that did not note every cell.

    :param columns: those that a load knew. Of others, which are newer, only what differs from the
        default of the field counts: nobody but an editor can have written it.
    """
    values = []
    for name, field in table.fields.items():
        if name not in table.many:
            held = getattr(row, field.attname)
            if name in columns or held != field.get_default():
                values.append(cell(held))
    for name in table.many:
        keys = sorted(other.pk for other in getattr(row, name).all())
        if name in columns or keys:
            values.append(cell(keys))
    text = cell([*values, cell(row.extra)])
    return blake2b(text.encode(), digest_size=DIGEST_SIZE).hexdigest()


def settle(rows: Iterable[Any], table: Table) -> None:
    """Where rows are told by their position, give those that share one the next ones.

    They stay in the order they are shown.

    They are not saved: what a pack says of them, and what it finds, has to be one row each.
    """
    if "position" not in table.identity:
        return
    taken: set[str] = set()
    for row in sorted(rows, key=lambda row: (row.position, row.pk)):
        while key_of(row, table) in taken:
            row.position += 1
        taken.add(key_of(row, table))


class StoredRows:
    """The rows of one table in one collection."""

    def __init__(self, table: Table, collection: Collection) -> None:
        self.table = table
        rows = table.model._default_manager.order_by("pk").prefetch_related(*table.many)
        owned = rows.filter(**{table.path: collection}) if table.path else rows
        self._by_key: dict[str, Any] = {}
        self._by_id: dict[int, Any] = {}
        self._by_external: dict[tuple[str, str], Any] = {}
        for row in owned if collection.pk or not table.path else []:
            self.add(row)
        loaded = (
            LoadedRow.objects.filter(collection=collection, table=table.name)
            if collection.pk
            else []
        )
        self._loaded: dict[str, LoadedRow] = {row.key: row for row in loaded}
        #: The same by the key of the stored row, which may have been deleted since.
        self._loads = {loaded.object_id: loaded for loaded in self._loaded.values()}
        #: Keys of rows that the load took out itself.
        self._forgotten: list[str] = []
        self._agreed: dict[str, LoadedRow] = {}
        #: Rows that made room for another one, by key, and where that one stands.
        self._moved: dict[int, str] = {}

    def add(self, row: Any) -> None:
        """Make a row findable that was just written."""
        self._by_key.setdefault(key_of(row, self.table), row)
        self._by_id[row.pk] = row
        if external := getattr(row, "external_id", ""):
            self._by_external.setdefault(self._external(row, external), row)

    def rename(self, former: str, row: Any) -> None:
        """Make a row that was just changed findable by what tells it now, and by that alone."""
        if self._by_key.get(former) == row:
            del self._by_key[former]
        self.add(row)

    def make_room(
        self, wanted: Any, stored: Any, place: str, before: Callable[[Any], None]
    ) -> None:
        """Move the row that stands where another one is to stand, if its own turn is still to come.

        :param stored: the row that moves there; None for a new one.
        :param place: where the pack says so.
        :param before: called with the row before it is written.
        """
        parent = self.table.fields[self.table.parent].attname
        others = [
            row for row in self._by_id.values() if getattr(row, parent) == getattr(wanted, parent)
        ]
        for row in others:
            is_in_the_way = row.position == wanted.position and row != stored
            if is_in_the_way and "position" not in self.edited_columns(row):
                before(row)
                row.position = max(other.position for other in others) + 1
                row.save(update_fields=["position"])
                self._moved[row.pk] = place

    def displaced(self, seen: Container[Any]) -> Iterator[str]:
        """Where the pack puts a row in place of one that it does not speak of."""
        return (place for pk, place in self._moved.items() if self._by_id[pk] not in seen)

    def match(self, wanted: Iterable[tuple[str, Any]]) -> None:
        """Look at several unsaved rows, by their places in the pack.

        This comes before any of them is asked for by itself.
        """

    def move(self, row: Any, position: int, before: Callable[[Any], None]) -> int | None:
        """Give an edited row the position that its publisher gives it now.

        It is left if it was the position that was edited.

        What nobody edited is changed as a whole. Positions that no two rows share are left to
        `make_room`.

        :param before: called with the row before it is written.
        :returns: the former position; None if the row stays.
        """
        loaded = self._loads.get(row.pk)
        is_chosen_here = loaded is None or row.position != loaded.position
        if (
            is_chosen_here
            or row.position == position
            or self.table.has_seats
            or not self.is_edited(row)
        ):
            return None
        return self._put(row, position, before)

    def _put(self, row: Any, position: int, before: Callable[[Any], None]) -> int:
        before(row)
        former, row.position = int(row.position), position
        row.save(update_fields=["position"])
        loaded = self._loads.get(row.pk)
        if loaded and not loaded.cells:  # of other rows `keep` notes the position with the rest
            values = {name: getattr(loaded, name) for name in KEPT} | {"position": position}
            self._agreed[loaded.key] = LoadedRow(key=loaded.key, **values)
        return former

    def take(self, wanted: Any, place: str, row: Any) -> None:
        """Remember which stored row became of an unsaved one of the pack."""

    def find(self, wanted: Any, place: str) -> Any:
        """The row that `wanted`, an unsaved one, stands for; None if there is none.

        By its identifier at the publisher, else by its own, else by the one it had when it was last
        loaded.
        """
        external = getattr(wanted, "external_id", "")
        found = self._by_external.get(self._external(wanted, external)) if external else None
        found = found or self._by_key.get(key_of(wanted, self.table))
        former = self._loaded.get(key_of(wanted, self.table))
        return found or (self._former(former.object_id, external) if former else None)

    def _former(self, pk: int, external: str) -> Any:
        """The row that had this name, unless the publisher tells another one by it now."""
        row = self._by_id.get(pk)
        return None if external and getattr(row, "external_id", "") not in ("", external) else row

    def was_deleted(self, wanted: Any, place: str) -> bool:
        """Whether the last load left a row for this one that is not there any more."""
        former = self._loaded.get(key_of(wanted, self.table))
        return former is not None and former.object_id not in self._by_id

    def is_edited(self, row: Any) -> bool:
        """Whether a stored row, as it is now, is not what the last load left."""
        return bool(self.edited_columns(row))

    def edited_columns(self, row: Any) -> Set[str]:
        """The columns, with `EXTRA`, in which a stored row is not what the last load left.

        All of them, if no load left this row, or one that noted it as a whole and it is another one
        now.
        """
        loaded = self._loads.get(row.pk)
        if loaded and loaded.cells:
            left = self._left_in(loaded)
            edited = {name for name in self.columns if left[name] != digest_of_cell(row, name)}
            return edited - {"position"} if row.pk in self._moved else edited
        is_as_loaded = loaded and loaded.digest == digest_of(
            row, self.table, loaded.columns.split()
        )
        return set() if is_as_loaded or row.pk in self._moved else {*self.columns}

    def has_cells(self, row: Any) -> bool:
        """Whether the last load noted each cell of this row."""
        return row.pk in self._loads and bool(self._loads[row.pk].cells)

    def keep(self, wanted_key: str, row: Any, related: Related, agreed: Container[str]) -> None:
        """Remember in which columns the pack's row and the stored one agree now.

        What the last load left stays known of the other columns: of those that were edited here,
        and of those that the pack says nothing of.

        :param related: as in `digest_of_cell`.
        """
        loaded = self._loads.get(row.pk)
        if loaded and loaded.key != wanted_key:
            self._forgotten.append(loaded.key)
        self._agreed[wanted_key] = LoadedRow(key=wanted_key, **self.kept(row, related, agreed))

    def kept(self, row: Any, related: Related, agreed: Container[str]) -> dict[str, Any]:
        """What is remembered of a row beside its key; as in `keep`."""
        loaded = self._loads.get(row.pk)
        has_cells = loaded is not None and bool(loaded.cells)
        left = self._left_in(loaded) if loaded and has_cells else {}
        taken = [name for name in self.columns if name in agreed or not has_cells]
        digests = left | {name: digest_of_cell(row, name, related) for name in taken}
        position = row.position if "position" in self.table.fields else None
        if loaded and "position" not in taken:
            position = loaded.position
        return {"object_id": row.pk, "position": position, **fields_of(self.columns, digests)}

    def _left_in(self, loaded: LoadedRow) -> dict[str, str]:
        """By column, the digest of what the last load left.

        In a column that it did not know, only an editor writes.
        """
        return self._defaults | digests_of(loaded)

    @cached_property
    def columns(self) -> list[str]:
        """The columns of the table, and `EXTRA`."""
        return [*self.table.fields, EXTRA]

    @cached_property
    def _defaults(self) -> dict[str, str]:
        return {name: digest_of_default(field) for name, field in self.table.fields.items()}

    def agree(self, row: Any) -> None:
        """Remember that this load gave another state to a row that the last one left."""
        self.keep(self._loads[row.pk].key, row, {}, {"status"})

    def forget(self, pk: int) -> None:
        """Remember that this load took out a row the last one left: nobody here deleted it."""
        self._forgotten.append(self._loads[pk].key)

    def is_retired(self, row: Any) -> bool:
        """Whether it was a load that left this row archived, and no editor."""
        return getattr(
            row, "status", ""
        ) == Status.ARCHIVED and "status" not in self.edited_columns(row)

    def absent(self, seen: Container[Any]) -> Iterator[Any]:
        """Rows that came from the last load and are not among these."""
        return (row for key, row in self._by_id.items() if key in self._loads and row not in seen)

    def save(self, collection: Collection) -> None:
        """Store what `keep` remembered, as far as it is new, and take out what `forget` did."""
        LoadedRow.objects.filter(
            collection=collection, table=self.table.name, key__in=self._forgotten
        ).delete()
        rows = [
            row for key, row in self._agreed.items() if not _is_known(row, self._loaded.get(key))
        ]
        for row in rows:
            row.collection, row.table = collection, self.table.name
        LoadedRow.objects.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["collection", "table", "key"],
            update_fields=KEPT,
        )

    def _external(self, row: Any, external: str) -> tuple[str, str]:
        parent = self.table.fields[self.table.parent].attname if self.table.parent else ""
        return (cell(getattr(row, parent)) if parent else "", external)


def _is_known(row: LoadedRow, stored: LoadedRow | None) -> bool:
    return stored is not None and all(getattr(row, name) == getattr(stored, name) for name in KEPT)
