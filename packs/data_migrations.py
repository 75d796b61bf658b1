"""For data migrations that change values which a load left.

A changed value is still what the last load left, and no edit of somebody here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from packs.loaded_cells import EXTRA, digest_of_cell, digests_of, fields_of


@contextmanager
def keeping_loads(apps: Any, table: str, model: Any, *columns: str) -> Iterator[None]:
    """Change values of rows inside this without making them look edited.

    The next load finds only those edited here that were so before.

    Rows that were loaded before loads noted each cell, and not since, count as edited.

    :param apps, model: as the migration has them.
    :param table: the name of the table of packs that holds the rows.
    :param columns: those that are changed.
    """
    loads = apps.get_model("content", "LoadedRow").objects.filter(table=table).exclude(cells="")
    rows = model._base_manager.in_bulk(loads.values_list("object_id", flat=True))
    as_loaded = {
        loaded.pk: _as_loaded(loaded, rows.get(loaded.object_id), columns) for loaded in loads
    }
    yield
    rows = model._base_manager.in_bulk(loads.values_list("object_id", flat=True))
    for loaded in loads.all():
        if as_loaded[loaded.pk] and loaded.object_id in rows:
            _agree(loaded, rows[loaded.object_id], as_loaded[loaded.pk])


def _as_loaded(loaded: Any, row: Any, columns: tuple[str, ...]) -> list[str]:
    """The columns in which nobody has edited this row, which may have been deleted here."""
    left = digests_of(loaded)
    return [
        name for name in columns if row is not None and left.get(name) == digest_of_cell(row, name)
    ]


def _agree(loaded: Any, row: Any, columns: list[str]) -> None:
    """Note what these columns hold now."""
    digests = digests_of(loaded) | {name: digest_of_cell(row, name) for name in columns}
    for name, value in fields_of([*loaded.columns.split(), EXTRA], digests).items():
        setattr(loaded, name, value)
    if "position" in columns:
        loaded.position = row.position
    loaded.save()
