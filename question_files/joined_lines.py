"""Texts of child rows, joined by the database into one text for each parent.

The database does this much faster than Python.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, OrderBy, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

#: The aggregate that joins texts, by vendor of the database.
AGGREGATES = {"sqlite": "group_concat", "postgresql": "string_agg"}
#: A statement and its parameters.
Sql = tuple[str, list[Any]]


def concat(*parts: str | Combinable) -> Combinable:
    """These columns and values as one text."""
    return Concat(*parts, output_field=TextField())


def concat_if(condition: Q, *parts: str | Combinable) -> Combinable:
    """These columns and values as one text, which is empty unless the condition holds."""
    return Case(When(condition, then=concat(*parts)), default=Value(""), output_field=TextField())


@dataclass(frozen=True)
class JoinedLines:
    """A line of text for each child row, and how the lines of a parent are joined."""

    children: QuerySet
    line: Combinable
    #: The column of the children with the key of the parent.
    parent_column: str
    order: tuple[str | OrderBy, ...]
    #: A column of the children; there is a text for each of `group_values`. Empty: one text.
    group_column: str = ""
    group_values: Sequence[int] = ()

    def names(self) -> list[str]:
        """The names of the texts."""
        if not self.group_column:
            return ["text"]
        return [f"text{value:d}" for value in self.group_values]

    def select(self) -> Sql:
        """A query of the keys of the parents with their texts."""
        # Both databases join texts in the order of the rows of a sorted subquery.
        sorted_children = self.children.annotate(line=self.line).order_by(
            self.parent_column, *self.order
        )
        columns = filter(None, [self.parent_column, self.group_column, "line"])
        sql, params = sorted_children.values_list(*columns).query.sql_with_params()
        selected = ", ".join([self.parent_column, *self._aggregates()])
        parent = self.parent_column
        statement = f"SELECT {selected} FROM ({sql}) lines GROUP BY {parent}"  # noqa: S608
        return statement, list(params)

    def _aggregates(self) -> list[str]:
        joined = f"{AGGREGATES[connection.vendor]}(line, '\n')"
        if not self.group_column:
            return [f"{joined} AS text"]
        return [
            f"{joined} FILTER (WHERE {self.group_column} = {value:d}) AS text{value:d}"
            for value in self.group_values
        ]


def select_with_lines(parents: QuerySet, key: str, joined: Sequence[JoinedLines]) -> Sql:
    """A query of the parents, whose columns are followed by their texts.

    A text is NULL if the parent has no such children.

    :param parents: the rows, made by `values_list` with their `key` among the columns.
    """
    sql, params = parents.query.sql_with_params()
    columns = ["parent.*"]
    tables = [f"({sql}) parent"]
    all_params = list(params)
    for number, lines in enumerate(joined):
        lines_sql, lines_params = lines.select()
        alias = f"lines{number}"
        columns += [f"{alias}.{name}" for name in lines.names()]
        tables.append(
            f"LEFT JOIN ({lines_sql}) {alias} ON {alias}.{lines.parent_column} = parent.{key}"
        )
        all_params += lines_params
    return f"SELECT {', '.join(columns)} FROM {' '.join(tables)}", all_params  # noqa: S608
