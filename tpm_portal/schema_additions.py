"""Adds to the tables what the database lacks.

Migrations that were edited after they had run describe it.
"""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState
from django.utils.text import slugify

from content.fields import SLUG_LENGTH
from search.tables import make_search_parts
from tpm_portal.schema import Table, missing_search_parts, schema_differences, stored_tables

Step = tuple[str, Operation]  # the label of an app, and what is done to one of its tables


class CannotBeAdded(Exception):
    """The tables differ in more than what is missing, which the texts of this exception name."""


def add_missing_parts() -> list[str]:
    """Add missing tables, columns and constraints, and make the search anew.

    Returns what was missing, in words.

    :raises CannotBeAdded: if something else differs too; nothing was changed then.
    :raises django.db.Error: if rows that are stored do not fit a missing constraint; nothing was
        changed then.
    """
    differences = schema_differences()
    if others := [each.text for each in differences if not each.can_be_added]:
        raise CannotBeAdded(*others)
    if differences:
        _Additions().make()
    if differences or missing_search_parts():
        make_search_parts()
    return [each.text for each in differences]


class _Additions:
    """The steps from the tables that there are to those that the applied migrations describe."""

    def __init__(self) -> None:
        loader = MigrationLoader(connection)
        applied = MigrationRecorder(connection).applied_migrations()
        self.wanted: ProjectState = loader.project_state(
            [key for key in applied if key in loader.graph.nodes]
        )
        self.stored = stored_tables()
        #: Without all that is missing.
        self.state = self.wanted.clone()
        self.columns: list[Step] = []
        self.tables: list[Step] = []
        self.constraints: list[Step] = []

    def make(self) -> None:
        """Take all steps, or none."""
        for (label, _), model in sorted(self.wanted.models.items()):
            table = self.stored.get(self._table_name(model))
            if table is None:
                self._miss_table(label, model)
            else:
                self._miss_parts(label, model, table)
        with connection.schema_editor() as editor:
            for label, operation in [*self.columns, *self.tables]:
                self._take(label, operation, editor)
            name_sections(self.state.apps)
            for label, operation in self.constraints:
                self._take(label, operation, editor)

    def _table_name(self, model: ModelState) -> str:
        return str(self.wanted.apps.get_model(model.app_label, model.name)._meta.db_table)

    def _miss_table(self, label: str, model: ModelState) -> None:
        fields = list(model.fields.items())
        self.tables.append(
            (label, CreateModel(model.name, fields, model.options, model.bases, model.managers))
        )
        self.state.remove_model(label, model.name_lower)

    def _miss_parts(self, label: str, model: ModelState, table: Table) -> None:
        for constraint in model.options.get("constraints", []):
            if constraint.name not in table.constraints:
                self.state.remove_constraint(label, model.name_lower, constraint.name)
                self.constraints.append((label, AddConstraint(model.name, constraint)))
        for name in self._missing_fields(model, table):
            self.state.remove_field(label, model.name_lower, name)
            self.columns.append((label, AddField(model.name, name, model.fields[name])))

    def _missing_fields(self, model: ModelState, table: Table) -> Iterator[str]:
        options = self.wanted.apps.get_model(model.app_label, model.name)._meta
        for name in model.fields:
            field: Any = options.get_field(name)
            has_column = field.db_type(connection) is not None
            if has_column and field.column not in table.columns:
                yield name
            if field.many_to_many and field.remote_field.through._meta.db_table not in self.stored:
                yield name

    def _take(self, label: str, operation: Operation, editor: Any) -> None:
        before = self.state.clone()
        operation.state_forwards(label, self.state)
        operation.database_forwards(label, editor, before, self.state)


def name_sections(apps: Apps) -> None:
    """Give sections of question sets a slug made of their titles.

    A pack that does not name them gets the same one.
    """
    sections = apps.get_model("interviews", "SetSection")._default_manager
    taken: set[tuple[int, str]] = set()
    for section in sections.order_by("pk"):
        begin = section.slug or slugify(section.title)[: SLUG_LENGTH - 4].strip("-") or "section"
        slug, number = begin, 1
        while (section.question_set_id, slug) in taken:
            number += 1
            slug = f"{begin}-{number}"
        taken.add((section.question_set_id, slug))
        if slug != section.slug:
            sections.filter(pk=section.pk).update(slug=slug)
