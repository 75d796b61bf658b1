"""The objects of a CASE package: their shapes, and the parts that all of them have.

Keys of packages are read without regard to case and spaces, because programs differ in them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, Required, TypedDict, cast

from content.base_models import ContentModel
from file_formats.errors import UnreadableFile
from file_formats.text_files import validate_texts
from interchange.case.schema import ASSOCIATION_TYPE_NAMES, EXTENSION
from interchange.files import (
    Object,
    expect_list,
    expect_number,
    expect_object,
    expect_objects,
    expect_text,
    expect_texts,
    expect_uri,
    expect_uuid,
    expect_whole_number,
    fold,
    without_empty,
)
from interchange.packs import ExportRow, visible_extra

LAST_CHANGE: Final = "lastChangeDateTime"
LINK_TITLE_LENGTH = 200
#: After so many errors the package is refused as a whole.
MAX_ERRORS = 10_000
#: Reads the value of a key; raises `UnreadableFile` with the location, if it has another type.
Check = Callable[[object, str], object]
Shape = Mapping[str, Check]


class Identity(TypedDict):
    """The keys that identify an object."""

    identifier: str
    uri: str


class Link(TypedDict, total=False):
    """A link to an object of this package or of another one."""

    identifier: Required[str]
    uri: str
    title: str


class CheckedObject(TypedDict, total=False):
    """The keys of all objects, after their values have been checked."""

    identifier: Required[str]
    uri: str
    lastChangeDateTime: str
    extensions: Object


class Document(CheckedObject, total=False):
    """A CFDocument."""

    title: Required[str]
    creator: Required[str]
    officialSourceURL: str
    licenseURI: Link
    publisher: str
    description: str
    language: str
    version: str
    adoptionStatus: str
    notes: str


class ItemValues(CheckedObject, total=False):
    """A CFItem."""

    fullStatement: Required[str]
    abbreviatedStatement: str
    humanCodingScheme: str
    CFItemType: str
    conceptKeywords: list[str]
    licenseURI: Link


class AssociationValues(CheckedObject, total=False):
    """A CFAssociation; its type is spelled as in CASE 1.0."""

    associationType: Required[str]
    sequenceNumber: int
    originNodeURI: Required[Link]
    destinationNodeURI: Required[Link]
    CFAssociationGroupingURI: Link


class Rubric(CheckedObject, total=False):
    """A CFRubric, whose criteria are not checked."""

    CFRubricCriteria: list[object]


class Criterion(CheckedObject, total=False):
    """A CFRubricCriterion, whose levels are not checked."""

    CFItemURI: Link
    CFRubricCriterionLevels: list[object]


class CriterionLevel(CheckedObject, total=False):
    """A CFRubricCriterionLevel."""

    description: str
    score: float


class Package(TypedDict, total=False):
    """A CFPackage, in which only the definitions are checked."""

    CFDocument: Required[Object]
    CFDefinitions: dict[str, list[Object]]
    CFItems: list[object]
    CFAssociations: list[object]
    CFRubrics: list[object]


class Extension(TypedDict, total=False):
    """The portal's own extension of an object."""

    #: Of the document: the version of the format, and from what identifiers are made.
    format: object
    namespace: str
    #: Of objects that are rows: the table, the columns that CASE cannot express, what no column
    #: holds, and of items the column that is the full statement.
    table: str
    row: dict[str, str]
    extra: Object
    statement: str
    #: Of associations: the column that they express.
    column: str
    #: Whether the object repeats what other objects of the package express.
    derived: bool


class Refusals:
    """The errors of objects that are left out of a package."""

    def __init__(self) -> None:
        self.errors: list[UnreadableFile] = []

    def add(self, error: UnreadableFile) -> None:
        """
        :raises UnreadableFile: if there are more than `MAX_ERRORS`.
        """
        self.errors.append(error)
        if len(self.errors) > MAX_ERRORS:
            reason = (
                f"more than {MAX_ERRORS:,} objects cannot be imported; the first problem: {error}"
            )
            raise UnreadableFile("the package", reason)

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Add the error that the block raises."""
        try:
            yield
        except UnreadableFile as error:
            self.add(error)


def read_object(value: object, shape: Shape, required: Sequence[str], location: str) -> Object:
    """The values of an object whose keys the shape has, spelled as in CASE; empty ones are omitted.

    :raises UnreadableFile: if a value has another type, a key occurs twice, or a required one is
        missing.
    """
    names = {fold(name): name for name in shape}
    result: Object = {}
    for key, key_value in expect_object(value, location).items():
        name = names.get(fold(key))
        if name in result:
            raise UnreadableFile(location, f"{name} appears twice")
        if name and key_value not in (None, ""):
            result[name] = shape[name](key_value, f"{location}: {name}")
    for name in required:
        if name not in result:
            raise UnreadableFile(location, f"{name} is missing")
    return result


def unknown_keys(value: object, shape: Shape) -> list[str]:
    """The keys of an object that have a value and that the shape does not have.

    :raises UnreadableFile: if a key cannot be stored.
    """
    known = set(map(fold, shape))
    names = [name for name in without_empty(expect_object(value, "")) if fold(name) not in known]
    validate_texts(names, "the package")
    return names


def _read_link(value: object, location: str) -> Object:
    return read_object(value, LINK, ["identifier"], location)


def _read_definitions(value: object, location: str) -> dict[str, list[Object]]:
    """Lists of definitions whose identifiers are texts; some programs write an empty list instead.

    Nothing else of the definitions is checked.
    """
    if value == []:
        return {}
    definitions = {}
    for name, entries in expect_object(value, location).items():
        list_location = f"{location}: {name}"
        definitions[name] = expect_objects(entries, list_location)
        for number, definition in enumerate(definitions[name], start=1):
            if definition.get("identifier") is not None:
                expect_text(definition["identifier"], f"{list_location} {number}: identifier")
    return definitions


LINK: Shape = {"identifier": expect_text, "uri": expect_uri, "title": expect_text}
COMMON_KEYS: Shape = {
    "identifier": expect_uuid,
    "uri": expect_uri,
    LAST_CHANGE: expect_text,
    "extensions": expect_object,
}
DOCUMENT: Shape = {
    **COMMON_KEYS,
    "officialSourceURL": expect_uri,
    "licenseURI": _read_link,
    "title": expect_text,
    "creator": expect_text,
    "publisher": expect_text,
    "description": expect_text,
    "language": expect_text,
    "version": expect_text,
    "adoptionStatus": expect_text,
    "notes": expect_text,
}
ITEM: Shape = {
    **COMMON_KEYS,
    "fullStatement": expect_text,
    "abbreviatedStatement": expect_text,
    "humanCodingScheme": expect_text,
    "CFItemType": expect_text,
    "conceptKeywords": expect_texts,
    "licenseURI": _read_link,
}
#: What items of the portal consist of; links to the type and the document repeat what others say.
OWN_ITEM: Shape = {**ITEM, "CFItemTypeURI": _read_link, "CFDocumentURI": _read_link}
ASSOCIATION: Shape = {
    **COMMON_KEYS,
    "associationType": expect_text,
    "sequenceNumber": expect_whole_number,
    "originNodeURI": _read_link,
    "destinationNodeURI": _read_link,
    "CFAssociationGroupingURI": _read_link,
}
RUBRIC: Shape = {**COMMON_KEYS, "CFRubricCriteria": expect_list}
CRITERION: Shape = {
    **COMMON_KEYS,
    "CFItemURI": _read_link,
    "CFRubricCriterionLevels": expect_list,
}
CRITERION_LEVEL: Shape = {**COMMON_KEYS, "description": expect_text, "score": expect_number}
PACKAGE: Shape = {
    "CFDocument": expect_object,
    "CFDefinitions": _read_definitions,
    "CFItems": expect_list,
    "CFAssociations": expect_list,
    "CFRubrics": expect_list,
}


def read_package_keys(value: object) -> Package:
    """
    :raises UnreadableFile: if the value is not a package, or has no document.
    """
    return cast(Package, read_object(value, PACKAGE, ["CFDocument"], "the package"))


def read_document(value: object, location: str) -> Document:
    validate_texts(value, location)
    required = ["identifier", "title", "creator"]
    return cast(Document, read_object(value, DOCUMENT, required, location))


def read_item(value: object, location: str) -> ItemValues:
    validate_texts(value, location)
    return cast(ItemValues, read_object(value, ITEM, ["identifier", "fullStatement"], location))


def read_association(value: object, location: str) -> AssociationValues:
    """An association; its type is spelled as in CASE 1.0.

    :raises UnreadableFile: also if CASE has no such type.
    """
    validate_texts(value, location)
    required = ["identifier", "associationType", "originNodeURI", "destinationNodeURI"]
    association = cast(AssociationValues, read_object(value, ASSOCIATION, required, location))
    stated_type = association["associationType"]
    association_type = ASSOCIATION_TYPE_NAMES.get(fold(stated_type))
    if not association_type:
        raise UnreadableFile(
            f"{location}: associationType", (f"CASE has no association type “{stated_type}”")
        )
    return {**association, "associationType": association_type}


def read_rubric(value: object, location: str) -> Rubric:
    validate_texts(value, location)
    return cast(Rubric, read_object(value, RUBRIC, ["identifier"], location))


def read_criterion(value: object, location: str) -> Criterion:
    """A criterion of a rubric whose texts have been checked."""
    return cast(Criterion, read_object(value, CRITERION, ["identifier"], location))


def read_criterion_level(value: object, location: str) -> CriterionLevel:
    """A level of a criterion whose texts have been checked."""
    return cast(CriterionLevel, read_object(value, CRITERION_LEVEL, ["identifier"], location))


def read_extension(checked: CheckedObject, location: str) -> Extension:
    """The portal's own extension of a checked object; empty, if it has none.

    :raises UnreadableFile: if a value has another type than the portal writes.
    """
    extensions = checked.get("extensions", {})
    extension = expect_object(extensions.get(EXTENSION, {}), f"{location}: extensions")
    for name in ("table", "statement", "column", "namespace"):
        expect_text(extension.get(name, ""), f"{location}: {name}")
    for name, value in expect_object(extension.get("row", {}), f"{location}: row").items():
        expect_text(value, f"{location}: {name}")
    expect_object(extension.get("extra", {}), f"{location}: extra")
    return cast(Extension, extension)


def with_extension(values: Mapping[str, object]) -> Object:
    """The key `extensions` with the portal's own extension, without its empty values."""
    return {"extensions": {EXTENSION: without_empty(values)}}


def with_row_extension(row: ExportRow, values: dict[str, str], statement: str = "") -> Object:
    """The extension of an object that represents a row.

    :param values: the columns that CASE cannot express.
    :param statement: the column that is the full statement of an item.
    """
    return with_extension(
        {
            "table": row.table.name,
            "statement": statement,
            "row": values,
            "extra": visible_extra(row.row),
        }
    )


def link_to(target: Mapping[str, object]) -> Object:
    """A link to an object, with the first of its texts that can be a title."""
    names = ("title", "abbreviatedStatement", "humanCodingScheme", "fullStatement")
    texts = map(target.get, names)
    title = str(next(filter(None, texts), ""))[:LINK_TITLE_LENGTH]
    return {"title": title, "identifier": target["identifier"], "uri": target["uri"]}


def case_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def changed_at(row: ContentModel) -> datetime:
    """When an editor last changed the row; if only imports have, when one did.

    CASE requires a date for every object.
    """
    return row.changed_at or row.updated_at
