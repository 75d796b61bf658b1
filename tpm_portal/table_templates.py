"""Empty tables to fill in, and a page that explains their columns."""

from dataclasses import dataclass
from typing import TypeAlias

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from file_formats.csv_cells import csv_response
from interchange.packs import TABLES
from packs.pack_tables import Table, column_of
from question_files.columns import COLUMNS as QUESTION_FILE_COLUMNS

#: The name of the table of questions, which is imported into one question set.
QUESTION_SET = "question-set"
STANDARD_MEANINGS = {
    "id": "Its name in addresses and files: lowercase letters, digits, single hyphens.",
    "status": "empty for the pack's own.",
    "published_at": "When it was first published; empty for now.",
}
#: What a cell may contain, by the class of the field. No field is of two of these classes.
CELL_FORMATS: dict[type[models.Field], str] = {
    models.BooleanField: "true or false",
    models.DateField: "A date, such as 2026-03-31",
    models.IntegerField: "A whole number",
    models.DecimalField: "A number, with a point",
    models.URLField: "An address that begins with https://",
}

ModelField: TypeAlias = "models.Field[object, object]"


@dataclass(frozen=True)
class ColumnHelp:
    """The explanation of one column."""

    name: str
    meaning: str
    is_required: bool = False


@dataclass(frozen=True)
class TableHelp:
    """The explanation of one table."""

    name: str
    title: str
    columns: list[ColumnHelp]


def tables(request: HttpRequest) -> HttpResponse:
    """The page that explains all tables."""
    context = {
        "title": "Empty tables",
        "question_set": TableHelp(QUESTION_SET, "question set", _question_columns()),
        "tables": [_table_help(table) for table in TABLES],
    }
    return TemplateResponse(request, "admin/tables.html", context)


def table_template(request: HttpRequest, name: str) -> HttpResponseBase:
    """A CSV file with the header row of a table.

    :raises Http404: if there is no table with this name.
    """
    headers = {table.name: list(map(column_of, table.fields)) for table in TABLES}
    headers[QUESTION_SET] = list(QUESTION_FILE_COLUMNS)
    if name not in headers:
        raise Http404
    return csv_response([headers[name]], f"{name}.csv")


def _question_columns() -> list[ColumnHelp]:
    """What the question files document of each column; only the text of the question is needed."""
    columns = []
    for name, column in QUESTION_FILE_COLUMNS.items():
        columns.append(ColumnHelp(name, column.meaning, is_required=name == "question"))
    return columns


def _table_help(table: Table) -> TableHelp:
    columns = []
    for field_name, field in table.fields.items():
        sentences = [_meaning(table, field_name, field), _cell_format(field)]
        meaning = " ".join(filter(None, sentences))
        is_required = _is_required(table, field_name, field)
        columns.append(ColumnHelp(column_of(field_name), meaning, is_required))
    return TableHelp(table.name, str(table.model._meta.verbose_name_plural), columns)


def _is_required(table: Table, field_name: str, field: ModelField) -> bool:
    """Whether every row needs a value: the parent, the identity, or a field without a default."""
    if field_name in (table.parent, *table.identity):
        return not field.null
    may_be_empty = field.blank or field.null or field.has_default()
    return field.editable and not may_be_empty


def _meaning(table: Table, field_name: str, field: ModelField) -> str:
    """A sentence from this module, the model or the admin, or else the name of the field."""
    standard = STANDARD_MEANINGS.get(column_of(field_name))
    meaning = standard or field.help_text or _admin_hint(table, field_name)
    return str(meaning) or f"{str(field.verbose_name).capitalize()}."


def _admin_hint(table: Table, field_name: str) -> str:
    """The help text that the admin shows in place of that of the model."""
    if not admin.site.is_registered(table.model):
        return ""
    hints: dict[str, str] = getattr(admin.site.get_model_admin(table.model), "hints", {})
    return hints.get(field_name, "")


def _cell_format(field: ModelField) -> str:
    """A sentence on what a cell may contain; empty if that is any text."""
    if field.related_model:
        options = field.related_model._meta
        if field.many_to_many:
            return f"Ids, with | between them: {options.verbose_name_plural}."
        return f"Id: {options.verbose_name}."
    if field.choices:
        return f"One of {', '.join(str(value) for value, _ in field.flatchoices)}."
    for field_class, description in CELL_FORMATS.items():
        if isinstance(field, field_class):
            return f"{description}."
    return ""
