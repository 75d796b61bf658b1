"""What can be done to a column's value before it is taken: split, cut, looked up, made an id."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from content.numbers import whole_number
from mapping import written
from mapping.cells import Cell, Make, Refused, Row, as_text
from mapping.slugs import slug
from packs.errors import UnreadableFile

#: In this order, whatever order they are written in.
CHANGES = (
    "part",
    "split",
    "without",
    "before_last",
    "replace",
    "shorten",
    "lookup",
    "else",
    "slug",
)
REFUSE, KEEP, EMPTY = "refuse", "keep", "empty"

Change = Callable[[str], str]


def changed(cell: Cell, said: dict[str, Any], place: str) -> Cell:
    """The cell with the changes that a mapping asks for."""
    changes = [make(said, f"{place}, {key}") for key, make in _CHANGES.items() if key in said]
    has_id = said.get("slug") == "true"
    if not changes and not has_id and "split" not in said:
        return cell
    before = _each(cell.make, said.get("split", ""), changes, place)
    if not has_id:
        return replace(cell, make=before, spelled=None)
    return replace(cell, make=lambda row: _applied(slug, before(row)), spelled=before)


def _each(make: Make, separator: Any, changes: list[Change], place: str) -> Make:
    """The changes, made to each item of a list."""
    separator = written.text(separator, place)

    def changed_value(row: Row) -> Any:
        value = make(row)
        if separator:
            value = [piece for part in as_text(value).split(separator) if (piece := part.strip())]
        for change in changes:
            value = _applied(change, value)
        return value

    return changed_value


def _applied(change: Change, value: Any) -> Any:
    return (
        [change(as_text(item)) for item in value]
        if isinstance(value, list)
        else change(as_text(value))
    )


def _part(said: dict[str, Any], place: str) -> Change:
    """A text up to its first empty line, or from there on."""
    if written.named(said["part"], place, ["first paragraph", "rest"], "part") == "rest":
        return lambda text: text.partition("\n\n")[2].strip()
    return lambda text: text.partition("\n\n")[0].strip()


def _without(said: dict[str, Any], place: str) -> Change:
    """A text without one of these words at its beginning: the longest that stands there."""
    words = sorted(written.words(said["without"], place), key=len, reverse=True)

    def shortened(text: str) -> str:
        found = next((word for word in words if text.startswith(f"{word} ")), "")
        return text.removeprefix(found).strip()

    return shortened


def _before_last(said: dict[str, Any], place: str) -> Change:
    """A text before the last of these signs: the code above 2.A.1 is 2.A."""
    sign = written.text(said["before_last"], place)
    if not sign:
        raise UnreadableFile(place, "expected a sign")
    return lambda text: text.rpartition(sign)[0]


def _replace(said: dict[str, Any], place: str) -> Change:
    """A text with other signs or words wherever these stand: ``{",": "."}`` makes 1,5 a number."""
    instead = written.pairs(said["replace"], place)
    if not all(instead):
        raise UnreadableFile(place, "expected a sign or a word to replace")
    pattern = re.compile("|".join(map(re.escape, sorted(instead, key=len, reverse=True))))
    return lambda text: (
        pattern.sub(lambda found: instead[found[0]], text).strip() if instead else text
    )


def _shorten(said: dict[str, Any], place: str) -> Change:
    """A text of no more than so many letters, cut between two words, as titles need it."""
    most = whole_number(written.text(said["shorten"], place)) or 0
    if most <= 0:
        raise UnreadableFile(place, "expected a number of letters")
    return lambda text: text if len(text) <= most else _cut(text, most)


def _cut(text: str, most: int) -> str:
    """The text up to the last word that fits before an ellipsis; a single word is cut itself."""
    begin = text[:most]
    return f"{(begin.rpartition(' ')[0] or begin[:-1]).rstrip(' ,;:')}…"


def _lookup(said: dict[str, Any], place: str) -> Change:
    """What stands for a text; an empty cell stays empty."""
    known = {"": ""} | dict(written.pairs(said["lookup"], place))
    otherwise = written.named(said.get("else", REFUSE), place, [REFUSE, KEEP, EMPTY], "way out")

    def found(text: str) -> str:
        if text not in known and otherwise == REFUSE:
            raise Refused(f"“{text}” is none of {', '.join(filter(None, known))}")
        return known.get(text, text if otherwise == KEEP else "")

    return found


_CHANGES = {
    "part": _part,
    "without": _without,
    "before_last": _before_last,
    "replace": _replace,
    "shorten": _shorten,
    "lookup": _lookup,
}
