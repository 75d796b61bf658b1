"""The stored rows of one table in one collection: finding, moving and comparing them."""

from collections.abc import Container, Iterable, Iterator

from content import Row
from content.base_models import ContentModel, Status
from content.models import Collection
from packs.cell_text import cell
from packs.import_records import ImportRecords, row_key
from packs.load_options import NO_HISTORY, LoadHistory
from packs.pack_tables import Table

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
        row = self._by_external_id.get(self._external_key(incoming)) or self._by_key.get(key)
        if row or key not in self.records.by_key:
            return row
        row = self._by_pk.get(self.records.by_key[key].object_id)
        if external_id and getattr(row, "external_id", "") not in ("", external_id):
            return None
        return row

    def match(self, incoming: Iterable[Incoming]) -> None:
        """Match several rows before any of them is searched with `find`; only lines need it."""

    def note_loaded(self, incoming: ContentModel, location: str, row: ContentModel) -> None:
        """Remember the stored row of a row of the pack; only lines need it."""

    def was_deleted(self, incoming: ContentModel, location: str) -> bool:
        """Whether the last load stored this row and an editor has deleted it."""
        record = self.records.by_key.get(row_key(incoming, self.table))
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

    def unresolved_shifts(self, loaded: Container[ContentModel]) -> Iterator[str]:
        """Where the pack takes the position of a row that it does not contain itself."""
        for key, location in self._shifted.items():
            if self._by_pk[key] not in loaded:
                yield location

    def move(self, row: Row, position: int) -> int | None:
        """Give an edited row its new position in the pack, unless its position was edited.

        Rows that were not edited are changed with all their columns, and unique positions are
        changed with `shift_from_position`.

        :returns: the former position; None if the row is not moved.
        """
        record = self.records.by_object_id.get(row.pk)
        if record is None or row.position != record.position or row.position == position:
            return None
        if self.table.has_unique_positions or not self.edited_columns(row):
            return None
        return self._set_position(row, position)

    def _set_position(self, row: Row, position: int) -> int:
        self.history.before_write(row)
        former = int(row.position)
        row.position = position
        row.save(update_fields=["position"])
        self.records.update_position(row, position)
        return former

    def _external_key(self, row: ContentModel) -> tuple[str, str]:
        """The parent and the publisher's identifier of a row."""
        return cell(self.table.parent_key(row)), getattr(row, "external_id", "")
