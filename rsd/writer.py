"""Writes the skills of a collection as a table of rich skill descriptors."""

from itertools import chain

from content.models import Collection
from file_formats.cell_text import parse_names
from file_formats.csv_cells import escaped_line
from interchange.files import one_line, split_entries, without_empty
from interchange.identifiers import row_identifier, uri_of
from interchange.packs import ExportRow, ExportRows, visible_extra
from rsd.columns import (
    CATEGORIES,
    COLUMNS,
    KEYWORDS,
    NAME,
    SEPARATOR,
    STATEMENT,
    URL,
    WRITTEN_SEPARATOR,
)
from skills.packs import SKILL_GROUPS, SKILLS

URI_PREFIXES = ("http://", "https://", "urn:")


def descriptors_csv(collection: Collection, *, drafts: bool = False, site: str = "") -> str:
    """The table as CSV.

    :param drafts: whether skills that are not published are included.
    :param site: scheme and host of this portal, for the addresses of the skills.
    """
    rows = ExportRows(collection, drafts=drafts)
    group_titles = {row.key: row.values["title"] for row in rows.in_table(SKILL_GROUPS)}
    table = []
    for skill in rows.in_table(SKILLS):
        group_title = group_titles.get(skill.values.get("group", ""), "")
        cells = {URL: url_of(skill, rows.first_slug, site)}
        table.append(cells | skill_cells(skill, group_title))
    columns = [*COLUMNS, *_more_alignment_columns(table)]
    lines = [escaped_line(columns)]
    for cells in table:
        lines.append(escaped_line([cells.get(column, "") for column in columns]))
    return "".join(lines)


def _more_alignment_columns(table: list[dict[str, str]]) -> list[str]:
    """The columns of second and further alignments, which some imported descriptors have."""
    columns = set(chain.from_iterable(table)).difference(COLUMNS)
    return sorted(name for name in columns if name.startswith("Alignment "))


def skill_cells(skill: ExportRow, group_title: str) -> dict[str, str]:
    """The cells of a skill, without its address. What the skill does not state is empty."""
    values = skill.values
    # The separator of cells must not occur within an alias.
    aliases = parse_names(values.get("aliases", "")).replace(";", ",").split("\n")
    cells = {
        NAME: values["title"],
        STATEMENT: values.get("summary", ""),
        CATEGORIES: category_of(group_title),
        KEYWORDS: _joined(*aliases),
    }
    return _with_imported_cells(cells, skill)


def category_of(group_title: str) -> str:
    """The title of a group as an entry of the cell with the categories."""
    return group_title.replace(";", ",")


def _with_imported_cells(cells: dict[str, str], skill: ExportRow) -> dict[str, str]:
    """The cells with those that an import stored under the names of their columns.

    :param cells: what the skill says now. Its group replaces the first category of the import, and
        its aliases, of which an import makes none, follow the keywords.
    """
    extra = without_empty(visible_extra(skill.row))
    imported = {name: value for name, value in extra.items() if isinstance(value, str)}
    categories = split_entries(imported.get(CATEGORIES, ""), SEPARATOR)
    if categories and one_line(categories[0]) != cells[CATEGORIES]:
        imported[CATEGORIES] = _joined(cells[CATEGORIES], *categories[1:])
    if KEYWORDS in imported:
        keywords = split_entries(imported[KEYWORDS], SEPARATOR)
        aliases = split_entries(cells[KEYWORDS], SEPARATOR)
        new_aliases = [alias for alias in aliases if alias not in keywords]
        imported[KEYWORDS] = _joined(imported[KEYWORDS], *new_aliases)
    return cells | imported


def _joined(*entries: str) -> str:
    return WRITTEN_SEPARATOR.join(filter(None, entries))


def has_publisher_address(skill: ExportRow) -> bool:
    """Whether it was imported with an address; an export gives the others one."""
    return str(skill.row.external_id).lower().startswith(URI_PREFIXES)


def url_of(skill: ExportRow, namespace: str, site: str) -> str:
    """The address with which it was imported, that of its page, or a URN."""
    if has_publisher_address(skill):
        return str(skill.row.external_id)
    if site:
        return f"{site}{skill.row.get_absolute_url()}"
    return uri_of(row_identifier(namespace, skill.table.name, skill.stable_key), "")
