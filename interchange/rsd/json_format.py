"""Rich skill descriptors as JSON.

Their programming interface has one, a list, or a collection of them.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from content.base_models import Status
from interchange.case.items import line
from interchange.case.validation import expect, storable
from interchange.json_files import read_json
from interchange.rsd.columns import (
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
    SEPARATOR,
    STANDARDS,
    STATEMENT,
    URL,
)
from mapping.slugs import slug

Object = dict[str, Any]
TEXTS = {"id": URL, "skillName": NAME, "skillStatement": STATEMENT}
LISTS = {
    "categories": CATEGORIES,
    "authors": AUTHORS,
    "keywords": KEYWORDS,
    "standards": STANDARDS,
    "certifications": CERTIFICATIONS,
    "employers": EMPLOYERS,
    "collections": COLLECTIONS,
}
#: Names of occupations stand beside their codes here, which no table does.
OCCUPATION_NAMES = "Occupations"
STATES = {"published": Status.PUBLISHED, "archived": Status.ARCHIVED, "deleted": Status.ARCHIVED}
#: What says what the object is, and no more.
SHAPE = {"type", "@context", "occupations", "alignments", "status", "publishDate"}


def descriptors(path: Path) -> tuple[dict[str, str], list[tuple[str, dict[str, str]]]]:
    """What the file says of the collection, and the descriptors in it.

    Each has its place and its cells by column.

    :raises Unreadable: if it holds none of these, or a descriptor with a value of another kind.
    """
    found = read_json(path)
    if isinstance(found, dict) and "skills" in found:
        return _collection(found, path.name), list(_cells(found["skills"], f"{path.name} skills"))
    return {}, list(_cells(found if isinstance(found, list) else [found], path.name))


def _collection(found: Object, place: str) -> dict[str, str]:
    """What a collection says of itself, as far as it says it."""
    texts = {
        name: expect(found[name], str, f"{place}: {name}")
        for name in ("name", "author")
        if found.get(name)
    }
    title = line(texts.get("name", "")) or place
    told = {"id": slug(title), "title": title, "publisher": line(texts.get("author", ""))}
    told["summary"] = expect(found.get("description") or "", str, f"{place}: description")
    told["status"] = STATES.get(str(found.get("status")), Status.DRAFT)
    return {name: text for name, text in told.items() if text}


def _cells(found: Any, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    for number, one in enumerate(expect(found, list, place), start=1):
        here = f"{place} {number}"
        storable(expect(one, dict, here), here)
        yield here, _descriptor(one, here)


def _descriptor(one: Object, place: str) -> dict[str, str]:
    cells = {
        column: expect(one.get(key) or "", str, f"{place}: {key}") for key, column in TEXTS.items()
    }
    cells |= {column: _list(one.get(key) or [], f"{place}: {key}") for key, column in LISTS.items()}
    cells |= _occupations(
        expect(one.get("occupations") or [], list, f"{place}: occupations"), place
    )
    cells |= _alignments(expect(one.get("alignments") or [], list, f"{place}: alignments"), place)
    cells["published_at"] = _moment(
        expect(one.get("publishDate") or "", str, f"{place}: publishDate")
    )
    cells["status"] = STATES.get(str(one.get("status")), Status.DRAFT)
    rest = {
        key: held for key, held in one.items() if key not in SHAPE | TEXTS.keys() | LISTS.keys()
    }
    return cells | {key: held for key, held in rest.items() if isinstance(held, str)}


def _moment(text: str) -> str:
    """A moment with its zone; collections leave that of universal time out."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    return text


def _list(found: Any, place: str) -> str:
    """The names in a list, of which some shapes make objects."""
    return SEPARATOR.join(_name(each, place) for each in expect(found, list, place))


def _name(found: Any, place: str) -> str:
    if isinstance(found, dict):
        found = next((found[key] for key in ("skillName", "name", "value") if found.get(key)), "")
    return str(expect(found, str, place))


def _occupations(found: list[Any], place: str) -> dict[str, str]:
    """The codes by their level, which their form tells, and the names of them all."""
    named: dict[str, str] = {}
    for each in found:
        expect(each, dict, f"{place}: occupations")
        code = expect(each.get("code") or "", str, f"{place}: occupations: code")
        named[code] = _occupation_name(each)
    cells = {
        column: SEPARATOR.join(code for code in named if _level(code) == n)
        for n, column in enumerate(OCCUPATIONS)
    }
    return cells | {
        OCCUPATION_NAMES: SEPARATOR.join(f"{code} {name}".strip() for code, name in named.items())
    }


def _occupation_name(found: Object) -> str:
    names = (found.get("targetNodeName"), found.get("name"))
    return next((name.replace(";", ",") for name in names if isinstance(name, str)), "")


def _level(code: str) -> int:
    """Which column a code stands in: 15-0000 is a major group, 15-1251.00 a job of O*NET."""
    ends = ("0000", "00", "0")
    return (
        4
        if "." in code
        else next((level for level, end in enumerate(ends) if code.endswith(end)), 3)
    )


def _alignments(found: list[Any], place: str) -> dict[str, str]:
    """The first in the columns that every generation has, the others in numbered ones."""
    cells: dict[str, str] = {}
    for number, each in enumerate(found, start=1):
        expect(each, dict, f"{place}: alignments")
        names = (
            (ALIGNMENT_NAME, ALIGNMENT_URL)
            if number == 1
            else (f"Alignment {number} Name", f"Alignment {number} URL")
        )
        cells[names[0]] = _name(each, f"{place}: alignments")
        cells[names[1]] = str(each.get("id") or "")
    return cells
