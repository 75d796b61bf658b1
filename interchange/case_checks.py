"""Reads the objects of a package.

Keys are read without regard to case and blanks, and values of a wrong kind are refused.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from content.fields import validate_storable
from interchange.case_homes import TYPE_NAMES, folded
from interchange.case_objects import DATE, Object
from interchange.identifiers import is_uuid
from packs.errors import UnreadableFile

KINDS = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
}
SCHEMES = {"http", "https", "urn"}
scheme_of = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):").match
invisible = re.compile(r"[\x00-\x20\x7f-\xa0]+")

Check = Callable[[Any, str], Any]


def kind_of(held: Any) -> str:
    """What a value is, in words."""
    return KINDS.get(type(held), "nothing")


def expect(held: Any, kind: type[Any], place: str) -> Any:
    """The value, which is of this kind.

    :raises Unreadable: if it is not.
    """
    if not isinstance(held, kind) or (isinstance(held, bool) and kind is not bool):
        raise UnreadableFile(place, f"expected {KINDS[kind]}, not {kind_of(held)}")
    return held


def text(held: Any, place: str) -> str:
    """A text that a database can store."""
    try:
        validate_storable(expect(held, str, place))
    except ValidationError as error:
        raise UnreadableFile(place, error.messages[0]) from error
    return str(held)


def texts(held: Any, place: str) -> list[str]:
    """A list of texts; some programs write one text for a list of one."""
    if isinstance(held, str):
        return [text(held, place)]
    return [
        text(each, f"{place} {number}")
        for number, each in enumerate(expect(held, list, place), start=1)
    ]


def number(held: Any, place: str) -> int:
    """A whole number."""
    return int(expect(held, int, place))


def uri(held: Any, place: str) -> str:
    """An address that leads to a page or nowhere, but runs nothing."""
    scheme = scheme_of(invisible.sub("", text(held, place)))
    if scheme and scheme[1].lower() not in SCHEMES:
        raise UnreadableFile(
            place, f"addresses begin with http, https or urn, not {scheme[1].lower()}"
        )
    return str(held)


def uuid(held: Any, place: str) -> str:
    """An identifier as CASE has them."""
    if not is_uuid(text(held, place)):
        raise UnreadableFile(place, f"expected a UUID, not “{held[:80]}”")
    return str(held)


def mapping(held: Any, place: str) -> Object:
    """An object of which nothing is known."""
    return dict(expect(held, dict, place))


def amount(held: Any, place: str) -> float:
    """A number."""
    return float(held if isinstance(held, float) else number(held, place))


def objects(held: Any, place: str) -> list[Any]:
    """A list of objects, each of which is looked at by itself."""
    return list(expect(held, list, place))


def mappings(held: Any, place: str) -> list[Object]:
    """A list of objects of which nothing is known."""
    return [
        mapping(each, f"{place} {number}")
        for number, each in enumerate(objects(held, place), start=1)
    ]


def definitions(held: Any, place: str) -> Object:
    """Lists of definitions; an empty list stands for none.

    It is known that the identifier of each is a text.
    """
    found = {} if held == [] else mapping(held, place)
    lists = {name: mappings(each, f"{place}: {name}") for name, each in found.items()}
    for name, known in lists.items():
        for number, each in enumerate(known, start=1):
            if (identifier := each.get("identifier")) is not None:
                text(identifier, f"{place}: {name} {number}: identifier")
    return lists


def link(held: Any, place: str) -> Object:
    """A reference to an object."""
    return checked(held, LINKED, ["identifier"], place)


LINKED: dict[str, Check] = {"identifier": text, "uri": uri, "title": text}
NAMED: dict[str, Check] = {"identifier": uuid, "uri": uri, DATE: text, "extensions": mapping}
DOCUMENT: dict[str, Check] = NAMED | {
    "officialSourceURL": uri,
    "licenseURI": link,
    **dict.fromkeys(
        "title creator publisher description language version adoptionStatus notes".split(),
        text,
    ),
}
ITEM: dict[str, Check] = NAMED | {
    "fullStatement": text,
    "abbreviatedStatement": text,
    "humanCodingScheme": text,
    "CFItemType": text,
    "conceptKeywords": texts,
    "licenseURI": link,
}
ASSOCIATION: dict[str, Check] = NAMED | {
    "associationType": text,
    "sequenceNumber": number,
    "originNodeURI": link,
    "destinationNodeURI": link,
    "CFAssociationGroupingURI": link,
}
RUBRIC: dict[str, Check] = NAMED | {"CFRubricCriteria": objects}
CRITERION: dict[str, Check] = NAMED | {"CFItemURI": link, "CFRubricCriterionLevels": objects}
CRITERION_LEVEL: dict[str, Check] = NAMED | {"description": text, "score": amount}
PACKAGE: dict[str, Check] = {
    "CFDocument": mapping,
    "CFDefinitions": definitions,
    **dict.fromkeys(["CFItems", "CFAssociations", "CFRubrics"], objects),
}


def checked(held: Any, shape: dict[str, Check], required: Sequence[str], place: str) -> Object:
    """The known values of an object, by the names that CASE gives them.

    Those that hold nothing are left out.

    :raises Unreadable: if one is not of its kind, stands twice, or is required and absent.
    """
    names = {folded(name): name for name in shape}
    found: Object = {}
    for key, value in expect(held, dict, place).items():
        name = names.get(folded(key))
        if name in found:
            raise UnreadableFile(place, f"{name} stands twice")
        if name and value not in (None, ""):
            found[name] = shape[name](value, f"{place}: {name}")
    if missing := [name for name in required if name not in found]:
        raise UnreadableFile(place, f"{missing[0]} is missing")
    return found


def checked_document(held: Any, place: str) -> Object:
    """A document."""
    storable(held, place)
    return checked(held, DOCUMENT, ["identifier", "title", "creator"], place)


def checked_item(held: Any, place: str) -> Object:
    """An item."""
    storable(held, place)
    return checked(held, ITEM, ["identifier", "fullStatement"], place)


def checked_association(held: Any, place: str) -> Object:
    """An association, its type in the spelling of CASE 1.0."""
    storable(held, place)
    required = ["identifier", "associationType", "originNodeURI", "destinationNodeURI"]
    found = checked(held, ASSOCIATION, required, place)
    name = TYPE_NAMES.get(folded(found["associationType"]))
    if not name:
        raise UnreadableFile(
            f"{place}: associationType", f"CASE knows no “{found['associationType']}”"
        )
    return found | {"associationType": name}


def storable(held: Any, place: str) -> None:
    """Refuse texts that no database can store, however deep they stand."""
    waiting = [held]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            text(one, place)
        elif isinstance(one, dict | list):
            waiting += [*one.keys(), *one.values()] if isinstance(one, dict) else one
