"""The stored rows of one table in one collection: finding, moving and comparing them."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property

from content import Row
from content.base_models import ContentModel, Status
from content.models import Collection, LoadedRow
from file_formats.cell_text import cell
from packs.import_records import ImportRecords, row_key
from packs.load_options import NO_HISTORY, LoadHistory
from packs.pack_tables import Cells, Table

#: A row as the pack states it, not saved, with its location.
Incoming = tuple[str, ContentModel]


class ExistingRows:
    """The rows of one table in one collection."""

    def __init__(
        self, table: Table, collection: Collection, history: LoadHistory = NO_HISTORY
    ) -> None:
        self.table = table
        self.history = history
        self.records = ImportRecords(table, collection)
        self._by_key: dict[str, ContentModel] = {}
        self._by_pk: dict[int, Row] = {}
        self._by_external_id: dict[tuple[str, str], ContentModel] = {}
        #: By primary key, the location of the row because of which a row was shifted.
        self._shifted: dict[int, str] = {}
        #: By primary key, the location of the row that got the key of a row.
        self._displaced: dict[int, str] = {}
        #: The rows that go to another parent, by the location of the row of the pack.
        self._moving: dict[str, Row] = {}
        #: The identifiers that the pack states; see `_external_key`.
        self._stated_identifiers: set[tuple[str, str]] = set()
        #: The identifiers of rows that the pack states and that were refused.
        self._excluded_identifiers: set[str] = set()
        rows = table.model._default_manager.order_by("pk").prefetch_related(*table.many_to_many)
        if table.collection_lookup:
            rows = rows.filter(**{table.collection_lookup: collection})
        for row in rows:
            self.add(row)

    def add(self, row: ContentModel) -> None:
        """Make a row findable that was just stored."""
        self._by_key.setdefault(row_key(row, self.table), row)
        self._by_pk[row.pk] = row
        if getattr(row, "external_id", ""):
            self._by_external_id.setdefault(self._external_key(row), row)

    def update_key(self, former_key: str, row: ContentModel) -> None:
        """Make a row that was just changed findable by its new key, and no longer by the former."""
        self._displaced.pop(row.pk, None)
        if self._by_key.get(former_key) == row:
            del self._by_key[former_key]
        self.add(row)

    def find(self, incoming: ContentModel, location: str) -> ContentModel | None:
        """The stored row of a row of the pack.

        It is found by the identifier of its publisher, else by its key, else by the key with which
        it was last loaded.

        :param incoming: the row as the pack states it, not saved.
        """
        external_id = getattr(incoming, "external_id", "")
        key = row_key(incoming, self.table)
        row = self._moving.get(location)
        if external_id:
            row = self._by_external_id.get(self._external_key(incoming))
        row = row or self._find_by_key(incoming, key)
        if row or key not in self.records.by_key:
            return row
        row = self._by_pk.get(self.records.by_key[key].object_id)
        if external_id and getattr(row, "external_id", "") not in ("", external_id):
            return None
        return row

    def _find_by_key(self, incoming: ContentModel, key: str) -> Row | None:
        """The row with this key, unless the pack states elsewhere what became of that row."""
        row = self._by_key.get(key)
        external_id = getattr(row, "external_id", "")
        if row is None or external_id in ("", getattr(incoming, "external_id", "")):
            return row
        is_stated = self._external_key(row) in self._stated_identifiers
        return None if is_stated or external_id in self._excluded_identifiers else row

    def add_stated(self, rows: Iterable[Cells]) -> None:
        """Remember rows as the pack states them; only lines need it."""

    def add_excluded(self, values: Cells) -> None:
        """Remember a row that was refused, so that no other row of the pack gets its stored row."""
        self._excluded_identifiers.add(str(values.get("external_id", "")))

    def match(self, incoming: Iterable[Incoming]) -> None:
        """Do what has to be done with several rows before any of them is searched with `find`."""
        for _, row in incoming:
            if getattr(row, "external_id", ""):
                self._stated_identifiers.add(self._external_key(row))

    def may_have_moved(self, incoming: ContentModel) -> bool:
        """Whether a row that is not found may be one that had another parent at the last load.

        A row without a parent is not: it is refused.
        """
        if not self.table.moves_within or not self.records.by_key:
            return False
        return self.table.parent_key(incoming) is not None

    def match_moved(self, incoming: Sequence[Incoming], loaded: Container[Row]) -> None:
        """Match rows that were not found with absent ones, where only one pair is possible.

        :param loaded: all other rows of the pack.
        """
        absent = _by_movable_key(self.table, (("", row) for row in self.absent(loaded)))
        for key, rows in _by_movable_key(self.table, incoming).items():
            if len(rows) == len(absent.get(key, ())) == 1:
                (location, _), (_, row) = rows[0], absent[key][0]
                self._moving[location] = row

    def note_loaded(self, incoming: ContentModel, location: str, row: ContentModel) -> None:
        """Remember that the stored row of a row of the pack has its key now."""
        if getattr(incoming, "external_id", ""):
            self._stated_identifiers.discard(self._external_key(incoming))

    def was_deleted(self, incoming: ContentModel, location: str) -> bool:
        """Whether the last load stored this row and an editor has deleted it."""
        record = self._records_by_external_id.get(self._external_key(incoming))
        record = record or self.records.by_key.get(row_key(incoming, self.table))
        return record is not None and record.object_id not in self._by_pk

    def was_retired(self, row: ContentModel) -> bool:
        """Whether this row was archived by a load and not by an editor."""
        is_archived = getattr(row, "status", "") == Status.ARCHIVED
        return is_archived and "status" not in self.edited_columns(row)

    def edited_columns(self, row: ContentModel) -> set[str]:
        """See `ImportRecords.edited_columns`. A shift by this load is not an edit."""
        edited = self.records.edited_columns(row)
        if row.pk not in self._shifted:
            return edited
        if self.records.has_cells(row):
            return edited - {"position"}
        return set()

    def absent(self, loaded: Container[ContentModel]) -> Iterator[ContentModel]:
        """The rows that an earlier load stored and this one does not contain."""
        for key, row in self._by_pk.items():
            if key in self.records.by_object_id and row not in loaded:
                yield row

    def displace(
        self, key: str, row: ContentModel | None, location: str, loaded: Container[ContentModel]
    ) -> None:
        """Free the key of another row, such as its slug, for a row that gets it.

        The other row gets its own new key when its turn comes, or else is one of the
        `unresolved_displacements`. Until then it belongs to a parent or collection that does not
        exist: databases check foreign keys at the end of a transaction.

        :param row: the stored row that gets the key; None if it is a new one.
        :param location: where the pack states the key.
        """
        other = self._by_key.get(key)
        if other is None or other == row or other in loaded or not self.table.owner:
            return
        if self.table.line or self.edited_columns(other).intersection(self.table.key_names):
            return
        self.history.before_write(other)
        rows = self.table.model._base_manager.filter(pk=other.pk)
        rows.update(**{f"{self.table.owner}_id": -other.pk})
        del self._by_key[key]
        self._displaced[other.pk] = location

    def unresolved_displacements(self) -> Iterator[tuple[str, ContentModel]]:
        """Where the pack states the key of another row, to which it gives no other key.

        Rows that were deleted since, because they are absent from the pack, need no key.
        """
        for key, location in self._displaced.items():
            row = self._by_pk[key]
            if row.pk is not None:
                yield location, row

    def is_displaced(self, row: ContentModel) -> bool:
        """Whether another row got the key of this one, which has no other key yet."""
        return row.pk in self._displaced

    def shift_from_position(
        self, incoming: Row, existing: ContentModel | None, location: str
    ) -> None:
        """Move the unedited row that has the position of another one to the end.

        It gets its own position when its turn comes, or else is one of `unresolved_shifts`.

        :param existing: the stored row that gets the position; None if it is a new one.
        :param location: where the pack states the position.
        """
        parent_key = self.table.parent_key(incoming)
        siblings = [row for row in self._by_pk.values() if self.table.parent_key(row) == parent_key]
        for row in siblings:
            if row == existing or row.position != incoming.position:
                continue
            if "position" not in self.edited_columns(row):
                self.history.before_write(row)
                row.position = max(sibling.position for sibling in siblings) + 1
                row.save(update_fields=["position"])
                self._shifted[row.pk] = location

    def unresolved_shifts(
        self, loaded: Container[ContentModel]
    ) -> Iterator[tuple[str, ContentModel]]:
        """Where the pack states the position of another row, which it does not contain."""
        for key, location in self._shifted.items():
            row = self._by_pk[key]
            is_deleted = row.pk is None
            if not is_deleted and row not in loaded:
                yield location, row

    def move(self, row: Row, position: int) -> bool:
        """Give an edited row its new position in the pack, unless its position was edited.

        Rows that were not edited are changed with all their columns, and unique positions are
        changed with `shift_from_position`.

        :returns: whether the row is moved.
        """
        record = self.records.by_object_id.get(row.pk)
        if record is None or row.position != record.position or row.position == position:
            return False
        if self.table.has_unique_positions or not self.edited_columns(row):
            return False
        self._set_position(row, position)
        return True

    def _set_position(self, row: Row, position: int) -> None:
        self.history.before_write(row)
        row.position = position
        row.save(update_fields=["position"])
        self.records.update_position(row, position)

    @cached_property
    def _records_by_external_id(self) -> dict[tuple[str, str], LoadedRow]:
        """The records of rows with identifiers; see `_external_key`."""
        records = {}
        for record in self.records.by_key.values():
            if record.external_id:
                parent = record.key.partition("/")[0] if self.table.parent else ""
                records[parent, record.external_id] = record
        return records

    def _external_key(self, row: ContentModel) -> tuple[str, str]:
        """The parent and the publisher's identifier of a row."""
        return cell(self.table.parent_key(row)), getattr(row, "external_id", "")


def _by_movable_key(
    table: Table, rows: Iterable[Incoming]
) -> dict[tuple[int, ...], list[Incoming]]:
    groups: defaultdict[tuple[int, ...], list[Incoming]] = defaultdict(list)
    for location, row in rows:
        groups[table.movable_key(row)].append((location, row))
    return groups
