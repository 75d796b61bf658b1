"""Compiles what a mapping says of one column of ours into a cell."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from mapping import cells, written
from mapping.cells import HERE, Cell, Row, as_text
from mapping.changes import CHANGES, changed
from mapping.conditions import Condition, condition
from mapping.html_text import markdown
from mapping.plain import plain_line
from mapping.records import Record
from packs.errors import UnreadableFile

names = re.compile(r"\{([^{}]*)\}")
SLUG = "slug:"
#: What is made plain is a line or a paragraph.
LONGEST = 10_000
BULLETS, LINES, ONE, LIST = "bullets", "lines", "one", "list"


@dataclass(frozen=True)
class Scope:
    """What a column of ours may speak of."""

    place: str
    #: The sources of the mapping.
    sources: Collection[str]
    #: Columns of ours that are made before.
    above: Collection[str] = ()
    #: What the mapping says of the cells that it has given names.
    cells: Mapping[str, Any] = field(default_factory=dict)

    def at(self, key: str) -> "Scope":
        """The same, further down in the mapping."""
        return replace(self, place=f"{self.place}, {key}")


@dataclass(frozen=True, eq=False)
class Index:
    """Records of another source, to be found by the cells they share with the record at hand."""

    source: str
    theirs: tuple[str, ...]
    accepts: Condition
    #: What separates several keys in their cell.
    split: str = ""

    def keys(self, record: Record) -> Iterator[tuple[str, ...]]:
        """What a record is found by."""
        cells = [record.values.get(name) for name in self.theirs]
        return product(*([as_text(item) for item in self._items(cell)] for cell in cells))

    def _items(self, cell: Any) -> list[Any]:
        if isinstance(cell, list):
            return cell
        return as_text(cell).split(self.split) if self.split else [cell]


def compiled(said: Any, scope: Scope) -> Cell:
    """The cell that is made as a mapping says: a column by its name, or a mapping with one verb.

    :raises Unreadable: if it says nothing that can be done; the place in the mapping is named.
    """
    if isinstance(said, str):
        return cells.column(said)
    said = written.keys(said, scope.place, [*VERBS, *CHANGES, *OPTIONS])
    verb = next((verb for verb in VERBS if verb in said), "")
    if not verb:
        raise UnreadableFile(scope.place, f"expected one of {', '.join(VERBS)}")
    make, options = VERBS[verb]
    own = [verb, *options]
    changes = [key for key in CHANGES if key in said and key not in own]
    written.keys(dict.fromkeys(said), scope.place, [*own, *changes])
    return changed(make(said, scope), {key: said[key] for key in changes}, scope.place)


def _column(said: dict[str, Any], scope: Scope) -> Cell:
    return cells.column(written.text(said["column"], scope.place))


def _slug(said: dict[str, Any], scope: Scope) -> Cell:
    parts = said["slug"] if isinstance(said["slug"], list) else [said["slug"]]
    return cells.slugged([compiled(part, scope.at("slug")) for part in parts])


def _text(said: dict[str, Any], scope: Scope) -> Cell:
    """A template: ``{Column}`` for a cell, ``{slug:Column}`` for the id made from it.

    A name stands for the cell that the mapping names so, else for a column above, else for one of
    the source.
    """
    pieces = names.split(written.text(said["text"], scope.place))
    return cells.joined(
        [_named(piece, scope) if at % 2 else piece for at, piece in enumerate(pieces)]
    )


def _named(name: str, scope: Scope) -> Cell:
    if name.startswith(SLUG):
        return cells.slugged([cells.column(name.removeprefix(SLUG).strip())])
    if name in scope.cells:
        return _cell({"cell": name}, scope)
    return cells.made_above(name) if name in scope.above else cells.column(name)


def _cell(said: dict[str, Any], scope: Scope) -> Cell:
    """A cell to which the mapping has given a name."""
    name = written.named(written.text(said["cell"], scope.place), scope.place, scope.cells, "cell")
    return compiled(scope.cells[name], replace(scope.at(name), cells={}))


def _value(said: dict[str, Any], scope: Scope) -> Cell:
    return cells.constant(written.text(said["value"], scope.place))


def _first(said: dict[str, Any], scope: Scope) -> Cell:
    if not isinstance(said["first"], list):
        raise UnreadableFile(f"{scope.place}, first", "expected a list")
    return cells.first_filled([compiled(part, scope.at("first")) for part in said["first"]])


def _rank(said: dict[str, Any], scope: Scope) -> Cell:
    """Phrases in their order; those of one rank in a list of their own."""
    place = f"{scope.place}, rank"
    groups = [said["rank"]] if isinstance(said["rank"], str) else said["rank"]
    if not isinstance(groups, list) or "of" not in said:
        raise UnreadableFile(place, "expected a list, and “of” beside it")
    order = cells.ranks([written.words(group, place) for group in groups])
    return cells.ranked(order, compiled(said["of"], scope.at("of")))


def _html(said: dict[str, Any], scope: Scope) -> Cell:
    """HTML as Markdown, its links completed from `base`; what Markdown cannot say is noted."""
    source = compiled(said["html"], scope.at("html"))
    base = written.text(said.get("base", ""), f"{scope.place}, base")

    def make(row: Row) -> str:
        text, lost = markdown(as_text(source.make(row)), base)
        for tag in lost:
            row.run.lose(f"{scope.place}: <{tag}>")
        return text

    return replace(source, make=make, spelled=None)


def _plain(said: dict[str, Any], scope: Scope) -> Cell:
    """A text without its markup, on one line."""
    source = compiled(said["plain"], scope.at("plain"))

    def make(row: Row) -> str:
        text = as_text(source.make(row))
        if len(text) > LONGEST:
            raise cells.Refused(f"more than {LONGEST:,} letters")
        return plain_line(text, LONGEST)

    return replace(source, make=make, spelled=None)


def _gather(said: dict[str, Any], scope: Scope) -> Cell:
    """What the records of another source hold that belong to this one."""
    written.keys(said, scope.place, said, ["from", "by"])
    source = written.named(
        written.text(said["from"], scope.place), scope.place, scope.sources, "source"
    )
    shared = _shared(said["by"], f"{scope.place}, by")
    where = said.get("where", {})
    index = Index(
        source, tuple(shared), condition(where, f"{scope.place}, where"), said.get("split", "")
    )
    inner = compiled(said["gather"], replace(scope.at("gather"), above=()))
    form = _FORMS[written.named(said.get("as", LIST), scope.place, _FORMS, "form")]
    ours = [cells.column(name) for name in shared.values()]

    def make(row: Row) -> Any:
        key = tuple(as_text(cell.make(row)) for cell in ours)
        found = (inner.make(Row(record, row.run)) for record in row.run.matching(index, key))
        return form(
            [
                item
                for value in found
                for item in (value if isinstance(value, list) else [value])
                if item
            ]
        )

    there = {(source if name == HERE else name, column) for name, column in inner.uses}
    there |= {(source, column) for column in [*shared, *where]}
    return Cell(make, frozenset(there | {(HERE, column) for column in shared.values()}))


def _shared(said: Any, place: str) -> dict[str, str]:
    """Their columns and ours; one name where they are called the same."""
    return (
        dict(said)
        if isinstance(said, dict)
        else {name: name for name in written.words(said, place)}
    )


def _one(items: list[str]) -> str:
    if len(set(items)) > 1:
        raise cells.Refused(f"expected one of {', '.join(f'“{item}”' for item in items[:5])}")
    return items[0] if items else ""


_FORMS: dict[str, Callable[[list[str]], Any]] = {
    LIST: lambda items: items,
    LINES: "\n".join,
    BULLETS: lambda items: "\n".join(f"- {item}" for item in items),
    ONE: _one,
}
VERBS: dict[str, tuple[Callable[[dict[str, Any], Scope], Cell], tuple[str, ...]]] = {
    "column": (_column, ()),
    "text": (_text, ()),
    "cell": (_cell, ()),
    "value": (_value, ()),
    "first": (_first, ()),
    "rank": (_rank, ("of",)),
    "html": (_html, ("base",)),
    "plain": (_plain, ()),
    "gather": (_gather, ("from", "by", "where", "split", "as")),
    "slug": (_slug, ()),
}
OPTIONS = {option for _, options in VERBS.values() for option in options}
