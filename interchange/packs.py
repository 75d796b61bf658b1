"""All tables of a pack, in the order in which they can be loaded."""

import guides.packs
import interviews.packs
import ladders.packs
import roles.packs
import skills.packs

TABLES = [
    *skills.packs.TABLES,
    *roles.packs.TABLES,
    *ladders.packs.TABLES,
    *interviews.packs.TABLES,
    *guides.packs.TABLES,
]


def tables_as_markdown() -> str:
    """The tables and their columns, for docs/packs.md; the columns that tell a row are bold."""
    lines = ["| table | columns |", "| --- | --- |"]
    for table in TABLES:
        told = {table.parent, *table.identity}
        names = {name: "id" if name == "slug" else name for name in table.fields}
        columns = ", ".join(
            f"**{shown}**" if name in told else shown for name, shown in names.items()
        )
        lines.append(f"| `{table.name}` | {columns} |")
    return "\n".join(lines)
