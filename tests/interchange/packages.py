"""CASE packages for tests.

One is small, as another program writes it, and collections are on their way out and in.
"""

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
    """A placeholder identifier, as fixtures have them."""
    return f"{first}0000000-0000-0000-0000-{number:012}"


def named(identifier: str, kind: str) -> dict[str, Any]:
    """What every object has."""
    uri = f"https://server/ims/case/v1p0/{kind}/{identifier}"
    return {"uri": uri, "identifier": identifier, "lastChangeDateTime": DATE}


def item(number: int, statement: str, **said: Any) -> dict[str, Any]:
    """An item."""
    return named(uuid(number), "CFItems") | {"fullStatement": statement} | said


def tie(number: int, origin: str, kind: str, destination: str, **said: Any) -> dict[str, Any]:
    """An association."""
    ends = {
        name: {"title": "", "identifier": end, "uri": f"https://server/{end}"}
        for name, end in (("originNodeURI", origin), ("destinationNodeURI", destination))
    }
    return named(uuid(number, "a"), "CFAssociations") | {"associationType": kind} | ends | said


def package(items: Any = (), ties: Any = (), **document: Any) -> dict[str, Any]:
    """A package of version 1.0."""
    told = (
        named(DOCUMENT, "CFDocuments") | {"creator": "Somebody", "title": "A framework"} | document
    )
    return {
        "CFDocument": told,
        "CFItems": list(items),
        "CFAssociations": list(ties),
        "CFDefinitions": {},
    }


def load(written: Any, **terms: bool) -> Report:
    """What loading a package did."""
    return load_pack(read_package(written), TABLES, LoadOptions(**terms))


def loaded(written: Any, **terms: bool) -> Collection:
    """The collection that a package makes."""
    report = load(written, **terms)
    assert [str(refusal) for refusal in report.refusals] == []
    assert report.conflicts == []
    return Collection.objects.get(slug=str(read_package(written).manifest().values["id"]))


def refusals(written: Any) -> list[str]:
    """Why a package is not loaded."""
    return [str(refusal) for refusal in load(written).refusals]


def exported(collection: Collection, **options: Any) -> str:
    """The package of a collection as text."""
    return json.dumps(
        case_package(collection, **{"drafts": True} | options), ensure_ascii=False, indent=2
    )


def rebuilt(written: str, **options: Any) -> str:
    """The same package after it went into a portal without content and came out again."""
    Collection.objects.all().delete()
    Band.objects.all().delete()
    return exported(loaded(json.loads(written)), **options)


def by_identifier(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Objects without their order; each identifier once."""
    found = {each["identifier"]: each for each in objects}
    assert len(found) == len(objects)
    return found


def read(path: Path) -> Any:
    """A package from a file."""
    return json.loads(path.read_text("utf-8"))
