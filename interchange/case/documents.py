"""The CFDocument of a package, and its definitions: license, item types and groupings."""

from content.base_models import Status
from content.models import Collection
from content.text import normalize_newlines
from file_formats.cell_text import cell
from file_formats.errors import UnreadableFile
from interchange.case.identifiers import PackageIdentifiers
from interchange.case.import_records import ImportRecord, import_record, with_date
from interchange.case.objects import (
    LAST_CHANGE,
    Document,
    changed_at,
    link_to,
    read_document,
    with_extension,
)
from interchange.case.schema import FORMER_ITEM_TYPES, ITEM_TABLES
from interchange.files import NO_LICENSE, Object, one_line, without_empty
from interchange.identifiers import row_identifier
from interchange.packs import visible_extra
from mapping.slugs import slug
from packs.pack_tables import COLLECTION, FORMAT, column_of
from roles.importance import FORMER_IMPORTANCES, Importance

#: Keys of the document by the columns of the collection that have the same meaning.
DOCUMENT_KEYS = {
    "title": "title",
    "summary": "description",
    "publisher": "publisher",
    "language": "language",
    "version": "version",
    "source_url": "officialSourceURL",
}
#: Statuses of collections by adoption statuses in lower case; all others are drafts.
STATUSES = {
    "adopted": Status.PUBLISHED,
    "implemented": Status.PUBLISHED,
    "deprecated": Status.ARCHIVED,
}
ADOPTION_STATUSES = {Status.PUBLISHED: "Adopted", Status.ARCHIVED: "Deprecated"}
ITEM_TYPE_NAMES = [item_table.item_type for item_table in ITEM_TABLES]
LICENSES, ITEM_TYPES, GROUPINGS = "CFLicenses", "CFItemTypes", "CFAssociationGroupings"
DEFINITION_LISTS = ["CFConcepts", "CFSubjects", LICENSES, ITEM_TYPES, GROUPINGS]


class Definitions:
    """The definitions of a package; types and groupings are defined when an object uses them."""

    def __init__(self, identifiers: PackageIdentifiers) -> None:
        self._identifiers = identifiers
        self._licenses: list[Object] = []
        #: By their positions in the hierarchy, and by title.
        self._item_types: dict[int, Object] = {}
        self._groupings: dict[str, Object] = {}

    def add_license(self, title: str, text: str) -> Object:
        """The key of the document that links to its license."""
        identity = self._identifiers.of_object("CFLicense", "")
        definition: Object = {**identity, "title": title, "licenseText": text}
        self._licenses.append(definition)
        return {"licenseURI": link_to(definition)}

    def add_item_type(self, item_type: str) -> Object:
        """The keys of an item with its type."""
        position = ITEM_TYPE_NAMES.index(item_type) + 1
        self._item_types[position] = {
            **self._identifiers.of_object("CFItemType", item_type),
            "title": item_type,
            "description": item_type,
            "hierarchyCode": str(position),
        }
        return {"CFItemType": item_type, "CFItemTypeURI": link_to(self._item_types[position])}

    def add_grouping(self, title: str) -> Object:
        """The key of an association with its grouping."""
        identity = self._identifiers.of_object("CFAssociationGrouping", title)
        self._groupings[title] = {**identity, "title": title}
        return {"CFAssociationGroupingURI": link_to(self._groupings[title])}

    def by_list(self, date: str, imported: Object) -> Object:
        """All definitions, by the names of their lists.

        :param date: of the package, which all definitions have.
        :param imported: definitions of another program, which come first.
        """
        result: dict[str, list[object]] = {}
        for name, definitions in imported.items():
            if isinstance(definitions, list):
                result[name] = list(definitions)
        for name in DEFINITION_LISTS:
            result.setdefault(name, [])
        own_definitions = {
            LICENSES: self._licenses,
            ITEM_TYPES: [self._item_types[position] for position in sorted(self._item_types)],
            GROUPINGS: [self._groupings[title] for title in sorted(self._groupings)],
        }
        for name, own in own_definitions.items():
            result[name] += [definition | {LAST_CHANGE: date} for definition in own]
        return dict(result)


def foreign_definitions(definitions: dict[str, list[Object]], namespace: str) -> Object:
    """The definitions of a package without those that the portal writes for this namespace."""
    own = {row_identifier(namespace, "CFLicense", "")}
    for item_type in [*ITEM_TYPE_NAMES, *FORMER_ITEM_TYPES.values()]:
        own.add(row_identifier(namespace, "CFItemType", item_type))
    for importance in [*Importance.values, *FORMER_IMPORTANCES]:
        own.add(row_identifier(namespace, "CFAssociationGrouping", importance))
    foreign = {}
    for name, entries in definitions.items():
        foreign[name] = [entry for entry in entries if entry.get("identifier") not in own]
    return without_empty(foreign)


def write_document(
    collection: Collection, identifiers: PackageIdentifiers, definitions: Definitions
) -> Object:
    """The document for a collection; an imported one, if the collection has not changed since."""
    record = import_record(collection)
    values: dict[str, str] = {}
    for name in COLLECTION.fields:
        values[column_of(name)] = cell(getattr(collection, name))
    if _is_unchanged(record, values):
        return record.document
    document = record.document | _portal_document(collection, values, identifiers, definitions)
    return with_date(document, record, changed_at(collection))


def _is_unchanged(record: ImportRecord, values: dict[str, str]) -> bool:
    """Whether the collection still has the columns that the import gave to it."""
    try:
        read_document(record.document, "")
    except UnreadableFile:
        return False
    for name, value in record.document_columns.items():
        if values.get(name) != normalize_newlines(value):
            return False
    return True


def _portal_document(
    collection: Collection,
    values: dict[str, str],
    identifiers: PackageIdentifiers,
    definitions: Definitions,
) -> Object:
    """
    :param values: the columns of the collection, from which those that have keys are removed.
    """
    document: Object = {**identifiers.document, "creator": collection.publisher}
    for column, key in DOCUMENT_KEYS.items():
        document[key] = values.pop(column)
    document["caseVersion"] = "1.1"
    document["adoptionStatus"] = ADOPTION_STATUSES.get(Status(collection.status), "Draft")
    notes = [collection.attribution, collection.modified, collection.notices]
    document["notes"] = "\n\n".join(filter(None, notes))
    document |= definitions.add_license(collection.license, _license_text(collection))
    namespace = identifiers.namespace
    extension = {
        "format": FORMAT,
        "namespace": "" if namespace == collection.slug else namespace,
        "row": without_empty(values),
        "extra": visible_extra(collection),
    }
    document |= with_extension(extension)
    return without_empty(document)


def _license_text(collection: Collection) -> str:
    """The name of the license, its terms, its address, and whom to attribute."""
    terms = collection.terms
    lines = [terms.name, *terms.terms, collection.license_url, collection.attribution]
    return "\n".join(filter(None, lines))


def expressed_columns(document: Document) -> dict[str, str]:
    """The columns of a collection that have keys in its document."""
    return {column: str(document.get(key, "")) for column, key in DOCUMENT_KEYS.items()}


def foreign_document_columns(document: Document, license_definition: Object) -> dict[str, str]:
    """The columns of a collection for a document that another program wrote.

    :param license_definition: of its license; empty, if it has none. Its texts are not checked.
    """
    creator = document["creator"]
    title = one_line(document["title"])
    license_title = _text_of(license_definition, "title")
    if not license_title and "licenseURI" in document:
        license_title = document["licenseURI"].get("title", "")
    notices = [document.get("notes"), _text_of(license_definition, "licenseText")]
    return expressed_columns(document) | {
        "id": slug(title) or slug(document["identifier"]),
        "title": title,
        "language": document.get("language") or "en",
        "publisher": one_line(document.get("publisher") or creator),
        "license": one_line(license_title) or NO_LICENSE,
        "attribution": f"“{title}” by {creator}.",
        "notices": "\n\n".join(filter(None, notices)),
        "status": STATUSES.get(document.get("adoptionStatus", "").casefold(), Status.DRAFT),
    }


def _text_of(definition: Object, key: str) -> str:
    value = definition.get(key)
    return value if isinstance(value, str) else ""
