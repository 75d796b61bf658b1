"""What an import stores of an object of a CASE package, so that it can be exported again unchanged.

It is JSON in `extra` of the row: under `SOURCE` what is content, under `DATED` what is not. These
texts are in databases and packs, so their keys must not change.

A package that is loaded into another portal is exported from there with the same bytes, dates
included. To that end the import stores the date of each object with a digest of the object. The
date is used for as long as the object that is exported has the same digest; otherwise, and for rows
that no package contained, the object has the date of the row.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

from content.base_models import ContentModel
from content.json_format import InvalidJSONError, parse_strict_json
from file_formats.errors import UnreadableFile
from interchange.case.objects import LAST_CHANGE, CheckedObject, case_time
from interchange.files import MAX_DEPTH, Object, expect_object, without_empty
from interchange.identifiers import uri_of
from interchange.packs import SOURCE, STORED_BY_IMPORTS
from packs.pack_tables import DATED

#: Keys that are no part of the digest: an object may be moved or renamed without being changed.
NOT_IN_DIGEST = frozenset({"uri", "title", LAST_CHANGE})
DIGEST_BYTES = 8
#: Objects of a package are a few levels deeper in what is stored than in their file.
MAX_STORED_DEPTH = 2 * MAX_DEPTH

#: An object of a package with the identifiers of the items that it needs: it is exported only
#: together with them.
DependentObject = tuple[list[str], Object]


@dataclass(frozen=True)
class ImportRecord:
    """What the import stored of the object that a row was made from; empty for other rows."""

    identifier: str = ""
    uri: str = ""
    date: str = ""
    digest: str = ""
    #: From which the identifiers of the package were made, if not from the slug of the collection.
    namespace: str = ""
    #: The item or document itself, if another program wrote it.
    item: Object = field(default_factory=dict)
    document: Object = field(default_factory=dict)
    #: The columns that the import gave to the collection, and those that follow from more than the
    #: item.
    document_columns: Object = field(default_factory=dict)
    derived_columns: Object = field(default_factory=dict)
    definitions: Object = field(default_factory=dict)
    #: Associations that columns express, and as `DependentObject` the associations and rubrics that
    #: no column expresses. None of them is checked, because an editor can change `extra`.
    column_associations: list[object] = field(default_factory=list)
    other_associations: list[object] = field(default_factory=list)
    rubrics: list[object] = field(default_factory=list)


#: The keys of the fields in the JSON.
KEYS = {
    "identifier": "identifier",
    "uri": "uri",
    "date": "date",
    "digest": "mark",
    "namespace": "namespace",
    "item": "item",
    "document": "document",
    "document_columns": "read",
    "derived_columns": "made",
    "definitions": "definitions",
    "column_associations": "homed",
    "other_associations": "beside",
    "rubrics": "rubrics",
}
EMPTY = ImportRecord()


def import_record(row: ContentModel) -> ImportRecord:
    """The record of a row; what an editor has made unreadable in it is omitted."""
    stored: Object = {}
    for name in STORED_BY_IMPORTS:
        try:
            value = parse_strict_json(str(row.extra.get(name, "{}")), max_depth=MAX_STORED_DEPTH)
            stored |= expect_object(value, name)
        except (InvalidJSONError, UnreadableFile):
            continue
    fields: dict[str, Any] = {}
    for name, key in KEYS.items():
        if isinstance(stored.get(key), type(getattr(EMPTY, name))):
            fields[name] = stored[key]
    return ImportRecord(**fields)


def source_column(**fields: object) -> Object:
    """The column of `extra` with these fields of an `ImportRecord`; none, if all are empty."""
    return _column(SOURCE, fields)


def date_column(raw: Object, checked: CheckedObject) -> Object:
    """The column of `extra` with the identifier and date of an object that the portal wrote."""
    identifier = checked["identifier"]
    uri = checked.get("uri", "")
    return _column(
        DATED,
        {
            "identifier": identifier,
            "uri": "" if uri == uri_of(identifier, "") else uri,
            "date": checked.get(LAST_CHANGE, ""),
            "digest": object_digest(raw),
        },
    )


def _column(column: str, fields: Object) -> Object:
    stored = without_empty({KEYS[name]: value for name, value in fields.items()})
    if not stored:
        return {}
    return {column: json.dumps(stored, separators=(",", ":"))}


def object_digest(written: Object) -> str:
    """A digest of an object, in which links count by their identifiers alone."""
    content = {}
    for name, value in written.items():
        if isinstance(value, dict) and "uri" in value:
            value = value.get("identifier")
        elif value in (None, "", []):
            continue
        if name not in NOT_IN_DIGEST:
            content[name] = value
    text = json.dumps(content, ensure_ascii=True, sort_keys=True)
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


def with_date(written: Object, record: ImportRecord, changed: datetime) -> Object:
    """The object with the date of its last change.

    :param changed: when the row was last changed in this portal.
    """
    if record.date and record.digest == object_digest(written):
        return written | {LAST_CHANGE: record.date}
    return written | {LAST_CHANGE: case_time(changed)}
