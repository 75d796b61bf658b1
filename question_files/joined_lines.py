"""Texts of parts, joined by the database into one text for each whole.

It is much quicker at that than we are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, OrderBy, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

JOIN = {"sqlite": "group_concat", "postgresql": "string_agg"}


def phrase(*parts: str | Combinable, when: Q | None = None) -> Combinable:
    """The parts, columns and values, as one text; empty unless the condition holds."""
    whole = Concat(*parts, output_field=TextField())
    return (
        Case(When(when, then=whole), default=Value(""), output_field=TextField()) if when else whole
    )


@dataclass(frozen=True)
class Lines:
    """What the parts of a whole say, a line each."""

    parts: QuerySet[Any]
    line: Combinable
    #: The column that names the whole a part belongs to.
    whole: str
    order: tuple[str | OrderBy, ...]
    #: A column and values of it, each of which gets a text of its own.
    apart: tuple[str, Sequence[int]] | None = None

    def select(self) -> tuple[str, Sequence[Any]]:
        """A query of the whole and its texts, and the parameters."""
        column, values = self.apart or ("", ())
        columns = [self.whole, column] if self.apart else [self.whole]
        # Both databases join texts in the order in which they come from a sorted query inside.
        parts = (
            self.parts.annotate(line=self.line)
            .order_by(self.whole, *self.order)
            .values_list(*columns, "line")
        )
        sql, params = parts.query.sql_with_params()
        text = f"{JOIN[connection.vendor]}(line, '\n')"
        texts = [f"{text} FILTER (WHERE {column} = {value:d}) AS text{value:d}" for value in values]
        selected = ", ".join([self.whole, *(texts or [f"{text} AS text"])])
        return f"SELECT {selected} FROM ({sql}) parts GROUP BY {self.whole}", params  # noqa: S608

    def names(self) -> list[str]:
        """The names of the texts."""
        return [f"text{value}" for value in self.apart[1]] if self.apart else ["text"]


def with_lines(wholes: QuerySet[Any], key: str, lines: Sequence[Lines]) -> tuple[str, list[Any]]:
    """A query, and its parameters, of rows of columns, each followed by its texts or None.

    :param wholes: the rows, made by `values_list` with their `key` among the columns.
    """
    sql, params = wholes.query.sql_with_params()
    columns, tables, all_params = ["whole.*"], [f"({sql}) whole"], list(params)
    for number, part in enumerate(lines):
        query, part_params = part.select()
        columns += [f"part{number}.{name}" for name in part.names()]
        tables.append(
            f"LEFT JOIN ({query}) part{number} ON part{number}.{part.whole} = whole.{key}"
        )
        all_params += part_params
    return f"SELECT {', '.join(columns)} FROM {' '.join(tables)}", all_params  # noqa: S608
