"""Reads the spreadsheets in which CASE frameworks are edited as packages.

They are a table of items, or a workbook.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

from content.numbers import whole_number
from interchange.case_homes import CHILD, TYPE_NAMES, folded
from interchange.case_objects import DATE, Object, filled
from interchange.identifiers import address, identifier, is_uuid
from interchange.table_files import Note, records_of, unnoted
from mapping.records import Record
from packs.errors import UnreadableFile
from packs.reading import display_name

#: Keys of items and of the document by the folded names of columns; other columns keep their names.
KEYS = {
    folded(name): name
    for name in (
        "fullStatement humanCodingScheme abbreviatedStatement conceptKeywords notes language "
        "educationLevel CFItemType listEnumeration alternativeLabel creator title "
        "officialSourceURL publisher description subject version adoptionStatus statusStartDate "
        "statusEndDate"
    ).split()
}
LISTS = {"conceptKeywords", "educationLevel"}
DOCUMENT, ITEMS, ASSOCIATIONS = "CF Doc", "CF Item", "CF Association"
#: The name that `records_of` gives the only table of a file.
TABLE = ""
ENDS = {
    f"{end}node{name}"
    for end in ("origin", "destination")
    for name in ("humancodingscheme", "identifier")
}
#: The folded names of the columns that are read, by sheet.
READ = {
    TABLE: KEYS.keys() | TYPE_NAMES.keys() | {"identifier", "smartlevel", "sequencenumber"},
    DOCUMENT: KEYS.keys() | {"identifier", "lastchangedate", "licensetitle", "licensetext"},
    ITEMS: KEYS.keys() | {"identifier", "smartlevel"},
    ASSOCIATIONS: ENDS | {"identifier", "associationtype"},
}
NO_DATE = "1970-01-01T00:00:00+00:00"
UNKNOWN = "Not stated"

Cells = dict[str, str]


def package_of_table(path: Path, note: Note = unnoted) -> Object:
    """The package that a table of items makes; it is called by the name of its file.

    :param note: see `records_of`.
    :raises Unreadable: if the table cannot be read.
    """
    title = PurePath(display_name(path)).stem
    document = _named({}, title, "CFDocument", "") | {
        "title": title,
        "creator": UNKNOWN,
        DATE: NO_DATE,
    }
    rows = list(_rows(path, TABLE, note))
    items = [_item(cells, title, NO_DATE) for cells in rows]
    ends = {
        cells.get("humancodingscheme", ""): item for cells, item in zip(rows, items, strict=True)
    }
    ties = [
        tie
        for cells, item in zip(rows, items, strict=True)
        for tie in _ties(cells, item, document, ends)
    ]
    return {"CFDocument": document, "CFItems": items, "CFAssociations": ties}


def package_of_workbook(path: Path, note: Note = unnoted) -> Object:
    """The package that a workbook with the three sheets of OpenSALT makes.

    :param note: see `records_of`.
    :raises Unreadable: if a sheet is missing or cannot be read.
    """
    document = _document(path, note)
    name = document.get("title") or PurePath(display_name(path)).stem
    date = document.get("lastchangedate", "") or NO_DATE
    made = (
        _named(document, name, "CFDocument", "")
        | {DATE: date}
        | _told(document)
        | _licence(document, name)
    )
    items = [_item(cells, name, date) for cells in _rows(path, ITEMS, note)]
    ties = [_association(cells, name, date) for cells in _rows(path, ASSOCIATIONS, note)]
    licence = {"licenseText": document.get("licensetext", ""), DATE: date}
    licences = [found | licence] if (found := made.get("licenseURI")) else []
    return {
        "CFDocument": made,
        "CFItems": items,
        "CFAssociations": ties,
        "CFDefinitions": {"CFLicenses": licences},
    }


def _document(path: Path, note: Note) -> Cells:
    """The first row of the sheet with the document; other rows are noted."""
    first, *others = records_of(path, DOCUMENT, note)
    _note_unread_columns(path, DOCUMENT, [first], note)
    for record in others:
        note(
            f"{record.place}: a workbook holds one framework, which the first row describes, so "
            "nothing is taken from this row"
        )
    return _cells(first)


def _rows(path: Path, sheet: str, note: Note) -> Iterator[Cells]:
    """The rows by the folded names of their columns."""
    records = list(records_of(path, sheet, note))
    _note_unread_columns(path, sheet, records, note)
    return map(_cells, records)


def _note_unread_columns(path: Path, sheet: str, records: Iterable[Record], note: Note) -> None:
    """Note columns that are not read and not empty."""
    filled_cells = (
        name for record in records for name, text in record.values.items() if str(text).strip()
    )
    if unread := [name for name in dict.fromkeys(filled_cells) if folded(name) not in READ[sheet]]:
        place = f"{path.name} sheet “{sheet}”" if sheet else path.name
        note(f"{place}: nothing is taken from {', '.join(unread)}")


def _cells(record: Record) -> Cells:
    cells: Cells = {}
    for name, text in record.values.items():
        if folded(name) in cells:
            raise UnreadableFile(record.place, f"the column “{name}” stands twice")
        cells[folded(name)] = str(text).strip()
    return cells


def _named(cells: Cells, framework: str, kind: str, key: str) -> Object:
    """Identifier and address.

    A row without a sound identifier has one by its code, or by what it says.
    """
    given = cells.get("identifier", "")
    made = given if is_uuid(given) else identifier(framework, kind, given or key)
    return {"identifier": made, "uri": address(made, "")}


def _told(cells: Cells) -> Object:
    found: dict[str, Any] = {KEYS[name]: text for name, text in cells.items() if name in KEYS}
    lists = {
        name: [part.strip() for part in found[name].split(",") if part.strip()]
        for name in LISTS & found.keys()
    }
    return filled(found | lists)


def _item(cells: Cells, framework: str, date: str) -> Object:
    key = cells.get("humancodingscheme") or cells.get("fullstatement", "")
    given = cells.get("identifier", "")
    came = {} if is_uuid(given) or not given else {"sourceIdentifier": given}
    level = {"smartLevel": cells["smartlevel"]} if cells.get("smartlevel") else {}
    return _named(cells, framework, "CFItem", key) | {DATE: date} | _told(cells) | came | level


def _licence(cells: Cells, framework: str) -> Object:
    title = cells.get("licensetitle") or cells.get("licensetext", "")[:200]
    return (
        {"licenseURI": {"title": title} | _named({}, framework, "CFLicense", "")} if title else {}
    )


def _ties(
    cells: Cells, item: Object, document: Object, ends: dict[str, Object]
) -> Iterator[Object]:
    """What the columns named after types of associations say.

    An item that names no parent stands at the top.
    """
    columns = {
        TYPE_NAMES[name]: text for name, text in cells.items() if name in TYPE_NAMES and text
    }
    for kind, code in ({CHILD: ""} | columns).items():
        end = ends.get(code) if code else document
        number = whole_number(cells.get("sequencenumber", "")) if kind == CHILD else None
        place = {} if number is None else {"sequenceNumber": number}
        yield (
            _tie(item, kind, end or {"identifier": code, "uri": code, "title": code})
            | place
            | {DATE: item[DATE]}
        )


def _tie(origin: Object, kind: str, destination: Object) -> Object:
    key = f"{origin['identifier']} {kind} {destination['identifier']}"
    return _named({}, "", "CFAssociation", key) | {
        "associationType": kind,
        "originNodeURI": _end(origin),
        "destinationNodeURI": _end(destination),
    }


def _end(found: Object) -> Object:
    title = found.get("humanCodingScheme") or found.get("fullStatement") or found.get("title") or ""
    return {"title": title, "identifier": found["identifier"], "uri": found["uri"]}


def _association(cells: Cells, framework: str, date: str) -> Object:
    ends = [
        {
            "title": cells.get(f"{end}nodehumancodingscheme", ""),
            "identifier": cells.get(f"{end}nodeidentifier")
            or cells.get(f"{end}nodehumancodingscheme", ""),
        }
        for end in ("origin", "destination")
    ]
    origin, destination = (end | {"uri": address(end["identifier"], "")} for end in ends)
    made = _tie(origin, cells.get("associationtype", ""), destination)
    kind = TYPE_NAMES.get(folded(made["associationType"]), made["associationType"])
    return (
        made
        | _named(cells, framework, "CFAssociation", made["identifier"])
        | {"associationType": kind, DATE: date}
    )
