"""Reads rich skill descriptors, from a table or from JSON, into skills and skill groups.

A descriptor has one statement and no levels. Its first category is the skill's group; all of its
lists are kept under the names of their columns and given back, so that no keyword is taken for
another name of the skill.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from content.fields import LINE_LENGTH
from content.models import Collection
from interchange.case_checks import uri
from interchange.case_documents import NO_LICENCE
from interchange.case_homes import folded
from interchange.case_items import line
from interchange.rsd_columns import AUTHORS, CATEGORIES, KNOWN, NAME, STATEMENT, URL, parts
from interchange.rsd_json import descriptors
from interchange.slugs import with_digest
from interchange.table_files import records_of
from mapping.slugs import slug
from packs.errors import UnreadableFile
from packs.reading import display_name
from packs.sources import TablesPack
from packs.tables.csv_cells import unescape_formula
from skills.packs import SKILL_GROUPS, SKILLS

#: A descriptor: where it stands, and its cells by column.
Descriptor = tuple[str, dict[str, str]]


def read_descriptors(path: Path, collection: str = "", author: str = "", **said: str) -> TablesPack:
    """The pack that a file of descriptors makes.

    :param collection: the slug of the collection; else made from the title that the file has.
    :param author: the author of descriptors that name none.
    :param said: what is said of the collection; if it is new, the file and its name say the rest.
    :raises Unreadable: if it cannot be read at all; what else cannot be taken is refused in the
        pack.
    """
    told, found = descriptors(path) if path.suffix.lower() == ".json" else ({}, list(_table(path)))
    pack = TablesPack(_manifest(path, collection, told, said), path.name)
    sound = list(_sound(found, author, pack))
    groups = _groups(sound)
    for title, (place, group) in groups.items():
        pack.add(SKILL_GROUPS.name, place, {"id": group, "title": line(title)})
    often = Counter(slug(cells[NAME]) for _, cells in sound)
    for place, cells in sound:
        if line(cells[NAME]) != " ".join(cells[NAME].split()):
            pack.notes.append(f"{place}: {NAME} is cut to {LINE_LENGTH} letters")
        pack.add(SKILLS.name, place, _skill(cells, groups, often))
    return pack


def _manifest(
    path: Path, collection: str, told: dict[str, str], said: dict[str, str]
) -> dict[str, str]:
    title = said.get("title") or told.get("title") or PurePath(display_name(path)).stem
    own_id = collection or told.get("id") or slug(title)
    if Collection.objects.filter(slug=own_id).exists():
        return said | {"id": own_id}
    publisher = said.get("publisher") or told.get("publisher") or "Not stated"
    named = {
        "publisher": publisher,
        "licence": NO_LICENCE,
        "attribution": f"“{title}” by {publisher}.",
    }
    return named | told | {"title": title} | said | {"id": own_id}


def _table(path: Path) -> Iterator[Descriptor]:
    return ((record.place, _known(record.values, record.place)) for record in records_of(path))


def _known(values: Mapping[str, Any], place: str) -> dict[str, str]:
    """The cells by the names of today; what no name is known of keeps its own.

    :raises Unreadable: if two columns mean the same and hold different words.
    """
    known: dict[str, str] = {}
    for name, cell in values.items():
        column, words = KNOWN.get(folded(name), name), unescape_formula(str(cell).strip())
        if words and known.get(column, words) not in ("", words):
            raise UnreadableFile(place, f"{name}: another column says something else of “{column}”")
        known[column] = words or known.get(column, "")
    return known


def _sound(found: Iterable[Descriptor], author: str, pack: TablesPack) -> Iterator[Descriptor]:
    """The descriptors that have what one must have; the others are refused."""
    for place, cells in found:
        cells[AUTHORS] = cells.get(AUTHORS) or author
        try:
            if missing := [name for name in (NAME, STATEMENT, AUTHORS) if not cells.get(name)]:
                hint = (
                    "; --author names one for all that have none" if missing[0] == AUTHORS else ""
                )
                raise UnreadableFile(f"{place}: {missing[0]}", f"is missing{hint}")
            uri(cells.get(URL, ""), f"{place}: {URL}")
        except UnreadableFile as error:
            pack.add_error(SKILL_GROUPS.name, error)
            continue
        yield place, cells


def _groups(found: Iterable[Descriptor]) -> dict[str, tuple[str, str]]:
    """The first categories: where each stands first, and its id."""
    places: dict[str, str] = {}
    for place, cells in found:
        for title in parts(cells.get(CATEGORIES, ""))[:1]:
            places.setdefault(title, place)
    often = Counter(map(slug, places))
    return {title: (place, _id(title, title, often)) for title, place in places.items()}


def _id(title: str, told_by: str, often: Counter[str]) -> str:
    """An id made of the title.

    It takes more than that where the title has no letters or others have the same.
    """
    begin = slug(title)
    return begin if begin and often[begin] == 1 else with_digest(begin or "skill", told_by)


def _skill(
    cells: dict[str, str], groups: dict[str, tuple[str, str]], often: Counter[str]
) -> dict[str, str]:
    told_by = cells.get(URL) or cells[STATEMENT]
    named = parts(cells.get(CATEGORIES, ""))
    values = {
        "id": _id(cells[NAME], told_by, often),
        "title": line(cells[NAME]),
        "summary": cells[STATEMENT],
        "external_id": cells.get(URL, ""),
        "group": groups[named[0]][1] if named else "",
    }
    taken = {NAME, STATEMENT, URL} | (set() if len(named) > 1 else {CATEGORIES})
    return values | {name: cell for name, cell in cells.items() if cell and name not in taken}
