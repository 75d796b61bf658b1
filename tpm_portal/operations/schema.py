"""Compares the tables of the database with those that its migrations create in this version.

If migrations were edited after they ran, Django takes the database for complete though it is not.
The tables are compared with the state that the applied migrations describe, so a database that only
lacks newer migrations is accepted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from content.text import number_with_noun
from search import tables as search_tables
from search.engines import fetch_rows

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
#: Names of tables, each with an SQL text that has the names of its constraints, or of one of them.
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
CONSTRAINT_NAME = re.compile(r'(?:CONSTRAINT|UNIQUE INDEX) "?(\w+)"?')
#: Endings of the names that Django and PostgreSQL give to constraints that models do not name.
GENERATED_ENDINGS = ("_check", "_key", "_uniq", "_like")
#: PostgreSQL's names of types by the names that Django uses.
POSTGRESQL_TYPES = {"varchar": "character varying", "bool": "boolean"}

UPGRADE_ADVICE = (
    "return to the version that created it, export your content with export_pack, and load it with "
    "load_pack into an empty database of this version; “Upgrading” in docs/deployment.md lists the "
    "commands."
)


@dataclass(frozen=True)
class Column:
    """A column, as far as it decides which values it accepts."""

    type_name: str
    is_required: bool
    has_default: bool = False


@dataclass
class Table:
    """A table with its columns by name and the names of its checks and unique constraints."""

    name: str
    #: Tables of other packages may be older than the Django that is used now. Only the names of
    #: their columns are compared.
    is_content: bool = False
    columns: dict[str, Column] = field(default_factory=dict)
    constraints: set[str] = field(default_factory=set)


def schema_differences() -> list[str]:
    """The differences between the tables and what the applied migrations describe.

    :raises django.db.Error: if the database does not answer.
    """
    applied = frozenset(MigrationRecorder(connection).applied_migrations())
    stored = stored_tables()
    differences: list[str] = []
    for table in _expected_tables(applied):
        differences += _table_differences(table, stored)
    return differences


def missing_search_parts() -> list[str]:
    """The tables and indexes of the search that migrations have created and the database lacks.

    :raises django.db.Error: if the database does not answer.
    """
    if search_tables.MIGRATION not in MigrationRecorder(connection).applied_migrations():
        return []
    return search_tables.missing_search_parts()


def schema_refusal() -> str:
    """Why this version does not run on this database, with advice, in one sentence.

    Empty if it does run.

    :raises django.db.Error: if the database does not answer.
    """
    differences = schema_differences()
    if differences:
        return (
            "The database was created by another version of the portal and does not match this one "
            f"({_first_difference(differences)}): {UPGRADE_ADVICE}"
        )
    missing = missing_search_parts()
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        return (
            f"The search index lacks its {missing[0]}{more}: run `manage.py rebuild_search`, which "
            "rebuilds it."
        )
    return ""


def _first_difference(differences: list[str]) -> str:
    others = len(differences) - 1
    if not others:
        return differences[0]
    return f"{differences[0]}, and {number_with_noun(others, 'more difference')}"


@cache
def _expected_tables(applied: frozenset[tuple[str, str]]) -> list[Table]:
    """The tables that these migrations create."""
    loader = MigrationLoader(connection)
    state = loader.project_state(list(applied & loader.graph.nodes.keys()))
    tables = []
    for model in state.apps.get_models(include_auto_created=True):
        if model._meta.can_migrate(connection):
            tables.append(_expected_table(model))
    return tables


def _expected_table(model: type[Model]) -> Table:
    options = model._meta
    table = Table(options.db_table, options.app_label in CONTENT_APPS)
    table.constraints = {constraint.name for constraint in options.constraints}
    for model_field in options.local_fields:
        type_name = model_field.db_type(connection)
        if type_name:
            column = Column(_normalized_type(type_name), not model_field.null)
            table.columns[str(model_field.column)] = column
    return table


def _normalized_type(type_name: str) -> str:
    if connection.vendor != "postgresql":
        return type_name.lower()
    base, bracket, size = type_name.partition("(")
    return POSTGRESQL_TYPES.get(base, base) + bracket + size.replace(" ", "")


def stored_tables() -> dict[str, Table]:
    """The tables of the database by name.

    :raises django.db.Error: if the database does not answer.
    """
    tables: dict[str, Table] = {}
    for name, column, type_name, is_required, has_default in fetch_rows(COLUMNS[connection.vendor]):
        table = tables.setdefault(name, Table(name))
        table.columns[column] = Column(type_name.lower(), bool(is_required), bool(has_default))
    for name, sql in fetch_rows(CONSTRAINTS[connection.vendor]):
        if name in tables:
            tables[name].constraints.update(_constraint_names(sql, name))
    return tables


def _constraint_names(sql: str, table: str) -> Iterator[str]:
    """The names of constraints that a model has named."""
    for name in CONSTRAINT_NAME.findall(sql):
        if name.startswith(table) and not name.endswith(GENERATED_ENDINGS):
            yield name


def _table_differences(expected: Table, stored_tables: dict[str, Table]) -> Iterator[str]:
    stored = stored_tables.get(expected.name)
    if stored is None:
        yield f"there is no table {expected.name}"
        return
    for column in sorted(expected.columns.keys() - stored.columns.keys()):
        yield f"{expected.name} has no column {column}"
    if expected.is_content:
        yield from _column_differences(expected, stored)
        yield from _constraint_differences(expected, stored)


def _column_differences(expected_table: Table, stored_table: Table) -> Iterator[str]:
    for column, stored in stored_table.columns.items():
        name = f"{expected_table.name}.{column}"
        expected = expected_table.columns.get(column)
        if expected is None:
            if stored.is_required and not stored.has_default:
                yield f"{name} is required, and this version does not have it"
            continue
        if stored.type_name != expected.type_name:
            yield f"{name} is {stored.type_name}, not {expected.type_name}"
        if stored.is_required != expected.is_required:
            yield f"{name} {'may not' if stored.is_required else 'may'} be empty"


def _constraint_differences(expected: Table, stored: Table) -> Iterator[str]:
    for name in sorted(expected.constraints - stored.constraints):
        yield f"{expected.name} has no constraint {name}"
    for name in sorted(stored.constraints - expected.constraints):
        yield f"{expected.name} has a constraint {name} that this version does not have"
