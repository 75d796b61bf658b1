"""What a row's item is associated with.

That is the row it is a child of, those it is related to, and the one that comes next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from interchange.case.identifiers import Addresses
from interchange.case.objects import Object
from interchange.case.schema import CHILD, LEVEL, ORDER, RELATED, ItemHome
from interchange.export_rows import WrittenRows
from ladders.packs import LEVEL_MOVES, LEVELS
from packs.cell_text import LIST_MARK
from skills.packs import PROFICIENCIES, SKILL_DESCRIPTORS

ORDERED = [PROFICIENCIES, SKILL_DESCRIPTORS, LEVELS]


@dataclass(frozen=True)
class Tie:
    """An association that says what a column says, or the order of rows; by identifiers."""

    association: str
    origin: str
    destination: str
    sequence: int | None = None
    #: The column of the origin, if the association does not tell it by itself.
    column: str = ""
    #: Whether it says again what stands elsewhere.
    is_derived: bool = False
    #: Whether it leads to the document: not every program says so of items without a parent.
    is_root: bool = False

    @property
    def said(self) -> Object:
        """What stands under `extensions`."""
        return (
            {"derived": True} if self.is_derived else {"column": self.column} if self.column else {}
        )


def take_parent(values: dict[str, str], home: ItemHome, own: str, addresses: Addresses) -> Tie:
    """The tie to the parent, or to the document, and the place among its children.

    They are taken out of the columns.
    """
    found = (
        addresses.related(home.table, home.parent, values[home.parent])
        if home.parent in values
        else None
    )
    if found:
        del values[home.parent]
    if home.association == LEVEL and found:
        return Tie(LEVEL, found["identifier"], own)
    sequence = int(values.pop("position")) if "position" in values else None
    return Tie(CHILD, own, (found or addresses.document)["identifier"], sequence, is_root=not found)


def take_links(
    values: dict[str, str], home: ItemHome, own: str, addresses: Addresses
) -> Iterator[Tie]:
    """The ties to related rows of the package, taken out of their columns."""
    for column in home.links:
        keys = values.pop(column, "").split(LIST_MARK)
        found = {key: addresses.related(home.table, column, key) for key in keys if key}
        yield from (
            Tie(RELATED, own, end["identifier"], column=column) for end in found.values() if end
        )
        if rest := [key for key, end in found.items() if not end]:
            values[column] = LIST_MARK.join(rest)


def order_of(home: ItemHome, rows: WrittenRows, addresses: Addresses) -> Iterator[Tie]:
    """Which item comes before which, for rows whose place tells it.

    Such are steps of a scale, and levels that name no moves.
    """
    if home.table not in ORDERED:
        return
    moving = {one.values["from_level"].rpartition("/")[0] for one in rows.of(LEVEL_MOVES)}
    for lower, upper in pairwise(rows.of(home.table)):
        owner = lower.values.get(home.parent, "")
        if owner == upper.values.get(home.parent, "") and not (
            home.table is LEVELS and owner in moving
        ):
            lower_end, upper_end = (addresses.item_of(one)["identifier"] for one in (lower, upper))
            yield Tie(ORDER, lower_end, upper_end, is_derived=True)
