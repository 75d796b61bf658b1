"""What the last load left in each cell of a row, kept as digests.

From it follows which cells hold something else now.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from packs.cell_text import cell

DIGEST_SIZE = 8
#: What no column holds is compared as one more cell, behind those of the columns.
EXTRA = "extra"
#: By column, the rows that a row is related to.
Related = Mapping[str, Iterable[Any]]


def digest_of_cell(row: Any, name: str, related: Related | None = None) -> str:
    """Of what a field of the row holds.

    :param related: the rows it is related to, as far as they are at hand; others are read with
        `all()`, so they are best prefetched.
    """
    field = row._meta.get_field(name)
    if not field.many_to_many:
        return _digest(getattr(row, field.attname))
    others = related[name] if related and name in related else getattr(row, name).all()
    return _digest(sorted(other.pk for other in others))


def digest_of_default(field: Any) -> str:
    """Of what a field holds that neither a load nor an editor has filled."""
    return _digest([] if field.many_to_many else field.get_default())


def digests_of(loaded: Any) -> dict[str, str]:
    """By column, what the last load left.

    Empty if it noted the row as a whole only, as loads did before 0.2.

    :param loaded: a `LoadedRow`, or one of a migration.
    """
    return (
        dict(zip([*loaded.columns.split(), EXTRA], loaded.cells.split(), strict=True))
        if loaded.cells
        else {}
    )


def fields_of(names: list[str], digests: Mapping[str, str]) -> dict[str, str]:
    """Fields of a `LoadedRow` with the digests of these columns, of which `EXTRA` is the last."""
    return {"columns": " ".join(names[:-1]), "cells": " ".join(digests[name] for name in names)}


def _digest(held: Any) -> str:
    return blake2b(cell(held).encode(), digest_size=DIGEST_SIZE).hexdigest()
