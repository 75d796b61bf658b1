"""Empty tables to fill in, and what each of their columns means."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import NOT_PROVIDED
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from interchange.packs import TABLES
from packs.pack_tables import Table
from packs.tables.csv_cells import csv_response
from question_files.columns import COLUMNS

#: The table that comes back into one set, beside those of packs.
QUESTION_SET = "question-set"
STANDARD = {
    "id": "Its name in addresses and files: lower-case letters, digits, single hyphens.",
    "status": "empty for the pack's own.",
    "published_at": "When it was first published; empty for now.",
}
KINDS: dict[type[Any], str] = {
    models.BooleanField: "true or false",
    models.DateField: "A date, e.g. 2026-03-31",
    models.IntegerField: "A whole number",
    models.DecimalField: "A number, with a point",
    models.URLField: "An address that begins with https://",
}


@dataclass(frozen=True)
class Column:
    """One column as its page explains it."""

    name: str
    meaning: str
    is_required: bool = False


@dataclass(frozen=True)
class EmptyTable:
    """One table as the page shows it."""

    name: str
    title: str
    columns: list[Column]


def tables(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "Empty tables",
        "question_set": EmptyTable(QUESTION_SET, "question set", _question_columns()),
        "tables": [_explained(table) for table in TABLES],
    }
    return TemplateResponse(request, "admin/tables.html", context)


def table_template(request: HttpRequest, name: str) -> HttpResponseBase:
    """The header row alone, for a spreadsheet."""
    if name == QUESTION_SET:
        return csv_response([list(COLUMNS)], f"{name}.csv")
    found = {table.name: table for table in TABLES}.get(name)
    if found is None:
        raise Http404
    return csv_response([[_written(column) for column in found.fields]], f"{name}.csv")


def _question_columns() -> list[Column]:
    return [Column(name, column.meaning, name == "question") for name, column in COLUMNS.items()]


def _explained(table: Table) -> EmptyTable:
    columns = [
        Column(
            _written(name), " ".join(_meaning(table, name, field)), _is_required(table, name, field)
        )
        for name, field in table.fields.items()
    ]
    return EmptyTable(table.name, str(table.model._meta.verbose_name_plural), columns)


def _written(column: str) -> str:
    return "id" if column == "slug" else column


def _is_required(table: Table, name: str, field: Any) -> bool:
    is_open = field.blank or field.null or field.default is not NOT_PROVIDED or not field.editable
    return name == table.parent or name in table.identity and not field.null or not is_open


def _meaning(table: Table, name: str, field: Any) -> Iterator[str]:
    """Sentences: what the model says of the field, what may stand in a cell."""
    hints = getattr(admin.site._registry.get(table.model), "hints", {})
    told = STANDARD.get(_written(name)) or field.help_text or hints.get(name, "")
    yield str(told) or f"{str(field.verbose_name).capitalize()}."
    yield from _form(field)


def _form(field: Any) -> Iterator[str]:
    if field.is_relation:
        of = field.related_model._meta
        several = f"Ids, with | between them: {of.verbose_name_plural}."
        yield several if field.many_to_many else f"Id: {of.verbose_name}."
    elif field.choices:
        yield f"One of {', '.join(str(value) for value, _ in field.flatchoices)}."
    else:
        kinds = [words for kind, words in KINDS.items() if isinstance(field, kind)]
        yield from (f"{words}." for words in kinds[-1:])
