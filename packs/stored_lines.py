"""The stored rows of a table whose rows are lines of text in an order; see `lines`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from typing import Any

from content.models import Collection, LoadedRow
from packs.cell_text import cell
from packs.lines import Line, match_lines, text_digest
from packs.loaded_cells import Related
from packs.pack_tables import Table
from packs.stored_rows import StoredRows, key_of


class StoredLines(StoredRows):
    """As `StoredRows`, for lines: each is found when its position or else its text changed."""

    def __init__(self, table: Table, collection: Collection) -> None:
        super().__init__(table, collection)
        #: The known line by the place of the row of the pack that stands for it.
        self._pairs: dict[str, Line] = {}
        #: The rows of this load by the positions and identifiers that the pack gives them.
        self._written: dict[str, Any] = {}
        keys = [key_of(row, table) for row in self._by_id.values() if row.pk not in self._loads]
        #: Positions that several lines of one owner have which no load left: no one chose them. A
        #: line that a load puts at the position of one of an editor does not count.
        self._shared = {key for key, times in Counter(keys).items() if times > 1}

    @cached_property
    def _lines(self) -> dict[str, list[Line]]:
        """All known lines by their owner."""
        lines: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self._known_lines():
            lines[line.owner].append(line)
        return lines

    def match(self, wanted: Iterable[tuple[str, Any]]) -> None:
        places = {self._line(row): place for place, row in wanted}
        taken = set(self._pairs.values())
        owners = {line.owner for line in places}
        free = [
            line for owner in owners for line in self._lines.get(owner, ()) if line not in taken
        ]
        for line, known in match_lines(places, free).items():
            self._pairs[places[line]] = known

    def find(self, wanted: Any, place: str) -> Any:
        """The row that was matched, or the earlier row with this position or identifier.

        An earlier row of the pack became that one.
        """
        for name in self._names(wanted):
            if name in self._written:
                return self._written[name]
        known = self._pairs.get(place)
        return known.row if known else None

    def was_deleted(self, wanted: Any, place: str) -> bool:
        known = self._pairs.get(place)
        return known is not None and known.row is None

    def take(self, wanted: Any, place: str, row: Any) -> None:
        self._written |= dict.fromkeys(self._names(wanted), row)
        known = self._pairs.get(place)
        if known and known.row is None:
            self._forgotten.append(self._loads[known.object_id].key)

    def move(self, row: Any, position: int, before: Callable[[Any], None]) -> int | None:
        """As for rows.

        A line that nobody edited is moved too, so that the report tells moves from other changes.
        """
        loaded = self._loads.get(row.pk)
        is_chosen_here = (
            row.position != _position(loaded)
            if loaded
            else key_of(row, self.table) not in self._shared
        )
        if is_chosen_here or row.position == position:
            return None
        if not self.is_edited(row):
            self._moved[row.pk] = ""
        return self._put(row, position, before)

    def keep(self, wanted_key: str, row: Any, related: Related, agreed: Container[str]) -> None:
        scope = wanted_key.rpartition("/")[0]
        super().keep(f"{scope}/#{row.pk}", row, related, agreed)

    def kept(self, row: Any, related: Related, agreed: Container[str]) -> dict[str, Any]:
        """With the words that find the publisher's line again, also where they were edited here."""
        kept = super().kept(row, related, agreed)
        kept |= {"external_id": row.external_id, "text_digest": text_digest(self._text(row))}
        loaded = self._loads.get(row.pk)
        if loaded and loaded.text_digest and self.table.line not in agreed:
            kept["text_digest"] = loaded.text_digest
        return kept

    def _names(self, wanted: Any) -> list[str]:
        line = self._line(wanted)
        identifier = [f"{line.owner} is {line.external_id}"] if line.external_id else []
        return [*identifier, key_of(wanted, self.table)]

    def _known_lines(self) -> Iterator[Line]:
        for row in self._by_id.values():
            loaded = self._loads.get(row.pk)
            line = self._line(row)
            if loaded:  # an editor may have put it elsewhere
                line.scope, line.owner = _scope_and_owner(loaded)
            line.text = (
                ""
                if loaded is None
                else loaded.text_digest or ("" if self.is_edited(row) else line.text)
            )
            line.position = _position(loaded) if loaded else None
            line.row = row
            yield line
        for loaded in self._loaded.values():
            if loaded.object_id not in self._by_id:
                told = loaded.external_id, loaded.text_digest
                yield Line(
                    *_scope_and_owner(loaded), _position(loaded), *told, object_id=loaded.object_id
                )

    def _line(self, row: Any) -> Line:
        scope = key_of(row, self.table).rpartition("/")[0]
        owner = cell(getattr(row, self.table.fields[self.table.parent].attname))
        text = text_digest(self._text(row))
        return Line(scope, owner, row.position, row.external_id, text, text, row.pk or 0)

    def _text(self, row: Any) -> str:
        return getattr(row, self.table.line) or ""


def _scope_and_owner(loaded: LoadedRow) -> tuple[str, str]:
    """Where the pack put the line."""
    return loaded.key.rpartition("/")[0], loaded.key.partition("/")[0]


def _position(loaded: LoadedRow) -> int:
    """What the pack said; rows of loads before 0.2 have it in their key alone."""
    return int(loaded.key.rpartition("/")[2]) if loaded.position is None else loaded.position
