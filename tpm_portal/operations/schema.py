"""Compares the tables of the database with those its migrations make in this version of the code.

Migrations that were edited after they ran leave a database that Django takes for complete. What is
compared is the state that the applied migrations describe, so a database that only waits for newer
migrations fits.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from search import tables as search_tables

COLUMNS = {
    "sqlite": """
        SELECT tables.name, columns.name, columns.type, columns."notnull",
               columns.dflt_value IS NOT NULL
        FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table'
    """,
    "postgresql": """
        SELECT tables.relname, columns.attname, format_type(columns.atttypid, columns.atttypmod),
               columns.attnotnull, columns.atthasdef OR columns.attidentity <> ''
        FROM pg_attribute AS columns JOIN pg_class AS tables ON tables.oid = columns.attrelid
        WHERE tables.relkind IN ('r', 'p') AND pg_table_is_visible(tables.oid)
              AND tables.relnamespace <> 'pg_catalog'::regnamespace AND columns.attnum > 0
              AND NOT columns.attisdropped
    """,
}
CONTENT_APPS = {"content", "search", "skills", "roles", "ladders", "interviews", "guides"}
#: Tables with a text that names their constraints, or one of them.
CONSTRAINTS = {
    "sqlite": (
        "SELECT tbl_name, sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    ),
    "postgresql": """
        SELECT tables.relname, format('CONSTRAINT "%s"', rules.conname)
        FROM pg_constraint AS rules JOIN pg_class AS tables ON tables.oid = rules.conrelid
        WHERE rules.contype IN ('c', 'u') AND pg_table_is_visible(tables.oid)
        UNION
        SELECT tables.relname, format('UNIQUE INDEX "%s"', indexes.relname)
        FROM pg_index JOIN pg_class AS tables ON tables.oid = pg_index.indrelid
                      JOIN pg_class AS indexes ON indexes.oid = pg_index.indexrelid
        WHERE indisunique AND NOT indisprimary AND pg_table_is_visible(tables.oid)
    """,
}
NAMED = re.compile(r'(?:CONSTRAINT|UNIQUE INDEX) "?(\w+)"?')
#: Endings of the names that Django and PostgreSQL make up for rules that a model does not name.
UNNAMED = ("_check", "_key", "_uniq", "_like")
#: What PostgreSQL calls the types that Django names otherwise.
POSTGRESQL_TYPES = {"varchar": "character varying", "bool": "boolean"}


GO_BACK = (
    "go back to the version that made it, write your content with export_pack, and load it with "
    "load_pack into an empty database of this version; “Upgrading” in docs/deployment.md lists the "
    "commands."
)


@dataclass(frozen=True)
class Column:
    """One column as far as it decides which values it takes."""

    kind: str
    is_required: bool
    has_default: bool = False


@dataclass
class Table:
    """One table: its columns by name, and the names of its checks and unique constraints."""

    name: str
    #: Whether it holds content. Tables of other packages may be older than the Django that is used
    #: now, and are compared by the names of their columns alone.
    is_content: bool = False
    columns: dict[str, Column] = field(default_factory=dict)
    constraints: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Difference:
    """One point in which the tables are not what the applied migrations describe."""

    text: str


def schema_differences() -> list[Difference]:
    """In which points the tables are not what the applied migrations describe.

    Empty where they fit.

    :raises django.db.Error: if the database does not answer.
    """
    applied = frozenset(MigrationRecorder(connection).applied_migrations())
    stored = stored_tables()
    return [
        each for expected in _expected_tables(applied) for each in _differences_of(expected, stored)
    ]


def missing_search_parts() -> list[str]:
    """What the migrations have made for the search and the database lacks.

    :raises django.db.Error: if the database does not answer.
    """
    has_search = search_tables.MIGRATION in MigrationRecorder(connection).applied_migrations()
    return search_tables.missing_search_parts() if has_search else []


def schema_refusal() -> str:
    """Why this version does not run on this database, in one sentence with the way out.

    Empty if it does.

    :raises django.db.Error: if the database does not answer.
    """
    if found := schema_differences():
        return (
            f"The database was made by another version of the portal and {_named(found)}: {GO_BACK}"
        )
    if missing := missing_search_parts():
        named = f"{missing[0]} and {len(missing) - 1} more" if len(missing) > 1 else missing[0]
        return (
            f"The search of the database lacks its {named}: run `manage.py rebuild_search`, which "
            "makes it anew."
        )
    return ""


def _named(found: list[Difference]) -> str:
    others = len(found) - 1
    more = f", and {others} more difference{'s' if others > 1 else ''}" if others else ""
    return f"does not fit this one ({found[0].text}{more})"


@cache
def _expected_tables(applied: frozenset[tuple[str, str]]) -> list[Table]:
    """The tables that these migrations make."""
    loader = MigrationLoader(connection)
    state = loader.project_state([key for key in applied if key in loader.graph.nodes])
    return [
        _expected_table(model)
        for model in state.apps.get_models(include_auto_created=True)
        if _has_table(model)
    ]


def _has_table(model: type[Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and not model._meta.swapped


def _expected_table(model: type[Model]) -> Table:
    options = model._meta
    table = Table(options.db_table, options.app_label in CONTENT_APPS)
    table.constraints = {each.name for each in options.constraints}
    for each in options.local_fields:
        if kind := each.db_type(connection):
            table.columns[str(each.column)] = Column(_normalized(kind), not each.null)
    return table


def _normalized(kind: str) -> str:
    if connection.vendor != "postgresql":
        return kind.lower()
    base, bracket, size = kind.partition("(")
    return POSTGRESQL_TYPES.get(base, base) + bracket + size.replace(" ", "")


def stored_tables() -> dict[str, Table]:
    """The tables of the database by name.

    :raises django.db.Error: if the database does not answer.
    """
    tables: dict[str, Table] = {}
    for name, column, kind, is_required, has_default in _rows(COLUMNS[connection.vendor]):
        stored = tables.setdefault(name, Table(name))
        stored.columns[column] = Column(kind.lower(), bool(is_required), bool(has_default))
    for name, text in _rows(CONSTRAINTS[connection.vendor]):
        if name in tables:
            tables[name].constraints.update(_named_by_model(NAMED.findall(text), name))
    return tables


def _named_by_model(names: Iterable[str], table: str) -> Iterator[str]:
    return (name for name in names if name.startswith(table) and not name.endswith(UNNAMED))


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _differences_of(expected: Table, tables: dict[str, Table]) -> Iterator[Difference]:
    name, stored = expected.name, tables.get(expected.name)
    if stored is None:
        yield Difference(f"there is no table {name}")
        return
    for column in sorted(expected.columns.keys() - stored.columns.keys()):
        yield Difference(f"{name} has no column {column}")
    if expected.is_content:
        yield from _differences_of_columns(expected, stored)
        yield from _differences_of_constraints(expected, stored)


def _differences_of_columns(expected: Table, stored: Table) -> Iterator[Difference]:
    for column, found in stored.columns.items():
        name, wanted = f"{expected.name}.{column}", expected.columns.get(column)
        if wanted is None:
            if found.is_required and not found.has_default:
                yield Difference(f"{name} is required, and this version does not have it")
            continue
        if found.kind != wanted.kind:
            yield Difference(f"{name} is {found.kind}, not {wanted.kind}")
        if found.is_required != wanted.is_required:
            yield Difference(f"{name} {'may not' if found.is_required else 'may'} be empty")


def _differences_of_constraints(expected: Table, stored: Table) -> Iterator[Difference]:
    for name in sorted(expected.constraints - stored.constraints):
        yield Difference(f"{expected.name} has no constraint {name}")
    for name in sorted(stored.constraints - expected.constraints):
        yield Difference(f"{expected.name} has a constraint {name} that this version does not have")
