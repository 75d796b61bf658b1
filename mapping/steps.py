"""What is done to the records of a source before rows are made: left out, turned, taken apart."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mapping import written
from mapping.cells import as_text
from mapping.conditions import condition
from mapping.records import Record
from packs.errors import UnreadableFile


@dataclass(frozen=True)
class Step:
    """One step; they are taken in the order in which they are written."""

    apply: Callable[[Iterable[Record]], Iterator[Record]]
    place: str
    #: Columns that it reads.
    uses: frozenset[str] = frozenset()
    #: Columns that it adds.
    adds: frozenset[str] = frozenset()
    #: Whether it reads all other columns too.
    reads_all: bool = False


def where(said: Any, place: str) -> Step:
    """Leave out the records that do not meet a condition."""
    accepts = condition(said, place)
    return Step(lambda records: filter(accepts, records), place, frozenset(said))


def unpivot(said: Any, place: str) -> Step:
    """Make one record of each filled cell in some columns: the column's name and what it holds."""
    said = written.keys(said, place, ["columns", "except", "into"], ["into"])
    if ("columns" in said) == ("except" in said):
        raise UnreadableFile(place, "expected either “columns” or “except”")
    columns, left = (
        frozenset(written.words(said.get(key, []), place)) for key in ("columns", "except")
    )
    into = written.words(said["into"], place)
    if len(into) != 2:
        raise UnreadableFile(
            f"{place}, into", "expected two names: of the column, and of what it holds"
        )

    def apply(records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            for name, value in record.values.items():
                if value and (name in columns if columns else name not in left):
                    yield Record(
                        f"{record.place}, {name}", record.values | {into[0]: name, into[1]: value}
                    )

    return Step(apply, place, columns | left, frozenset(into), reads_all=not columns)


def pivot(said: Any, place: str) -> Step:
    """Make one record of those that agree in some columns.

    What each holds becomes a column of its own.
    """
    said = written.keys(said, place, ["key", "value", "by", "into"], ["key", "value", "by", "into"])
    key, value = written.text(said["key"], place), written.text(said["value"], place)
    by, into = written.words(said["by"], place), written.pairs(said["into"], place)

    def apply(records: Iterable[Record]) -> Iterator[Record]:
        made: dict[tuple[str, ...], Record] = {}
        for record in records:
            found = made.setdefault(_cells(record, by), Record(record.place, dict(record.values)))
            name = into.get(as_text(record.values.get(key)))
            if name is None or name in found.values:
                reason = "stands there twice" if name else f"is none of {', '.join(into)}"
                raise UnreadableFile(record.place, f"{key}: “{record.values.get(key)}” {reason}")
            found.values[name] = record.values.get(value)
        yield from made.values()

    return Step(apply, place, frozenset([key, value, *by]), frozenset(into.values()))


def explode(said: Any, place: str) -> Step:
    """Make one record of each piece of a cell.

    ``column.number`` counts them, ``column.lead`` stands before bullets.
    """
    said = written.keys(said, place, ["column", "by"], ["column", "by"])
    column, by = written.text(said["column"], place), written.text(said["by"], place)
    take_apart = _PIECES.get(by, lambda text: ("", text.split(by)))
    if not by:
        raise UnreadableFile(
            f"{place}, by", "expected paragraphs, lines, bullets or what separates the pieces"
        )

    def apply(records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            value = record.values.get(column)
            lead, pieces = (
                ("", list(map(as_text, value)))
                if isinstance(value, list)
                else take_apart(as_text(value))
            )
            filled = [piece.strip() for piece in pieces if piece.strip()]
            for number, piece in enumerate(filled, start=1):
                added = {
                    column: piece,
                    f"{column}.number": str(number),
                    f"{column}.lead": lead.strip(),
                }
                yield Record(f"{record.place}, {column} {number}", record.values | added)

    return Step(
        apply, place, frozenset([column]), frozenset([f"{column}.number", f"{column}.lead"])
    )


def _cells(record: Record, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(as_text(record.values.get(column)) for column in columns)


def _bullets(text: str) -> tuple[str, list[str]]:
    """What stands before the first bullet, and the bullets, each with lines that continue it."""
    lead: list[str] = []
    items: list[str] = []
    for line in text.split("\n"):
        begun = line.strip()
        if begun[:2] in {"- ", "* ", "• ", "– "} or begun[:1] == "•":
            items.append(begun[1:].strip())
        elif items:
            items[-1] += f"\n{begun}"
        else:
            lead.append(line)
    return ("\n".join(lead), items) if items else ("", [text])


_PIECES: dict[str, Callable[[str], tuple[str, list[str]]]] = {
    "paragraphs": lambda text: ("", text.split("\n\n")),
    "lines": lambda text: ("", text.split("\n")),
    "bullets": _bullets,
}
STEPS = {"where": where, "pivot": pivot, "unpivot": unpivot, "explode": explode}
