"""Chooses tables and slugs for the items of other programs.

The item type decides, if a table has it; otherwise the position in the hierarchy does: items with
others below them become skill groups, levels of a skill become its descriptors, and all others
become skills.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import count

from content.fields import SLUG_LENGTH
from interchange.case.items import UNDECIDED, Item
from interchange.case.schema import (
    FORMER_ITEM_TYPES,
    ITEM_TABLES,
    ITEM_TABLES_BY_NAME,
    ItemTable,
    TableRow,
)
from interchange.files import Object, fold, one_line
from interchange.identifiers import DIGEST_LENGTH, slug_with_digest, text_digest
from mapping.slugs import slug
from skills.packs import PROFICIENCIES, SCALES, SKILL_DESCRIPTORS, SKILL_GROUPS, SKILLS

SCALE_ITEMS = ITEM_TABLES_BY_NAME[SCALES.name]
SKILL_GROUP_ITEMS = ITEM_TABLES_BY_NAME[SKILL_GROUPS.name]
SKILL_ITEMS = ITEM_TABLES_BY_NAME[SKILLS.name]
DESCRIPTOR_ITEMS = ITEM_TABLES_BY_NAME[SKILL_DESCRIPTORS.name]
#: The tables that an item type can choose.
TABLES_BY_TYPE = {fold(table.item_type): table for table in ITEM_TABLES if table.has_title}
TABLES_BY_TYPE |= {
    fold(item_type): ITEM_TABLES_BY_NAME[name] for name, item_type in FORMER_ITEM_TYPES.items()
}


def assign_tables(items: Iterable[Item], parents: set[Item]) -> None:
    """
    :param items: parents before children.
    :param parents: the items that have others below them.
    """
    for item in items:
        if item.item_table is UNDECIDED:
            item.item_table = _table_for(item, is_parent=item in parents)


def _table_for(item: Item, *, is_parent: bool) -> ItemTable:
    if item.parent and item.is_skill_level:
        # Levels of what did not become a skill become skills themselves.
        return DESCRIPTOR_ITEMS if item.parent.item_table is SKILL_ITEMS else SKILL_ITEMS
    candidates = [TABLES_BY_TYPE.get(fold(item.values.get("CFItemType", "")), SKILL_ITEMS)]
    if is_parent:
        # Nothing can be below a skill.
        candidates.append(SKILL_GROUP_ITEMS)
    for item_table in candidates:
        if item_table is not SKILL_ITEMS and can_be_child(item_table, item.parent):
            return item_table
    return SKILL_ITEMS


def can_be_child(item_table: ItemTable, parent: Item | None) -> bool:
    """Whether a row of this table can be below the row of an item, or below none."""
    if parent is None:
        return not item_table.table.parent
    parent_field = item_table.table.fields.get(item_table.parent_column)
    return parent_field is not None and parent_field.related_model is parent.item_table.table.model


def assign_slugs(items: Iterable[Item]) -> None:
    """Make slugs from codes or titles, with a digest of the identifier where several are equal.

    The slug does not depend on the order of the items, so that a later version of the package finds
    the same rows.
    """
    items_by_slug: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    positions: Counter[tuple[str, Item | None]] = Counter()
    for item in items:
        if not item.is_ours:
            table = item.item_table.name
            positions[table, item.parent] += 1
            item.position = positions[table, item.parent]
            item.slug = _slug_of(item)
            items_by_slug[table, item.slug].append(item)
    for same_slug in items_by_slug.values():
        for item in same_slug:
            if len(same_slug) > 1:
                item.slug = slug_with_digest(item.slug, item.identifier)


def _slug_of(item: Item) -> str:
    code = item.values.get("humanCodingScheme", "")
    title = item.values.get("abbreviatedStatement", "")
    statement = item.values["fullStatement"]
    return slug(code) or slug(title) or slug(statement) or text_digest(item.identifier)


def make_scales(items: Collection[Item]) -> list[TableRow]:
    """Make scales for skills whose levels are items; skills with the same level titles share one.

    Adds the columns `scale` and `proficiency` to the skills and their levels.

    :returns: the rows of the scales that the package lacks, and of their proficiencies.
    """
    scale_slugs = {item.slug for item in items if item.item_table is SCALE_ITEMS}
    rows: list[TableRow] = []
    for skill, levels in _levels_by_skill(items).items():
        titles = _proficiency_titles(levels)
        scale_slug = f"levels-{text_digest('|'.join(titles))}"
        skill.derived_columns["scale"] = scale_slug
        for level, proficiency_slug in zip(levels, titles, strict=True):
            level.derived_columns["proficiency"] = f"{scale_slug}/{proficiency_slug}"
        if scale_slug not in scale_slugs:
            scale_slugs.add(scale_slug)
            rows += _scale_rows(scale_slug, titles, skill.location)
    return rows


def _levels_by_skill(items: Iterable[Item]) -> dict[Item, list[Item]]:
    """The levels of skills that another program wrote, in their order."""
    levels_by_skill: defaultdict[Item, list[Item]] = defaultdict(list)
    for item in items:
        if item.item_table is DESCRIPTOR_ITEMS and not item.is_ours and item.parent:
            levels_by_skill[item.parent].append(item)
    for levels in levels_by_skill.values():
        levels.sort(key=lambda level: (level.sequence or 0, level.order))
    return levels_by_skill


def _proficiency_titles(levels: list[Item]) -> dict[str, str]:
    """The titles of levels by slugs for their proficiencies."""
    titles: dict[str, str] = {}
    for number, level in enumerate(levels, start=1):
        stated = level.values.get("abbreviatedStatement") or level.values.get("humanCodingScheme")
        title = one_line(stated or f"Level {number}")
        base = slug(title)[: SLUG_LENGTH - DIGEST_LENGTH].rstrip("-") or "step"
        proficiency_slug = base
        suffixes = count(number)
        while proficiency_slug in titles:
            proficiency_slug = f"{base}-{next(suffixes)}"
        titles[proficiency_slug] = title
    return titles


def _scale_rows(scale_slug: str, titles: dict[str, str], location: str) -> list[TableRow]:
    scale: Object = {"id": scale_slug, "title": one_line(" · ".join(titles.values()))}
    rows: list[TableRow] = [(SCALES.name, location, scale)]
    for position, (proficiency_slug, title) in enumerate(titles.items(), start=1):
        proficiency: Object = {
            "scale": scale_slug,
            "id": proficiency_slug,
            "title": title,
            "position": str(position),
        }
        rows.append((PROFICIENCIES.name, location, proficiency))
    return rows
