"""Builds CASE packages as other programs write them, loads packages, and exports collections."""

import json
from pathlib import Path
from typing import Any

from content.models import Collection
from interchange.case.reader import read_package
from interchange.case.writer import case_package
from interchange.packs import TABLES
from ladders.models import Band
from packs.load_options import LoadOptions
from packs.loading import load_pack
from packs.report import Report

DATE = "2020-02-29T12:00:00+00:00"
DOCUMENT = "d0000000-0000-0000-0000-000000000000"


def uuid(number: int, first: str = "0") -> str:
    """An identifier like those of OpenSALT's fixtures."""
    return f"{first}0000000-0000-0000-0000-{number:012}"


def identity(identifier: str, kind: str) -> dict[str, Any]:
    """The keys that every object has."""
    uri = f"https://server/ims/case/v1p0/{kind}/{identifier}"
    return {"uri": uri, "identifier": identifier, "lastChangeDateTime": DATE}


def item(number: int, statement: str, **keys: Any) -> dict[str, Any]:
    return identity(uuid(number), "CFItems") | {"fullStatement": statement} | keys


def association(
    number: int, origin: str, kind: str, destination: str, **keys: Any
) -> dict[str, Any]:
    """
    :param origin: an identifier, as is the destination.
    """
    values = identity(uuid(number, "a"), "CFAssociations") | {"associationType": kind}
    for key, end in (("originNodeURI", origin), ("destinationNodeURI", destination)):
        values[key] = {"title": "", "identifier": end, "uri": f"https://server/{end}"}
    return values | keys


def package(items: Any = (), associations: Any = (), **document: Any) -> dict[str, Any]:
    """A package of version 1.0; its document has these keys."""
    defaults = {"creator": "Somebody", "title": "A framework"}
    return {
        "CFDocument": identity(DOCUMENT, "CFDocuments") | defaults | document,
        "CFItems": list(items),
        "CFAssociations": list(associations),
        "CFDefinitions": {},
    }


def load(written: Any, **options: bool) -> Report:
    return load_pack(read_package(written), TABLES, LoadOptions(**options))


def load_collection(written: Any, **options: bool) -> Collection:
    """The collection of a package, after everything in it was loaded."""
    report = load(written, **options)
    assert [str(refusal) for refusal in report.refusals] == []
    assert report.conflicts == []
    return Collection.objects.get(slug=str(read_package(written).manifest().values["id"]))


def refusals(written: Any) -> list[str]:
    """The errors of a package that is loaded."""
    return [str(refusal) for refusal in load(written).refusals]


def export_text(collection: Collection, **options: Any) -> str:
    """The package of a collection as text; drafts are included unless an option says otherwise."""
    return json.dumps(
        case_package(collection, **{"drafts": True} | options), ensure_ascii=False, indent=2
    )


def export_again(written: str, **options: Any) -> str:
    """Load a package into an empty portal and export the collection."""
    Collection.objects.all().delete()
    Band.objects.all().delete()
    return export_text(load_collection(json.loads(written)), **options)


def by_identifier(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The objects by identifier, which must be unique."""
    result = {values["identifier"]: values for values in objects}
    assert len(result) == len(objects)
    return result


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
