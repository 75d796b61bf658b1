"""Reads rich skill descriptors into packs with skills and skill groups.

A descriptor has one statement and no levels. Its first category becomes the group of the skill. All
of its lists are stored under the names of their columns and exported again; keywords do not become
aliases, because few of them are other names of the skill.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from content.fields import LINE_LENGTH
from content.models import Collection
from file_formats.csv_cells import unescape_formula
from file_formats.errors import UnreadableFile
from file_formats.text_files import display_name
from interchange.files import NO_LICENSE, expect_uri, fold, one_line, split_entries, table_records
from interchange.identifiers import slug_with_digest
from mapping.slugs import slug
from packs.sources import TablesPack
from rsd.columns import (
    AUTHORS,
    CATEGORIES,
    COLUMNS_BY_NAME,
    NAME,
    SEPARATOR,
    STATEMENT,
    URL,
    Descriptor,
)
from rsd.json_format import read_descriptors_json
from rsd.own_rows import OwnRows
from skills.packs import SKILL_GROUPS, SKILLS

#: The error if a column is empty.
REQUIRED_COLUMNS = {
    NAME: "is missing",
    STATEMENT: "is missing",
    AUTHORS: "is missing; --author names one for all that have none",
}


def read_descriptors(
    path: Path, collection: str = "", author: str = "", **manifest: str
) -> TablesPack:
    """The pack of a file with descriptors.

    Descriptors that lack a required value are errors in the pack.

    :param collection: the slug of the collection; if empty, it is made from the title.
    :param author: of descriptors that name no author.
    :param manifest: columns of the collection; if the collection is new, the others come from the
        file and its name.
    :raises UnreadableFile: if the file cannot be read.
    """
    notes: list[str] = []
    if path.suffix.lower() == ".json":
        file_manifest, read = read_descriptors_json(path, notes.append)
    else:
        file_manifest = {}
        read = [
            (record.location, _known_columns(record.values, record.location))
            for record in table_records(path)
        ]
    pack = TablesPack(_manifest(path, collection, file_manifest, manifest), path.name)
    pack.notes.extend(notes)
    descriptors = _complete_descriptors(read, author, pack)
    own_rows = _own_rows(pack)
    group_slugs = _add_groups(descriptors, pack, own_rows)
    slug_counts = Counter(slug(cells[NAME]) for _, cells in descriptors)
    for location, cells in descriptors:
        if one_line(cells[NAME]) != " ".join(cells[NAME].split()):
            pack.notes.append(f"{location}: {NAME} is cut to {LINE_LENGTH} letters")
        columns = _skill_columns(cells, group_slugs, slug_counts)
        own_slug = own_rows.skill_slug(cells.get(URL, ""))
        if own_slug:
            columns |= {"id": own_slug, "external_id": ""}
        pack.add(SKILLS.name, location, columns)
    return pack


def _own_rows(pack: TablesPack) -> OwnRows:
    """The rows of the collection of a pack."""
    collection_slug = pack.manifest().values["id"]
    return OwnRows(Collection.objects.filter(slug=collection_slug).first())


def _manifest(
    path: Path, collection: str, file_manifest: dict[str, str], manifest: dict[str, str]
) -> dict[str, str]:
    """
    :param file_manifest: what the file says of the collection.
    :param manifest: what the caller says, which takes precedence.
    """
    stated = file_manifest | manifest
    title = manifest.get("title") or file_manifest.get("title") or PurePath(display_name(path)).stem
    collection_slug = collection or file_manifest.get("id") or slug(title)
    if Collection.objects.filter(slug=collection_slug).exists():
        return manifest | {"id": collection_slug}
    publisher = stated.get("publisher") or "Not stated"
    defaults = {
        "publisher": publisher,
        "licence": NO_LICENSE,
        "attribution": f"“{title}” by {publisher}.",
    }
    return defaults | file_manifest | {"title": title} | manifest | {"id": collection_slug}


def _known_columns(values: Mapping[str, str], location: str) -> dict[str, str]:
    """The cells by the current names of their columns; unknown columns keep their names.

    :raises UnreadableFile: if two columns have the same meaning and different texts.
    """
    cells: dict[str, str] = {}
    for name, value in values.items():
        column = COLUMNS_BY_NAME.get(fold(name), name)
        text = unescape_formula(value.strip())
        earlier = cells.setdefault(column, text)
        if len({text, earlier} - {""}) > 1:
            reason = f"another column says something else of “{column}”"
            raise UnreadableFile(location, f"{name}: {reason}")
        cells[column] = text or earlier
    return cells


def _complete_descriptors(
    descriptors: Iterable[Descriptor], author: str, pack: TablesPack
) -> list[Descriptor]:
    """The descriptors that have all required values; the others are refused in the pack."""
    complete = []
    for location, cells in descriptors:
        cells[AUTHORS] = cells.get(AUTHORS) or author
        try:
            _check_descriptor(cells, location)
        except UnreadableFile as error:
            pack.add_error(SKILL_GROUPS.name, error)
        else:
            complete.append((location, cells))
    return complete


def _check_descriptor(cells: dict[str, str], location: str) -> None:
    for column, message in REQUIRED_COLUMNS.items():
        if not cells.get(column):
            raise UnreadableFile(f"{location}: {column}", message)
    expect_uri(cells.get(URL, ""), f"{location}: {URL}")


def _add_groups(
    descriptors: Iterable[Descriptor], pack: TablesPack, own_rows: OwnRows
) -> dict[str, str]:
    """Add the first categories as skill groups.

    :returns: the slugs of the groups by category.
    """
    locations: dict[str, str] = {}
    for location, cells in descriptors:
        for category in _categories_of(cells)[:1]:
            locations.setdefault(category, location)
    slug_counts = Counter(map(slug, locations))
    slugs = {}
    for category, location in locations.items():
        title = one_line(category)
        own_slug = own_rows.group_slug(title)
        slugs[category] = own_slug or _unique_slug(category, category, slug_counts)
        columns = {"id": slugs[category], "title": title}
        pack.add(SKILL_GROUPS.name, location, columns)
    return slugs


def _categories_of(cells: dict[str, str]) -> list[str]:
    return split_entries(cells.get(CATEGORIES, ""), SEPARATOR)


def _unique_slug(title: str, distinct_text: str, slug_counts: Counter[str]) -> str:
    """The slug of a title.

    :param distinct_text: its digest is appended if other rows have the same slug, or if the title
        has no letters.
    """
    title_slug = slug(title)
    if title_slug and slug_counts[title_slug] == 1:
        return title_slug
    return slug_with_digest(title_slug or "skill", distinct_text)


def _skill_columns(
    cells: dict[str, str], group_slugs: dict[str, str], slug_counts: Counter[str]
) -> dict[str, str]:
    first_category, *other_categories = _categories_of(cells) or [""]
    columns = {
        "id": _unique_slug(cells[NAME], cells.get(URL) or cells[STATEMENT], slug_counts),
        "title": one_line(cells[NAME]),
        "summary": cells[STATEMENT],
        "external_id": cells.get(URL, ""),
        "group": group_slugs.get(first_category, ""),
    }
    expressed = {NAME, STATEMENT, URL}
    if not other_categories:
        expressed.add(CATEGORIES)
    for name, cell in cells.items():
        if cell and name not in expressed:
            # A column called “title” or “id” must not replace what the columns of RSD say.
            columns[f"{name} (RSD)" if name in columns else name] = cell
    return columns
