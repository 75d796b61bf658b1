"""Keeps ids made from names apart: one id never stands for two names, wherever they are written."""

from typing import Any

from mapping.cells import Refused, Row
from mapping.slugs import spelling
from packs.pack_tables import Table


class Names:
    """Which name each id was made from, by the model of the row that it tells."""

    def __init__(self) -> None:
        self._names: dict[tuple[Any, str], str] = {}

    def claim(self, table: Table, column: str, row: Row) -> None:
        """Note the ids in a column that was just made.

        :raises Refused: if one of them stands for another name already.
        """
        spelled = row.spelled.get(column)
        if not spelled or (model := _model(table, column)) is None:
            return
        made = row.made[column]
        owner = _owner(table, row) if column == "id" else ("", "")
        for one, name in zip(_listed(made), _listed(spelled), strict=True):
            self._claim(model, owner[0] + one, owner[1] + name)

    def _claim(self, model: Any, made: str, name: str) -> None:
        known = self._names.setdefault((model, made), name)
        if spelling(known) != spelling(name):
            raise Refused(f"“{name}” and “{known}” would both be called “{made}”")


def _model(table: Table, column: str) -> Any:
    if column == "id":
        return table.model
    field = table.fields.get(column)
    return field.related_model if field is not None and field.is_relation else None


def _owner(table: Table, row: Row) -> tuple[str, str]:
    """The id and the name of the row that owns this one, as references write them."""
    if not table.parent or table.parent not in row.made:
        return "", ""
    made = row.made[table.parent]
    return f"{made}/", f"{row.spelled.get(table.parent, made)}/"


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
