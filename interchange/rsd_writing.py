"""Writes the skills of a collection as rich skill descriptors.

Each is one row, with what an import kept of it.
"""

from collections.abc import Iterator

from content.models import Collection
from interchange.identifiers import address, identifier
from interchange.rsd_columns import (
    AUTHORS,
    CATEGORIES,
    COLUMNS,
    KEYWORDS,
    NAME,
    SEPARATOR,
    STATEMENT,
    URL,
)
from interchange.written_rows import WrittenRow, WrittenRows, visible_extra
from packs.tables.csv_cells import escaped_line
from skills.packs import SKILL_GROUPS, SKILLS


def descriptors_csv(collection: Collection, *, drafts: bool = False, site: str = "") -> str:
    """The skills as a table.

    :param drafts: with what is not published.
    :param site: scheme and host of this portal, which make the addresses of its own skills whole.
    """
    rows = WrittenRows(collection, drafts=drafts)
    groups = {one.key: one.values["title"] for one in rows.of(SKILL_GROUPS)}
    cells = [_cells(one, rows, groups, site) for one in rows.of(SKILLS)]
    others = sorted(
        {
            name
            for row in cells
            for name in row
            if name not in COLUMNS and name.startswith("Alignment ")
        }
    )
    names = [*COLUMNS, *others]
    return "".join(_lines(names, cells))


def _lines(names: list[str], rows: list[dict[str, str]]) -> Iterator[str]:
    yield escaped_line(names)
    for cells in rows:
        yield escaped_line([cells.get(name, "") for name in names])


def _cells(one: WrittenRow, rows: WrittenRows, groups: dict[str, str], site: str) -> dict[str, str]:
    """A skill in its columns.

    What an import kept under their names stands before what a skill has in their place.
    """
    values = one.values
    keywords = SEPARATOR.join(filter(None, values.get("aliases", "").replace(";", ",").split("\n")))
    own = {
        URL: _url(one, rows, site),
        NAME: values["title"],
        STATEMENT: values.get("summary") or values.get("body") or values["title"],
        CATEGORIES: groups.get(values.get("group", ""), ""),
        AUTHORS: rows.collection.publisher,
        KEYWORDS: keywords,
    }
    came = {
        name: held
        for name, held in visible_extra(one.row).items()
        if isinstance(held, str) and held
    }
    return own | came


def _url(one: WrittenRow, rows: WrittenRows, site: str) -> str:
    """The address the descriptor came with, or its page's, else a name that needs no host."""
    external = str(one.row.external_id)
    if external.startswith(("http://", "https://", "urn:")):
        return external
    if site:
        return f"{site}{one.row.get_absolute_url()}"
    return address(identifier(rows.first_slug, one.table.name, one.first_key), "")
