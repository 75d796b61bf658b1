"""Finds the stored line that each line of a pack stands for.

Lines are rows with a text and a position under one parent. A position changes with every line that
is added or removed above it, so it is the last resort: a line is found by the identifier of its
publisher, else by its text, else by the lines before and after it.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter

from content.base_models import ContentModel

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
    row: ContentModel | None = None

    @property
    def may_be_reworded(self) -> bool:
        """Whether a line of the pack with another text can be this one.

        A deleted line is found by its text alone: otherwise a new line in its position would not be
        loaded.
        """
        return self.position is not None and (self.row is not None or not self.text)


Pairs = dict[Line, Line]
#: A scope, and the matched lines before and after some unmatched ones.
Gap = tuple[str, Line | None, Line | None]
Key = Callable[[Line], tuple[object, ...]]

#: What lines are paired by, in this order. A line whose last value is empty is not paired.
KEYS: tuple[Key, ...] = (
    attrgetter("parent", "external_id"),
    attrgetter("scope", "position", "text"),
    attrgetter("scope", "text"),
    attrgetter("scope", "stored_text"),
)
#: What lines are paired by that may be reworded, and what they are sorted by.
scope_and_position: Key = attrgetter("scope", "position")


def text_digest(text: str) -> str:
    """A digest that is the same for texts that differ only in white space."""
    return blake2b(" ".join(text.split()).encode(), digest_size=DIGEST_SIZE).hexdigest()


def match_lines(incoming: Sequence[Line], known: Sequence[Line]) -> Pairs:
    """The known line of each incoming one, if it has one. No known line is matched twice."""
    pairs: Pairs = {}
    for key in KEYS:
        candidates = [line for line in known if key(line)[-1]]
        _pair_by_key(incoming, candidates, key, pairs)
    _pair_between_neighbors(incoming, known, pairs)
    rewordable = [line for line in known if line.may_be_reworded]
    _pair_by_key(incoming, rewordable, scope_and_position, pairs)
    return pairs


def _pair_by_key(incoming: Iterable[Line], known: Iterable[Line], key: Key, pairs: Pairs) -> None:
    """Pair unmatched lines with the same key in their order.

    :param pairs: the pairs so far, to which the new ones are added.
    """
    matched = set(pairs.values())
    candidates_by_key: defaultdict[object, deque[Line]] = defaultdict(deque)
    for line in known:
        if line not in matched:
            candidates_by_key[key(line)].append(line)
    for line in incoming:
        candidates = candidates_by_key.get(key(line))
        if candidates and line not in pairs and _can_be_same(line, candidates[0]):
            pairs[line] = candidates.popleft()


def _can_be_same(line: Line, other: Line) -> bool:
    """Whether the identifiers of two lines are equal, or one of them has none."""
    return line.external_id == other.external_id or "" in (line.external_id, other.external_id)


def _pair_between_neighbors(incoming: Iterable[Line], known: Iterable[Line], pairs: Pairs) -> None:
    """Pair the lines between the same two lines if the pack has as many there as are stored."""
    loaded = [line for line in known if line.position is not None]
    known_gaps = _gaps(loaded, {line: line for line in pairs.values()})
    for gap, lines in _gaps(incoming, pairs).items():
        candidates = [line for line in known_gaps.get(gap, ()) if line.may_be_reworded]
        if len(candidates) == len(lines) and all(map(_can_be_same, lines, candidates)):
            pairs.update(zip(lines, candidates, strict=True))


def _gaps(lines: Iterable[Line], matches: Mapping[Line, Line]) -> dict[Gap, list[Line]]:
    """The unmatched lines of each scope by the known lines before and after them.

    :param matches: the known line of each line that is matched.
    """
    gaps: dict[Gap, list[Line]] = {}
    for scope, lines_of_scope in groupby(
        sorted(lines, key=scope_and_position), key=attrgetter("scope")
    ):
        previous: Line | None = None
        unmatched: list[Line] = []
        for line in lines_of_scope:
            neighbor = matches.get(line)
            if neighbor is None:
                unmatched.append(line)
            elif neighbor.position is not None:
                gaps[scope, previous, neighbor] = unmatched
                previous, unmatched = neighbor, []
        gaps[scope, previous, None] = unmatched
    return gaps
