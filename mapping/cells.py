"""What the columns of a mapping are made of: small functions from a record to a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from mapping.records import Record
from mapping.slugs import slug
from packs.cell_text import cell as written_cell

#: Of the source that the table is made from.
HERE = ""


class Refused(ValueError):
    """A cell from which no value can be made; the message is ready to show."""


class Run(Protocol):
    """The conversion under way, as far as cells ask it."""

    def matching(self, index: Any, key: tuple[str, ...]) -> list[Record]:
        """The records of another source that have this key."""

    def lose(self, what: str) -> None:
        """Note that something of the source is not taken."""


@dataclass(frozen=True)
class Row:
    """A record on its way to a row of ours."""

    record: Record
    run: Run
    #: The columns that are made already.
    made: dict[str, Any] = field(default_factory=dict)
    #: The same in the words of the source, where the value is an id made from a name.
    spelled: dict[str, Any] = field(default_factory=dict)


Make = Callable[[Row], Any]


@dataclass(frozen=True)
class Cell:
    """How one column is made."""

    make: Make
    #: Columns that it reads, each with the name of its source.
    uses: frozenset[tuple[str, str]] = frozenset()
    #: The same value before names became ids; None, where it holds no such id.
    spelled: Make | None = None


def as_text(value: Any) -> str:
    """A value of a source as one text."""
    if isinstance(value, list):
        return "\n".join(map(as_text, value)).strip()
    return (value if isinstance(value, str) else written_cell(value)).strip()


def as_value(value: Any) -> Any:
    """A value of a source as a column takes it: one text or a list of texts.

    Mappings as they are.
    """
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return [text for item in value if (text := as_text(item))]
    return value if isinstance(value, list | dict) else as_text(value)


def column(name: str) -> Cell:
    """The cell of the source in this column."""
    return Cell(lambda row: as_value(row.record.values.get(name)), frozenset({(HERE, name)}))


def made_above(name: str) -> Cell:
    """What another column of ours holds."""
    return Cell(
        lambda row: row.made[name], spelled=lambda row: row.spelled.get(name, row.made[name])
    )


def constant(value: Any) -> Cell:
    """The same for every row."""
    return Cell(lambda row: value)


def slugged(parts: list[Cell]) -> Cell:
    """The id made from the texts of these cells."""

    def spelled(row: Row) -> str:
        return " ".join(text for part in parts if (text := as_text(part.make(row))))

    return Cell(lambda row: slug(spelled(row)), _uses(parts), spelled)


def joined(parts: list[Cell | str]) -> Cell:
    """Cells between fixed texts; nothing, where all the cells are empty."""
    cells = [part for part in parts if isinstance(part, Cell)]

    def filled(value: Callable[[Cell, Row], Any], row: Row) -> str:
        texts = [part if isinstance(part, str) else as_text(value(part, row)) for part in parts]
        is_filled = any(
            text for text, part in zip(texts, parts, strict=True) if isinstance(part, Cell)
        )
        return "".join(texts).strip() if is_filled or not cells else ""

    has_ids = any(part.spelled for part in cells)
    return Cell(
        lambda row: filled(lambda part, row: part.make(row), row),
        _uses(cells),
        (lambda row: filled(lambda part, row: (part.spelled or part.make)(row), row))
        if has_ids
        else None,
    )


def first_filled(parts: list[Cell]) -> Cell:
    """The first of the cells that holds something."""
    return Cell(
        lambda row: next((value for part in parts if (value := part.make(row))), ""), _uses(parts)
    )


def ranked(order: Mapping[str, int], of: Cell) -> Cell:
    """The rank of the longest of these phrases that stands in the text, in whole words.

    The empty one stands in all.
    """

    def make(row: Row) -> str:
        text = _as_words(as_text(of.make(row)))
        found = [phrase for phrase in order if not phrase or f" {phrase} " in text]
        if not found:
            raise Refused(f"none of the words of rank stands in “{text.strip()}”")
        return str(order[max(found, key=len)])

    return replace(of, make=make, spelled=None)


def ranks(order: list[list[str]]) -> dict[str, int]:
    """The rank of each phrase, from 1; phrases in one list share theirs."""
    return {
        _as_words(phrase).strip(): rank
        for rank, group in enumerate(order, start=1)
        for phrase in group
    }


def _as_words(text: str) -> str:
    signs = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return f" {' '.join(signs.split())} "


def _uses(cells: list[Cell]) -> frozenset[tuple[str, str]]:
    return frozenset().union(*(cell.uses for cell in cells))
