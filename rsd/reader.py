"""Reads rich skill descriptors into packs with skills and skill groups.

A descriptor has one statement and no levels. Its first category becomes the group of the skill. All
of its lists are stored under the names of their columns and exported again; keywords do not become
aliases, because few of them are other names of the skill. A descriptor with an empty statement
becomes a skill without a summary, since an export does not invent one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from content.fields import LINE_LENGTH
from content.models import Collection
from content.text import first_names
from file_formats.csv_cells import unescape_formula
from file_formats.errors import UnreadableFile
from file_formats.text_files import display_name
from interchange.files import (
    NO_LICENSE,
    Object,
    expect_uri,
    fold,
    one_line,
    split_entries,
    table_records,
    without_empty,
)
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
    further_column,
)
from rsd.json_format import read_descriptors_json
from rsd.stored_skills import Group, StoredSkill, StoredSkills
from skills.packs import SKILL_GROUPS, SKILLS

#: Locations that a note names.
MAX_NAMED = 10
#: The cells that are stored in columns of a skill.
FIELD_COLUMNS = {NAME: "title", STATEMENT: "summary", CATEGORIES: "group"}


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
    collection_slug = str(pack.manifest().values["id"])
    stored = StoredSkills(Collection.objects.filter(slug=collection_slug).first())
    group_slugs = _add_groups(descriptors, stored, pack)
    _add_skills(descriptors, stored, group_slugs, pack)
    _note_empty_statements(descriptors, pack)
    return pack


def _add_skills(
    descriptors: Iterable[Descriptor],
    stored: StoredSkills,
    group_slugs: Mapping[str, str],
    pack: TablesPack,
) -> None:
    """
    :param group_slugs: the ids of the groups by location.
    """
    slug_counts = Counter(slug(cells[NAME]) for _, cells in descriptors)
    for _, cells in descriptors:
        skill = stored.find(cells.get(URL, ""))
        if skill and skill.slug != slug(cells[NAME]):
            slug_counts[skill.slug] += 1
    for location, cells in descriptors:
        if one_line(cells[NAME]) != " ".join(cells[NAME].split()):
            pack.notes.append(f"{location}: {NAME} was cut to {LINE_LENGTH} characters")
        skill_slug = _unique_slug(cells[NAME], cells.get(URL) or cells[STATEMENT], slug_counts)
        columns = _skill_columns(cells, skill_slug, group_slugs[location])
        skill = stored.find(cells.get(URL, ""))
        if skill:
            columns = _columns_of_stored(skill, cells, columns)
        else:
            columns |= without_empty(_extra_cells(cells))
        pack.add(SKILLS.name, location, columns)


def _note_empty_statements(descriptors: Iterable[Descriptor], pack: TablesPack) -> None:
    empty = [location for location, cells in descriptors if not cells[STATEMENT]]
    if empty:
        locations = ", ".join(first_names(empty, MAX_NAMED))
        pack.notes.append(f"{STATEMENT} is empty, so these skills have no summary: {locations}")


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
        "license": NO_LICENSE,
        "attribution": f"“{title}” by {publisher}.",
    }
    return defaults | file_manifest | {"title": title} | manifest | {"id": collection_slug}


def _known_columns(values: Mapping[str, str], location: str) -> dict[str, str]:
    """The cells by the current names of their columns; unknown columns keep their names.

    :raises UnreadableFile: if two columns have the same meaning and different texts.
    """
    cells: dict[str, str] = {}
    for name, value in values.items():
        column = COLUMNS_BY_NAME.get(fold(name)) or further_column(name)
        text = unescape_formula(value.strip()).strip()
        earlier = cells.setdefault(column, text)
        if len({text, earlier} - {""}) > 1:
            reason = f"another column has a different text for “{column}”"
            raise UnreadableFile(location, f"{name}: {reason}")
        cells[column] = text or earlier
    return cells


def _complete_descriptors(
    descriptors: Iterable[Descriptor], author: str, pack: TablesPack
) -> list[Descriptor]:
    """The descriptors that have all required values; the others are refused in the pack."""
    complete = []
    for location, cells in descriptors:
        if author and not cells.get(AUTHORS):
            cells[AUTHORS] = author
        try:
            _check_descriptor(cells, location)
        except UnreadableFile as error:
            pack.add_error(SKILL_GROUPS.name, error)
        else:
            complete.append((location, cells))
    return complete


def _check_descriptor(cells: dict[str, str], location: str) -> None:
    if not cells.get(NAME):
        raise UnreadableFile(f"{location}: {NAME}", "the cell is empty")
    if STATEMENT not in cells:
        raise UnreadableFile(f"{location}: {STATEMENT}", "the column is missing")
    expect_uri(cells.get(URL, ""), f"{location}: {URL}")


def _add_groups(
    descriptors: Iterable[Descriptor], stored: StoredSkills, pack: TablesPack
) -> dict[str, str]:
    """Add the skill groups of the descriptors.

    :returns: the ids of the groups by location; empty for skills without a group.
    """
    categories = {_first_category(cells) for _, cells in descriptors}
    slug_counts = Counter(map(slug, categories))
    for category in categories & stored.groups.keys():
        if stored.groups[category].slug != slug(category):
            slug_counts[stored.groups[category].slug] += 1
    slugs = {}
    added = set()
    for location, cells in descriptors:
        group = _group_of(cells, stored, slug_counts)
        slugs[location] = group.slug if group else ""
        if group and group not in added:
            added.add(group)
            pack.add(SKILL_GROUPS.name, location, {"id": group.slug, "title": group.title})
    return slugs


def _group_of(
    cells: dict[str, str], stored: StoredSkills, slug_counts: Counter[str]
) -> Group | None:
    """The group of a stored skill, if its categories are unchanged, else the first category."""
    skill = stored.find(cells.get(URL, ""))
    if skill and CATEGORIES not in skill.changes(cells):
        return skill.group
    category = _first_category(cells)
    if not category:
        return None
    new_group = Group(_unique_slug(category, category, slug_counts), one_line(category))
    return stored.groups.get(one_line(category), new_group)


def _first_category(cells: dict[str, str]) -> str:
    first, *_ = _categories_of(cells) or [""]
    return " ".join(first.split())


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


def _skill_columns(cells: dict[str, str], skill_slug: str, group_slug: str) -> Object:
    """The columns of a skill, without those that no field contains."""
    return {
        "id": skill_slug,
        "title": one_line(cells[NAME]),
        "summary": cells[STATEMENT],
        "external_id": cells.get(URL, ""),
        "group": group_slug,
    }


def _extra_cells(cells: dict[str, str]) -> dict[str, str]:
    """The cells that no column of a skill expresses."""
    extra = {name: cell for name, cell in cells.items() if name not in (NAME, STATEMENT, URL)}
    if CATEGORIES in extra and len(_categories_of(cells)) <= 1:
        extra[CATEGORIES] = ""
    return extra


def _columns_of_stored(skill: StoredSkill, cells: dict[str, str], columns: Object) -> Object:
    """What the file changes in a stored skill.

    What an export made of other fields is not stored again. The id remains, unless a publisher
    has renamed a skill with an identifier.

    :param columns: those of a new skill.
    """
    changes = skill.changes(cells)
    changed = {FIELD_COLUMNS[name] for name in FIELD_COLUMNS.keys() & changes}
    if skill.external_id and NAME in changes:
        changed.add("id")
    identity: Object = {"id": skill.slug, "external_id": skill.external_id}
    stated = {name: columns[name] for name in sorted(changed)}
    return identity | stated | skill.extra_with(_extra_cells(changes))
