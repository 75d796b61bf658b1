"""Finds the stored line that each line of a pack stands for.

Lines are rows with a text and a position under one parent. A position changes with every line that
is added or removed above it, so it is the last resort: a line is found by the identifier of its
publisher, else by its text, else by the lines before and after it.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from packs.pack_tables import Row

DIGEST_SIZE = 16


@dataclass(eq=False)
class Line:
    """A line of a pack, or one that is stored or was deleted."""

    #: The parent, and everything but the position that identifies the line.
    scope: str
    parent: str
    #: The position in the pack; for a stored line that of the last load, None if it was not loaded.
    position: int | None
    external_id: str = ""
    #: The digest of the text in the pack; for a stored line that of the last load, empty if it is
    #: not known.
    text: str = ""
    #: The digest of the stored text.
    stored_text: str = ""
    object_id: int = 0
    #: The stored row; None if an editor has deleted it.
    row: Row | None = None

    @property
    def may_be_reworded(self) -> bool:
        """Whether a line of the pack with another text can be this one.

        A deleted line is found by its text alone: otherwise a new line in its position would not be
        loaded.
        """
        return self.position is not None and (self.row is not None or not self.text)


Pairs = dict[Line, Line]
#: The matched lines before and after some unmatched ones.
Gap = tuple[Line | None, Line | None]


def text_digest(text: str) -> str:
    """A digest that is the same for texts that differ only in white space."""
    return blake2b(" ".join(text.split()).encode(), digest_size=DIGEST_SIZE).hexdigest()


def match_lines(incoming: Iterable[Line], known: Iterable[Line]) -> Pairs:
    """The known line of each incoming one, if it has one. No known line is matched twice."""
    pairs: Pairs = {}
    known_by_parent = _grouped(known, lambda line: line.parent)
    for parent, lines in _grouped(incoming, lambda line: line.parent).items():
        pairs |= _match_under_parent(lines, known_by_parent.get(parent, []))
    return pairs


def _match_under_parent(incoming: list[Line], known: list[Line]) -> Pairs:
    pairs: Pairs = {}
    for key in (_external_id, _text_and_position, _text, _stored_text):
        _pair_by_key(incoming, known, key, pairs)
    known_by_scope = _grouped(known, lambda line: line.scope)
    for scope, lines in _grouped(incoming, lambda line: line.scope).items():
        _pair_between_neighbors(lines, known_by_scope.get(scope, []), pairs)
    rewordable = [line for line in known if line.may_be_reworded]
    _pair_by_key(incoming, rewordable, _scope_and_position, pairs)
    return pairs


def _grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups


def _external_id(line: Line) -> Hashable:
    return line.external_id or None


def _text_and_position(line: Line) -> Hashable:
    if not line.text:
        return None
    return line.scope, line.text, line.position


def _text(line: Line) -> Hashable:
    if not line.text:
        return None
    return line.scope, line.text


def _stored_text(line: Line) -> Hashable:
    if not line.stored_text:
        return None
    return line.scope, line.stored_text


def _scope_and_position(line: Line) -> Hashable:
    return line.scope, line.position


def _pair_by_key(
    incoming: Iterable[Line],
    known: Iterable[Line],
    key: Callable[[Line], Hashable],
    pairs: Pairs,
) -> None:
    """Pair unmatched lines with the same key in their order. Lines whose key is None do not match.

    :param pairs: the pairs so far, to which the new ones are added.
    """
    matched = set(pairs.values())
    candidates_by_key: defaultdict[Hashable, deque[Line]] = defaultdict(deque)
    for line in known:
        if line not in matched and key(line) is not None:
            candidates_by_key[key(line)].append(line)
    for line in incoming:
        if line in pairs:
            continue
        candidates = candidates_by_key.get(key(line))
        if candidates and _can_be_same(line, candidates[0]):
            pairs[line] = candidates.popleft()


def _can_be_same(line: Line, other: Line) -> bool:
    """Whether the identifiers of two lines are equal, or one of them has none."""
    if not line.external_id or not other.external_id:
        return True
    return line.external_id == other.external_id


def _pair_between_neighbors(incoming: list[Line], known: list[Line], pairs: Pairs) -> None:
    """Pair the lines between the same two lines if the pack has as many there as are stored."""
    loaded = [line for line in known if line.position is not None]
    loaded.sort(key=_position)
    matched = set(pairs.values())
    known_gaps = _gaps(loaded, lambda line: line if line in matched else None)
    incoming_gaps = _gaps(sorted(incoming, key=_position), lambda line: pairs.get(line))
    for gap, lines in incoming_gaps.items():
        candidates = [line for line in known_gaps.get(gap, ()) if line.may_be_reworded]
        if len(candidates) == len(lines) and all(map(_can_be_same, lines, candidates)):
            pairs.update(zip(lines, candidates, strict=True))


def _gaps(
    lines: Iterable[Line], matching_line: Callable[[Line], Line | None]
) -> dict[Gap, list[Line]]:
    """The unmatched lines by the known lines before and after them.

    :param matching_line: returns the known line of a line, None for an unmatched one.
    """
    gaps: dict[Gap, list[Line]] = {}
    previous: Line | None = None
    unmatched: list[Line] = []
    for line in lines:
        neighbor = matching_line(line)
        if neighbor is None:
            unmatched.append(line)
        elif neighbor.position is not None:
            gaps[previous, neighbor] = unmatched
            previous, unmatched = neighbor, []
    gaps[previous, None] = unmatched
    return {gap: lines for gap, lines in gaps.items() if lines}


def _position(line: Line) -> int:
    return line.position or 0
