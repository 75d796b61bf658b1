"""Writes the tables in the documents that come from code: `manage.py write_docs`, `make docs`."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from interchange.packs import tables_as_markdown
from mapping import reference
from question_files.columns import columns_as_markdown
from tpm_portal.environment import BASE_DIR

#: The tables by their names in the comments around them.
TABLES: dict[str, Callable[[], str]] = {
    "question-columns": columns_as_markdown,
    "pack-tables": tables_as_markdown,
    **reference.TABLES,
}
TABLE_BLOCK = re.compile(
    r"<!-- (?P<name>[\w-]+): written by make docs -->\n.*?<!-- end of (?P=name) -->", re.DOTALL
)


def documents(folder: Path) -> Iterator[Path]:
    """The documents for users and developers in this folder."""
    yield from (folder / "README.md", folder / "CHANGELOG.md")
    yield from sorted((folder / "docs").rglob("*.md"))


def with_tables(text: str) -> str:
    """The text of a document with its current tables.

    :raises CommandError: if it names a table that is not in `TABLES`.
    """
    return TABLE_BLOCK.sub(_table, text)


def _table(block: re.Match[str]) -> str:
    name = block["name"]
    if name not in TABLES:
        raise CommandError(f"There is no table “{name}”; there are: {', '.join(TABLES)}.")
    return f"<!-- {name}: written by make docs -->\n\n{TABLES[name]()}\n\n<!-- end of {name} -->"


def write_tables(folder: Path) -> Iterator[Path]:
    """Write the tables in all documents in this folder; returns the documents that changed."""
    for path in documents(folder):
        text = path.read_text("utf-8")
        updated = with_tables(text)
        if updated != text:
            path.write_text(updated, "utf-8")
            yield path


class Command(BaseCommand):
    help = "Writes the tables in README.md and docs/ that come from the code."
    requires_system_checks: list[str] = []

    def handle(self, *args: str, **options: object) -> None:
        for path in write_tables(BASE_DIR):
            self.stdout.write(f"{path.relative_to(BASE_DIR)} was updated.")
