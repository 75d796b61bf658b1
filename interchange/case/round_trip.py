"""Exports what a package contained as it was, while the rows still have the same meaning."""

from collections.abc import Container, Iterable, Iterator

from django.db.models import Field

from content.text import normalize_newlines
from file_formats.cell_text import cell
from file_formats.errors import UnreadableFile
from interchange.case.associations import ColumnAssociation
from interchange.case.import_records import ImportRecord
from interchange.case.items import foreign_columns
from interchange.case.objects import AssociationValues, read_association, read_item
from interchange.case.schema import ItemTable
from interchange.files import Object, expect_object
from interchange.packs import ExportRow
from packs.pack_tables import column_of

#: Columns that the identifier and the associations of an item express, or that the portal changes.
NOT_COMPARED = {"position", "external_id", "published_at", "former_titles"}

#: The checked values of an association, and the association as it was written.
ReadPair = tuple[AssociationValues, Object]


def unchanged_item(
    record: ImportRecord, row: ExportRow, item_table: ItemTable, status: str
) -> Object | None:
    """The imported item, if the row still has the columns that an import would give to it.

    :param status: of the collection, which its rows have unless a column says otherwise.
    """
    try:
        item = read_item(record.item, "")
    except UnreadableFile:
        return None
    imported = foreign_columns(item, item_table) | {"status": status} | record.derived_columns
    not_compared = {*NOT_COMPARED, item_table.parent_column, *item_table.related_columns}
    for name, field in item_table.table.fields.items():
        if name in not_compared:
            continue
        column = column_of(name)
        expected = imported.get(column, default_cell(field))
        if row.values.get(column, "") != normalize_newlines(expected):
            return None
    return record.item


def default_cell(field: "Field[object, object]") -> str:
    """The cell of a new row that says nothing else."""
    return "" if field.many_to_many else cell(field.get_default())


def other_associations(record: ImportRecord, items: Container[str]) -> Iterator[Object]:
    """The imported associations that no column expresses.

    :param items: the identifiers of the items that are exported.
    """
    for _, written in _readable(_with_exported_items(record.other_associations, items)):
        yield written


def foreign_rubrics(record: ImportRecord, items: Container[str]) -> Iterator[Object]:
    """The imported rubrics of other programs.

    :param items: the identifiers of the items that are exported.
    """
    return _with_exported_items(record.rubrics, items)


def _with_exported_items(stored: list[object], items: Container[str]) -> Iterator[Object]:
    """The objects of a list of `DependentObject` whose items are exported.

    An editor may have changed the list, so entries of other types are omitted.
    """
    for entry in stored:
        match entry:
            case [list() as required, dict() as written]:
                if all(identifier in items for identifier in required):
                    yield written


def _readable(associations: Iterable[object]) -> Iterator[ReadPair]:
    """The associations that can be read."""
    for written in associations:
        try:
            values = read_association(written, "")
        except UnreadableFile:
            continue
        yield values, expect_object(written, "")


def reuse_associations(
    associations: list[ColumnAssociation], record: ImportRecord, *, is_unchanged: bool
) -> tuple[list[ColumnAssociation], list[Object]]:
    """Replace associations by imported ones with the same meaning.

    :param is_unchanged: whether the item is exported as it was imported. Another one, which says
        its table, needs an association with the document: it might have others that name no parent.
    :returns: the associations without an imported one, and the imported ones.
    """
    imported = list(_readable(record.column_associations))
    has_no_parent_association = is_unchanged and not imported
    new: list[ColumnAssociation] = []
    reused: list[Object] = []
    for column_association in associations:
        match = _find_match(column_association, imported, must_state_sequence=not is_unchanged)
        if match:
            reused.append(match)
        elif not (column_association.is_to_document and has_no_parent_association):
            new.append(column_association)
    return new, reused


def _find_match(
    column_association: ColumnAssociation, imported: list[ReadPair], *, must_state_sequence: bool
) -> Object | None:
    """The imported association with the same meaning.

    :param must_state_sequence: whether one without a sequence number means another position.
    """
    for association, written in imported:
        meaning = (
            association["associationType"],
            association["originNodeURI"]["identifier"],
            association["destinationNodeURI"]["identifier"],
        )
        implied_sequence = None if must_state_sequence else column_association.sequence
        sequence = association.get("sequenceNumber", implied_sequence)
        # Rows of some tables have no position that could express a sequence number.
        has_sequence = column_association.sequence in (None, sequence)
        if meaning == column_association.meaning and has_sequence:
            return written
    return None
