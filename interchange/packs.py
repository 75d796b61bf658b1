"""The tables of a pack, from all apps, in the order in which they can be loaded."""

import guides.packs
import interviews.packs
import ladders.packs
import roles.packs
import skills.packs
from packs.pack_tables import Table, column_of

TABLES = [
    *skills.packs.TABLES,
    *roles.packs.TABLES,
    *ladders.packs.TABLES,
    *interviews.packs.TABLES,
    *guides.packs.TABLES,
]


def tables_as_markdown() -> str:
    """The tables and their columns, for docs/packs.md; columns that identify a row are bold."""
    lines = ["| table | columns |", "| --- | --- |"]
    for table in TABLES:
        lines.append(f"| `{table.name}` | {_columns_as_markdown(table)} |")
    return "\n".join(lines)


def _columns_as_markdown(table: Table) -> str:
    columns = []
    for name in table.fields:
        column = column_of(name)
        is_key = name == table.parent or name in table.identity
        columns.append(f"**{column}**" if is_key else column)
    return ", ".join(columns)
