"""The CFDocument of a package and the collection stand for each other."""

from typing import Any

from content.base_models import Status
from content.fields import normalize_newlines
from content.models import Collection
from interchange.case_addresses import Addresses
from interchange.case_checks import checked_document
from interchange.case_definitions import Definitions
from interchange.case_items import line
from interchange.case_objects import Object, dated, extended, filled, written_at
from interchange.written_rows import column_of, kept, visible_extra
from mapping.slugs import slug
from packs.cell_text import cell
from packs.errors import UnreadableFile
from packs.pack_tables import COLLECTION, FORMAT

#: Keys of the document by the columns of the collection that hold the same.
KEYS = {
    "title": "title",
    "summary": "description",
    "publisher": "publisher",
    "language": "language",
    "version": "version",
    "source_url": "officialSourceURL",
}
#: Adoption statuses that other programs write, by their folded names; what is none of these comes
#: in as a draft.
STATES = {
    "adopted": Status.PUBLISHED,
    "implemented": Status.PUBLISHED,
    "deprecated": Status.ARCHIVED,
}
ADOPTION = {Status.PUBLISHED: "Adopted", Status.ARCHIVED: "Deprecated"}
NO_LICENCE = "No licence stated"


def document_of(collection: Collection, addresses: Addresses, definitions: Definitions) -> Object:
    """The document for a collection: as it came, if the collection still says the same."""
    told = kept(collection)
    values = {column_of(name): cell(getattr(collection, name)) for name in COLLECTION.fields}
    raw = told.get("document", {})
    if _stands(raw, told, values):
        return raw
    made = raw | _made(collection, values, addresses, definitions)
    return dated(made, told, written_at(collection))


def _made(
    collection: Collection, values: dict[str, str], addresses: Addresses, definitions: Definitions
) -> Object:
    rest = {name: held for name, held in values.items() if held and name not in KEYS}
    return filled(
        addresses.document
        | {"creator": collection.publisher}
        | {key: values[name] for name, key in KEYS.items()}
        | {
            "caseVersion": "1.1",
            "adoptionStatus": ADOPTION.get(Status(collection.status), "Draft"),
            "notes": "\n\n".join(
                filter(None, [collection.attribution, collection.modified, collection.notices])
            ),
        }
        | definitions.licence(collection.licence, licence_text(collection))
        | extended(_extension(collection, rest, addresses))
    )


def _extension(collection: Collection, rest: dict[str, str], addresses: Addresses) -> Object:
    namespace = "" if addresses.namespace == collection.slug else addresses.namespace
    said = {
        "format": FORMAT,
        "namespace": namespace,
        "row": rest,
        "extra": visible_extra(collection),
    }
    return filled(said)


def licence_text(collection: Collection) -> str:
    """What the licence is called and asks for, where it stands, and whom to name."""
    terms = collection.terms
    return "\n".join(
        filter(None, [terms.name, *terms.terms, collection.licence_url, collection.attribution])
    )


def columns_of_document(found: Object, licence: Object | None) -> dict[str, str]:
    """The columns for a document that another program wrote.

    :param found: a document whose texts are texts.
    :param licence: the definition of its licence.
    """
    creator, title = found["creator"], line(found["title"])
    named = (licence or {}).get("title") or (found.get("licenseURI") or {}).get("title") or ""
    return {
        **{name: found.get(key) or "" for name, key in KEYS.items()},
        "id": slug(title) or slug(found["identifier"]),
        "title": title,
        "language": found.get("language") or "en",
        "publisher": line(found.get("publisher") or creator),
        "licence": line(named) or NO_LICENCE,
        "attribution": f"“{title}” by {creator}.",
        "notices": "\n\n".join(
            filter(None, [found.get("notes"), (licence or {}).get("licenseText")])
        ),
        "status": STATES.get((found.get("adoptionStatus") or "").casefold(), Status.DRAFT),
    }


def _stands(raw: Object, told: dict[str, Any], values: dict[str, str]) -> bool:
    """Whether the collection says what the document said.

    Its own name and place here are no matter of it.
    """
    try:
        checked_document(raw, "")
    except UnreadableFile:
        return False
    return all(
        values.get(name) == normalize_newlines(held) for name, held in told.get("read", {}).items()
    )


def _column(name: str) -> str:
    return "id" if name == "slug" else name
