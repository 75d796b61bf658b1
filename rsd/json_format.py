"""Reads rich skill descriptors from JSON of OSMT: a descriptor, a list of them, or a collection.

All functions raise `UnreadableFile` for a value of the wrong type.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from content.base_models import Status
from content.text import first_names
from file_formats.cell_text import cell
from file_formats.text_files import validate_texts
from interchange.files import (
    Note,
    Object,
    expect,
    expect_objects,
    ignore_note,
    one_line,
    read_json,
    without_empty,
)
from mapping.slugs import slug
from packs.report import MAX_DISPLAYED
from rsd.columns import (
    ALIGNMENT_NAME,
    ALIGNMENT_URL,
    AUTHORS,
    CATEGORIES,
    CERTIFICATIONS,
    COLLECTIONS,
    EMPLOYERS,
    KEYWORDS,
    NAME,
    OCCUPATIONS,
    STANDARDS,
    STATEMENT,
    URL,
    WRITTEN_SEPARATOR,
    Descriptor,
    further_column,
)

TEXT_COLUMNS = {"id": URL, "skillName": NAME, "skillStatement": STATEMENT}
LIST_COLUMNS = {
    "categories": CATEGORIES,
    "authors": AUTHORS,
    "keywords": KEYWORDS,
    "standards": STANDARDS,
    "certifications": CERTIFICATIONS,
    "employers": EMPLOYERS,
    "collections": COLLECTIONS,
}
#: All occupations with their codes and names. Tables have the codes only.
OCCUPATION_NAMES = "Occupations"
STATUSES = {
    "published": Status.PUBLISHED,
    "archived": Status.ARCHIVED,
    "deleted": Status.ARCHIVED,
}
#: All keys that are read, and two that only say what the object is.
READ_KEYS = {
    *TEXT_COLUMNS,
    *LIST_COLUMNS,
    *("occupations", "alignments", "status", "publishDate", "type", "@context"),
}
COLLECTION_KEYS = {"name", "author", "description", "status", "skills", "type", "@context"}
#: Keys of the entries of lists that are read; a code says the major, minor and broad group.
NAME_KEYS = {"skillName", "name", "value"}
ENTRY_KEYS = dict.fromkeys(LIST_COLUMNS, NAME_KEYS) | {
    "occupations": {"code", "targetNodeName", "name"},
    "alignments": {*NAME_KEYS, "id"},
}


def read_descriptors_json(
    path: Path, note: Note = ignore_note
) -> tuple[dict[str, str], list[Descriptor]]:
    """
    :param note: see `Note`.
    :returns: what the file says of the collection, as columns of a pack, and the descriptors.
    """
    content = read_json(path)
    columns: dict[str, str] = {}
    location = path.name
    unread_keys: set[str] = set()
    if isinstance(content, dict) and "skills" in content:
        columns = _collection_columns(content, path.name)
        location = f"{path.name} skills"
        unread_keys = without_empty(content).keys() - COLLECTION_KEYS
        content = content["skills"]
    elif not isinstance(content, list):
        content = [content]
    descriptors = _descriptors(content, location)
    for descriptor in expect_objects(content, location):
        unread_keys.update(_unread_entry_keys(descriptor))
    if unread_keys:
        names = first_names(sorted(map(one_line, unread_keys)), MAX_DISPLAYED)
        note(f"{path.name}: ignored keys: {', '.join(names)}")
    return columns, descriptors


def _unread_entry_keys(descriptor: Object) -> Iterator[str]:
    """The keys of entries of lists that no column contains, such as `alignments.isPartOf`."""
    for name, read_keys in ENTRY_KEYS.items():
        for entry in _list(descriptor, name, ""):
            if isinstance(entry, dict):
                for key in without_empty(entry).keys() - read_keys:
                    yield f"{name}.{key}"


def _collection_columns(collection: Mapping[str, object], location: str) -> dict[str, str]:
    """The columns of the collection that the file states; the name of the file is its title."""
    validate_texts({key: collection[key] for key in collection if key != "skills"}, location)
    title = one_line(_text(collection, "name", location)) or location
    columns = {
        "id": slug(title),
        "title": title,
        "publisher": one_line(_text(collection, "author", location)),
        "summary": _text(collection, "description", location),
        "status": STATUSES.get(str(collection.get("status")), Status.DRAFT),
    }
    return {name: text for name, text in columns.items() if text}


def _descriptors(objects: object, location: str) -> list[Descriptor]:
    descriptors = []
    for number, descriptor in enumerate(expect(objects, list, location), start=1):
        descriptor_location = f"{location} {number}"
        expect(descriptor, dict, descriptor_location)
        validate_texts(descriptor, descriptor_location)
        cells = _cells_of(descriptor, descriptor_location)
        descriptors.append((descriptor_location, cells))
    return descriptors


def _cells_of(descriptor: Object, location: str) -> dict[str, str]:
    """The cells that the descriptor has in a table, and its further values under their keys."""
    cells = {}
    for key, column in TEXT_COLUMNS.items():
        if key in descriptor:
            cells[column] = _text(descriptor, key, location)
    for key, column in LIST_COLUMNS.items():
        entries = _list(descriptor, key, location)
        names = [_name_of(entry, f"{location}: {key}") for entry in entries]
        cells[column] = WRITTEN_SEPARATOR.join(names)
    cells |= _occupation_cells(_list(descriptor, "occupations", location), location)
    cells |= _alignment_cells(_list(descriptor, "alignments", location), location)
    cells["published_at"] = _with_time_zone(_text(descriptor, "publishDate", location))
    cells["status"] = STATUSES.get(str(descriptor.get("status")), Status.DRAFT)
    stated = without_empty(descriptor)
    for key in descriptor:
        if key not in READ_KEYS:
            cells[further_column(key)] = cell(stated.get(key))
    return cells


def _text(values: Mapping[str, object], key: str, location: str) -> str:
    return expect(values.get(key) or "", str, f"{location}: {key}")


def _list(values: Object, key: str, location: str) -> list[object]:
    return expect(values.get(key) or [], list, f"{location}: {key}")


def _with_time_zone(text: str) -> str:
    """A time with its zone; collections omit that of universal time. Other texts are unchanged."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat()


def _name_of(entry: object, location: str) -> str:
    """The name of an entry, which is a text, or an object in some files."""
    if isinstance(entry, dict):
        names = (entry.get("skillName"), entry.get("name"), entry.get("value"))
        entry = next(filter(None, names), "")
    return expect(entry, str, location)


def _occupation_cells(occupations: list[object], location: str) -> dict[str, str]:
    """The codes in the columns of their groups, and all codes with names in one column."""
    names_by_code: dict[str, str] = {}
    for entry in occupations:
        occupation = expect(entry, dict, f"{location}: occupations")
        code = _text(occupation, "code", f"{location}: occupations")
        names_by_code[code] = _occupation_name(occupation)
    entries: dict[str, list[str]] = {column: [] for column in (*OCCUPATIONS, OCCUPATION_NAMES)}
    for code, name in names_by_code.items():
        entries[_occupation_column(code)].append(code)
        entries[OCCUPATION_NAMES].append(f"{code} {name}".strip())
    return {column: WRITTEN_SEPARATOR.join(texts) for column, texts in entries.items()}


def _occupation_name(occupation: Object) -> str:
    for key in ("targetNodeName", "name"):
        name = occupation.get(key)
        if isinstance(name, str):
            return name.replace(";", ",")
    return ""


def _occupation_column(code: str) -> str:
    """The column of an occupation code: 15-0000 is a major group, 15-1251.00 a job of O*NET.

    Codes with a point come from O*NET. The others are those of the Standard Occupational
    Classification, whose broader groups end with more zeros.
    """
    if "." in code:
        return OCCUPATIONS[4]
    for column, ending in zip(OCCUPATIONS, ("0000", "00", "0"), strict=False):
        if code.endswith(ending):
            return column
    return OCCUPATIONS[3]


def _alignment_cells(alignments: list[object], location: str) -> dict[str, str]:
    """The first alignment in the columns of all tables, the others in numbered columns."""
    cells: dict[str, str] = {}
    name_column, url_column = ALIGNMENT_NAME, ALIGNMENT_URL
    for number, entry in enumerate(alignments, start=2):
        alignment = expect(entry, dict, f"{location}: alignments")
        cells[name_column] = _name_of(alignment, f"{location}: alignments")
        cells[url_column] = str(alignment.get("id") or "")
        name_column, url_column = f"Alignment {number} Name", f"Alignment {number} URL"
    return cells
