"""Reads the spreadsheets of OpenSALT as CASE packages: a table of items, or a workbook.

A table has one row for each item and, in columns named after association types, the codes of other
items. A workbook has sheets for the document, the items and the associations.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from content.numbers import plain_whole, whole_number
from content.text import first_names
from file_formats.errors import UnreadableFile
from file_formats.text_files import display_name
from interchange.case.objects import LAST_CHANGE, Identity
from interchange.case.schema import ASSOCIATION_TYPE_NAMES, IS_CHILD_OF
from interchange.files import (
    Note,
    Object,
    fold,
    ignore_note,
    one_line,
    split_entries,
    table_records,
    without_empty,
)
from interchange.identifiers import is_uuid, row_identifier, uri_of
from source_files.options import Record

#: Keys of items and documents that have columns.
KEYS = (
    "fullStatement humanCodingScheme abbreviatedStatement conceptKeywords notes language "
    "educationLevel CFItemType listEnumeration alternativeLabel creator title officialSourceURL "
    "publisher description subject version adoptionStatus statusStartDate statusEndDate"
).split()
KEYS_BY_COLUMN = {fold(key): key for key in KEYS}
#: Keys whose values are lists; their columns have commas between the entries.
LIST_KEYS = ["conceptKeywords", "educationLevel"]
DOCUMENT_SHEET, ITEM_SHEET, ASSOCIATION_SHEET = "CF Doc", "CF Item", "CF Association"
#: The name of the only sheet of a table.
TABLE = ""
#: The folded names of the columns that are read, by sheet.
READ_COLUMNS = {
    TABLE: {
        *KEYS_BY_COLUMN,
        *ASSOCIATION_TYPE_NAMES,
        *("identifier", "smartlevel", "sequencenumber"),
    },
    DOCUMENT_SHEET: {
        *KEYS_BY_COLUMN,
        *("identifier", "lastchangedate", "licensetitle", "licensetext"),
    },
    ITEM_SHEET: {*KEYS_BY_COLUMN, "identifier", "smartlevel"},
    ASSOCIATION_SHEET: {
        "identifier",
        "associationtype",
        "originnodehumancodingscheme",
        "originnodeidentifier",
        "destinationnodehumancodingscheme",
        "destinationnodeidentifier",
    },
}
NO_DATE = "1970-01-01T00:00:00+00:00"
UNKNOWN_CREATOR = "Not stated"
LICENSE_TITLE_LENGTH = 200
#: Codes and sequence numbers that one note lists.
LISTED_NAMES = 20

#: The cells of a row by the folded names of their columns.
Cells = Mapping[str, str]


def package_of_table(path: Path, note: Note = ignore_note) -> Object:
    """The package of a table of items, whose title is the name of the file.

    :param note: see `Note`.
    :raises UnreadableFile: if the table cannot be read.
    """
    title = PurePath(display_name(path)).stem
    document: Object = {
        **_identity("", title, "CFDocument", ""),
        "title": title,
        "creator": UNKNOWN_CREATOR,
        LAST_CHANGE: NO_DATE,
    }
    rows = _read_rows(path, TABLE, note)
    _note_unclear_cells(rows, path, note)
    items = [_item(cells, title, NO_DATE) for cells in rows]
    codes = [cells.get("humancodingscheme", "") for cells in rows]
    # Items without a parent are children of the document, which has no code.
    ends_by_code = dict(zip(codes, items, strict=True)) | {"": document}
    associations: list[Object] = []
    for cells, item in zip(rows, items, strict=True):
        associations += _item_associations(cells, item, ends_by_code)
    return {"CFDocument": document, "CFItems": items, "CFAssociations": associations}


def _note_unclear_cells(rows: Iterable[Cells], path: Path, note: Note) -> None:
    """Note sequence numbers that are not numbers, and codes of several items."""
    code_counts: Counter[str] = Counter()
    sequences = []
    for cells in rows:
        code = cells.get("humancodingscheme", "")
        code_counts[code] += 1
        stated = cells.get("sequencenumber", "")
        if stated and _sequence_of(cells) is None:
            name = code or cells.get("fullstatement", "")
            sequences.append(f"“{one_line(stated)}” of “{one_line(name)}”")
    repeated = [f"“{one_line(code)}”" for code, count in code_counts.items() if code and count > 1]
    for names, reason in (
        (sequences, "sequence numbers that are not whole numbers were ignored"),
        (repeated, "several items have the same code; references to it use the last one"),
    ):
        if names:
            listed = ", ".join(first_names(names, LISTED_NAMES))
            note(f"{path.name}: {reason}: {listed}")


def _sequence_of(cells: Cells) -> int | None:
    return whole_number(plain_whole(cells.get("sequencenumber", "")) or "")


def package_of_workbook(path: Path, note: Note = ignore_note) -> Object:
    """The package of a workbook with the three sheets of OpenSALT.

    :param note: see `Note`.
    :raises UnreadableFile: if a sheet is missing or cannot be read.
    """
    cells = _read_document(path, note)
    framework = cells.get("title") or PurePath(display_name(path)).stem
    date = cells.get("lastchangedate") or NO_DATE
    document: Object = {
        **_identity(cells.get("identifier", ""), framework, "CFDocument", ""),
        LAST_CHANGE: date,
        **_stated_keys(cells),
    }
    licenses: list[Object] = []
    license_link = _license_link(cells, framework)
    if license_link:
        document["licenseURI"] = license_link
        text = cells.get("licensetext", "")
        licenses.append(license_link | {"licenseText": text, LAST_CHANGE: date})
    items = [_item(row, framework, date) for row in _read_rows(path, ITEM_SHEET, note)]
    associations = [
        _sheet_association(row, framework, date)
        for row in _read_rows(path, ASSOCIATION_SHEET, note)
    ]
    return {
        "CFDocument": document,
        "CFItems": items,
        "CFAssociations": associations,
        "CFDefinitions": {"CFLicenses": licenses},
    }


def _read_document(path: Path, note: Note) -> Cells:
    """The first row of the sheet with the document; notes the other rows."""
    first, *others = table_records(path, DOCUMENT_SHEET, note)
    _note_unread_columns(path, DOCUMENT_SHEET, [first], note)
    for record in others:
        note(
            f"{record.location}: a workbook contains one framework, described in the first row, "
            "so this row was ignored"
        )
    return _cells_of(first)


def _read_rows(path: Path, sheet: str, note: Note) -> list[Cells]:
    records = list(table_records(path, sheet, note))
    _note_unread_columns(path, sheet, records, note)
    return [_cells_of(record) for record in records]


def _note_unread_columns(path: Path, sheet: str, records: Iterable[Record], note: Note) -> None:
    """Note columns that are not empty and not read."""
    unread: dict[str, None] = {}
    for record in records:
        for name, cell in record.values.items():
            if str(cell).strip() and fold(name) not in READ_COLUMNS[sheet]:
                unread[name] = None
    if unread:
        location = f"{path.name} sheet “{sheet}”" if sheet else path.name
        note(f"{location}: not imported: {', '.join(unread)}")


def _cells_of(record: Record) -> Cells:
    cells: dict[str, str] = {}
    for name, cell in record.values.items():
        column = fold(name)
        if column in cells:
            raise UnreadableFile(record.location, f"the column “{name}” appears twice")
        cells[column] = str(cell).strip()
    return cells


def _identity(stated_identifier: str, framework: str, kind: str, key: str) -> Identity:
    """The identifier and URI of an object.

    :param stated_identifier: is used if it is a UUID; otherwise one is made from it, or from the
        key if it is empty.
    """
    identifier = stated_identifier
    if not is_uuid(identifier):
        identifier = row_identifier(framework, kind, stated_identifier or key)
    return {"identifier": identifier, "uri": uri_of(identifier, "")}


def _stated_keys(cells: Cells) -> Object:
    """The keys of an item or document that have columns of their own."""
    values: Object = {}
    for column, cell in cells.items():
        key = KEYS_BY_COLUMN.get(column)
        if key in LIST_KEYS:
            values[key] = split_entries(cell, ",")
        elif key:
            values[key] = cell
    return without_empty(values)


def _item(cells: Cells, framework: str, date: str) -> Object:
    key = cells.get("humancodingscheme") or cells.get("fullstatement", "")
    stated_identifier = cells.get("identifier", "")
    item: Object = {
        **_identity(stated_identifier, framework, "CFItem", key),
        LAST_CHANGE: date,
        **_stated_keys(cells),
    }
    if stated_identifier and not is_uuid(stated_identifier):
        item["sourceIdentifier"] = stated_identifier
    if cells.get("smartlevel"):
        item["smartLevel"] = cells["smartlevel"]
    return item


def _license_link(cells: Cells, framework: str) -> Object:
    """A link to the license; empty, if the document has none."""
    text = cells.get("licensetext", "")
    title = cells.get("licensetitle") or text[:LICENSE_TITLE_LENGTH]
    if not title:
        return {}
    return {"title": title, **_identity("", framework, "CFLicense", "")}


def _item_associations(
    cells: Cells, item: Object, ends_by_code: Mapping[str, Object]
) -> list[Object]:
    """The associations in the columns that are named after association types."""
    codes_by_type: dict[str, list[str]] = {IS_CHILD_OF: []}
    for column, cell in cells.items():
        if column in ASSOCIATION_TYPE_NAMES and cell:
            codes = codes_by_type.setdefault(ASSOCIATION_TYPE_NAMES[column], [])
            codes += _codes_in(cell, ends_by_code)
    codes_by_type[IS_CHILD_OF] = codes_by_type[IS_CHILD_OF] or [""]
    associations = []
    for association_type, codes in codes_by_type.items():
        for code in dict.fromkeys(codes):
            # The other item may be in no row of the table.
            other: Object = {"identifier": code, "uri": code, "title": code}
            destination = ends_by_code.get(code, other)
            association = _association(item, association_type, destination)
            sequence = _sequence_of(cells)
            if association_type == IS_CHILD_OF and sequence is not None:
                association["sequenceNumber"] = sequence
            association[LAST_CHANGE] = item[LAST_CHANGE]
            associations.append(association)
    return associations


def _codes_in(cell: str, ends_by_code: Mapping[str, Object]) -> list[str]:
    """The codes in a cell, which may have commas between several.

    A comma may also be part of a code, or of an address elsewhere.
    """
    codes = split_entries(cell, ",")
    if cell in ends_by_code or not ends_by_code.keys() & set(codes):
        return [cell]
    return codes


def _sheet_association(cells: Cells, framework: str, date: str) -> Object:
    origin = _end_of(cells, "originnode")
    destination = _end_of(cells, "destinationnode")
    stated_type = cells.get("associationtype", "")
    association = _association(origin, stated_type, destination)
    stated_identifier = cells.get("identifier", "")
    key = str(association["identifier"])
    association |= {**_identity(stated_identifier, framework, "CFAssociation", key)}
    association["associationType"] = ASSOCIATION_TYPE_NAMES.get(fold(stated_type), stated_type)
    association[LAST_CHANGE] = date
    return association


def _end_of(cells: Cells, prefix: str) -> Object:
    code = cells.get(f"{prefix}humancodingscheme", "")
    identifier = cells.get(f"{prefix}identifier") or code
    return {"title": code, "identifier": identifier, "uri": uri_of(identifier, "")}


def _association(origin: Object, association_type: str, destination: Object) -> Object:
    key = f"{origin['identifier']} {association_type} {destination['identifier']}"
    return {
        **_identity("", "", "CFAssociation", key),
        "associationType": association_type,
        "originNodeURI": _link_to(origin),
        "destinationNodeURI": _link_to(destination),
    }


def _link_to(end: Object) -> Object:
    title = end.get("humanCodingScheme") or end.get("fullStatement") or end.get("title", "")
    return {"title": title, "identifier": end["identifier"], "uri": end["uri"]}
