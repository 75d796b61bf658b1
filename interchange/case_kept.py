"""What an import kept of a row goes out again as it came, for as long as it is still true."""

from collections.abc import Container, Iterator
from typing import Any

from content.fields import normalize_newlines
from interchange.case_checks import checked_association, checked_item
from interchange.case_homes import ItemHome
from interchange.case_items import columns_of
from interchange.case_objects import Object
from interchange.case_ties import Tie
from interchange.written_rows import WrittenRow, column_of
from packs.cell_text import cell
from packs.errors import UnreadableFile

#: Columns that are told by the item's identifier and associations, or change with the portal.
APART = {"position", "external_id", "published_at", "former_titles"}


def standing_item(told: Object, one: WrittenRow, home: ItemHome, status: str) -> Object | None:
    """The item that a row was made from, if the row says what the item said and nothing more.

    :param told: what the import kept.
    :param status: the publishing state that rows of this collection have unless they say otherwise.
    """
    if "item" not in told:
        return None
    try:
        made = columns_of(checked_item(told["item"], ""), home)
    except UnreadableFile:
        return None
    made |= {"status": status} | told.get("made", {})
    apart = {*APART, home.parent, *home.links}
    fields = {
        column_of(name): field for name, field in home.table.fields.items() if name not in apart
    }
    says_the_same = all(
        one.values.get(name, "") == normalize_newlines(made.get(name, _default(field)))
        for name, field in fields.items()
    )
    return told["item"] if says_the_same else None


def _default(field: Any) -> str:
    return "" if field.many_to_many else cell(field.get_default())


def kept_associations(told: Object, present: Container[str]) -> Iterator[Object]:
    """Associations that no column tells.

    Those with items of the package only while these are there.

    :param present: the identifiers of the items in the package.
    """
    for names, raw in _kept_with_names(told.get("beside", [])):
        if all(name in present for name in names) and _checked(raw):
            yield raw


def kept_rubrics(told: Object, present: Container[str]) -> Iterator[Object]:
    """The rubrics of other programs, while the items that they speak of are there."""
    for names, raw in _kept_with_names(told.get("rubrics", [])):
        if all(name in present for name in names) and isinstance(raw, dict):
            yield raw


def _kept_with_names(found: list[Any]) -> Iterator[tuple[list[Any], Any]]:
    """Each with the identifiers of the items that it needs.

    An editor may have spoilt what was kept.
    """
    for each in found:
        if isinstance(each, list) and len(each) == 2 and isinstance(each[0], list):
            yield each[0], each[1]


def _checked(raw: Any) -> Object | None:
    try:
        return checked_association(raw, "")
    except UnreadableFile:
        return None


def split(ties: list[Tie], told: Object) -> tuple[list[Tie], list[Object]]:
    """The ties that are to be written anew.

    With them come the associations that came with the row and say the others.
    """
    came = [(found, raw) for raw in told.get("homed", []) if (found := _checked(raw))]
    anew, again = [], []
    for tie in ties:
        same = [raw for found, raw in came if _says(found, tie)]
        again += same[:1]
        if not same and not (tie.is_root and "item" in told and not came):
            anew.append(tie)
    return anew, again


def _says(found: Object, tie: Tie) -> bool:
    ends = found["originNodeURI"]["identifier"], found["destinationNodeURI"]["identifier"]
    is_in_place = found.get("sequenceNumber") in (None, tie.sequence)
    return (found["associationType"], *ends) == (
        tie.association,
        tie.origin,
        tie.destination,
    ) and is_in_place
