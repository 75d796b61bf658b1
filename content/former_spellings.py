"""British spellings that fields, columns and choices had in version 0.2.

Packs, mappings, question files, CASE documents, links and stored versions may still contain them.
They are read like the American ones and never written.
"""

import json
from collections.abc import Container, Mapping
from typing import TypeVar

from django.apps.registry import Apps

Value = TypeVar("Value")

#: The current names of fields and columns by the former ones.
NAMES = {
    "artefacts": "artifacts",
    "licence": "license",
    "licence_url": "license_url",
    "neighbours": "neighbors",
    "organisation": "organization",
}
#: The current values of choices by the former ones.
VALUES = {"behaviour": "behavior", "behavioural": "behavioral", "judgement": "judgment"}


def current_name(name: str, known: Container[str]) -> str:
    """The name of a column, or the one that replaces it.

    :param known: the columns that exist. Others of the same spelling have no meaning of ours, so
        their names stay.
    """
    current = NAMES.get(name, name)
    return current if current in known else name


def with_current_names(values: Mapping[str, Value], known: Container[str]) -> dict[str, Value]:
    """The values by the current names of their columns; see `current_name`.

    :raises ValueError: if a column is stated in both spellings.
    """
    renamed: dict[str, Value] = {}
    for name, value in values.items():
        current = current_name(name, known)
        if current in renamed:
            raise ValueError(f"“{current}” is stated twice, in two spellings")
        renamed[current] = value
    return renamed


def rename_stored_field(apps: Apps, model: str, table: str, former: str) -> None:
    """For migrations that rename a field: rename it in stored versions and import records.

    :param apps: as the migration has them. It depends on ``content`` and ``reversion``.
    :param model: such as ``ladders.ladder``.
    :param table: the name of its table in packs.
    :param former: a key of `NAMES`.
    """
    current = NAMES[former]
    app_label, model_name = model.split(".")
    versions = apps.get_model("reversion", "Version").objects.filter(
        content_type__app_label=app_label, content_type__model=model_name, format="json"
    )
    for version in versions.iterator():
        rows = json.loads(version.serialized_data)
        for row in rows:
            if former in row["fields"]:
                row["fields"][current] = row["fields"].pop(former)
        version.serialized_data = json.dumps(rows)
        version.save(update_fields=["serialized_data"])
    records = apps.get_model("content", "LoadedRow").objects.filter(table=table)
    for record in records.exclude(columns="").iterator():
        columns = [current if name == former else name for name in record.columns.split()]
        record.columns = " ".join(columns)
        record.save(update_fields=["columns"])
