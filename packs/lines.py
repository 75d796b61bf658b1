"""Which stored line a row of a pack stands for.

It is asked where the rows of an owner are lines of text in an order.

The position of a line changes with every line above it, so it is asked last: a line is known by the
identifier that its publisher gives it, else by its text, else by its place between the same
neighbors.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

DIGEST_SIZE = 16


@dataclass(eq=False)
class Line:
    """A line of a pack, or one that is or was stored."""

    #: The owner, and all else but the position that tells the line.
    scope: str
    owner: str
    #: Where the publisher puts it; for a stored one where the last load put it, None if no load
    #: did.
    position: int | None
    external_id: str = ""
    #: Digest of the text that the publisher gives it; for a stored one at the last load, empty
    #: where that is not known.
    text: str = ""
    #: Digest of the text that is stored.
    stored_text: str = ""
    object_id: int = 0
    #: The stored row; None where it was deleted here.
    row: Any = None

    @property
    def may_be_reworded(self) -> bool:
        """Whether a line with another text at its place can be this one.

        A line that was deleted here is known by its text alone: a new line at its place is not to
        go missing.
        """
        return self.position is not None and (self.row is not None or not self.text)


Pairs = dict[Line, Line]


def text_digest(text: str) -> str:
    """The same for texts that differ in white space alone."""
    return blake2b(" ".join(text.split()).encode(), digest_size=DIGEST_SIZE).hexdigest()


def match_lines(wanted: Iterable[Line], known: Iterable[Line]) -> Pairs:
    """The known line that each wanted one stands for, as far as there is one.

    No known line stands for two.
    """
    pairs: Pairs = {}
    here = _grouped(known, lambda line: line.owner)
    for owner, lines in _grouped(wanted, lambda line: line.owner).items():
        pairs |= _match_of_one_owner(lines, here.get(owner, []))
    return pairs


def _match_of_one_owner(wanted: list[Line], known: list[Line]) -> Pairs:
    pairs: Pairs = {}
    for key in (_by_identifier, _by_text_and_position, _by_text, _by_stored_text):
        _pair(wanted, known, key, pairs)
    here = _grouped(known, lambda line: line.scope)
    for scope, lines in _grouped(wanted, lambda line: line.scope).items():
        _pair_between_neighbors(lines, here.get(scope, []), pairs)
    _pair(wanted, [line for line in known if line.may_be_reworded], _by_position, pairs)
    return pairs


def _grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return found


def _by_identifier(line: Line) -> Hashable:
    return line.external_id or None


def _by_text_and_position(line: Line) -> Hashable:
    return (line.scope, line.text, line.position) if line.text else None


def _by_text(line: Line) -> Hashable:
    return (line.scope, line.text) if line.text else None


def _by_stored_text(line: Line) -> Hashable:
    return (line.scope, line.stored_text) if line.stored_text else None


def _by_position(line: Line) -> Hashable:
    return line.scope, line.position


def _pair(
    wanted: Iterable[Line], known: Iterable[Line], key: Callable[[Line], Hashable], pairs: Pairs
) -> None:
    """Pair what has the same key, in order."""
    taken = set(pairs.values())
    free: defaultdict[Hashable, deque[Line]] = defaultdict(deque)
    for line in known:
        if line not in taken and key(line) is not None:
            free[key(line)].append(line)
    for line in wanted:
        candidates = free[key(line)] if line not in pairs and key(line) is not None else None
        if candidates and _can_be_same(line, candidates[0]):
            pairs[line] = candidates.popleft()


def _can_be_same(one: Line, other: Line) -> bool:
    return not (one.external_id and other.external_id) or one.external_id == other.external_id


def _pair_between_neighbors(wanted: list[Line], known: list[Line], pairs: Pairs) -> None:
    """Pair what stands between the same two lines, if it is as many lines in the pack as here."""
    loaded = sorted((line for line in known if line.position is not None), key=_position)
    taken = set(pairs.values())
    here = _gaps(loaded, lambda line: line if line in taken else None)
    there = _gaps(sorted(wanted, key=_position), lambda line: pairs.get(line))
    for gap, lines in there.items():
        candidates = [line for line in here.get(gap, ()) if line.may_be_reworded]
        if len(candidates) == len(lines) and all(map(_can_be_same, lines, candidates)):
            pairs.update(zip(lines, candidates, strict=True))


def _gaps(
    lines: Iterable[Line], paired: Callable[[Line], Line | None]
) -> dict[tuple[Line | None, Line | None], list[Line]]:
    """The lines without a pair, by the pairs before and after them."""
    gaps: dict[tuple[Line | None, Line | None], list[Line]] = {}
    before, waiting = None, []
    for line in lines:
        neighbor = paired(line)
        if neighbor is None:
            waiting.append(line)
        elif neighbor.position is not None:
            gaps[before, neighbor] = waiting
            before, waiting = neighbor, []
    gaps[before, None] = waiting
    return {gap: found for gap, found in gaps.items() if found}


def _position(line: Line) -> int:
    return line.position or 0
