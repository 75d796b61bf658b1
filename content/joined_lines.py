"""Texts of many rows, joined by the database into one text for each row they belong to: it is quicker at that."""

from typing import Any

from django.db import connection
from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

FUNCTIONS = {"sqlite": "group_concat", "postgresql": "string_agg"}


def phrase(*parts: str | Combinable, when: Q | None = None) -> Combinable:
    """The parts, columns and values, as one text; empty unless the condition holds."""
    whole = Concat(*parts, output_field=TextField())
    return Case(When(when, then=whole), default=Value(""), output_field=TextField()) if when else whole


def joined_lines(
    rows: QuerySet[Any],
    line: Combinable,
    *,
    by: str,
    order: tuple[str, ...],
    apart: tuple[str, list[int]] | None = None,
) -> list[tuple[Any, ...]]:
    """For each value of the column `by`: that value, and the lines of its rows in this order.

    :param apart: a column and its values, each of which has a text of its own.
    """
    column, values = apart or ("", [])
    names = [by, column] if apart else [by]
    # Both databases join texts in the order in which they come from a sorted query inside.
    lines = rows.annotate(line=line).order_by(by, *order).values_list(*names, "line")
    sql, params = lines.query.sql_with_params()
    text = f"{FUNCTIONS[connection.vendor]}(line, %s)"
    texts = [f"{text} FILTER (WHERE {column} = %s)" for _ in values] or [text]
    texts_params = [param for value in values for param in ("\n", value)] or ["\n"]
    joined = f"SELECT {by}, {', '.join(texts)} FROM ({sql}) lines GROUP BY {by}"  # noqa: S608 - names only
    with connection.cursor() as cursor:
        cursor.execute(joined, [*texts_params, *params])
        return cursor.fetchall()
