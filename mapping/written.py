"""What may stand in a mapping file.

Each check returns what it was given, or names the place and the reason.
"""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from packs.errors import UnreadableFile


def keys(
    written: Any, place: str, known: Collection[str], required: Iterable[str] = ()
) -> dict[str, Any]:
    """A mapping without other keys than these.

    :raises Unreadable: if it is none, has another key or lacks one.
    """
    if not isinstance(written, dict):
        raise UnreadableFile(place, "expected a mapping")
    for key in written:
        named(key, place, known, "key")
    if missing := [key for key in required if key not in written]:
        raise UnreadableFile(place, f"“{missing[0]}” is missing")
    return written


def named(name: str, place: str, known: Collection[str], kind: str) -> str:
    """A name that is one of these.

    :raises Unreadable: if it is not, with the nearest that is.
    """
    if name in known:
        return name
    near = get_close_matches(name, known, 1)
    hint = (
        f"did you mean “{near[0]}”?" if near else f"there are {', '.join(sorted(known)) or 'none'}"
    )
    raise UnreadableFile(place, f"there is no {kind} “{name}”; {hint}")


def text(written: Any, place: str) -> str:
    """A text.

    :raises Unreadable: if it is none.
    """
    if not isinstance(written, str):
        raise UnreadableFile(place, "expected a text")
    return written


def words(written: Any, place: str) -> list[str]:
    """A list of texts; one text is a list of itself.

    :raises Unreadable: if it is neither.
    """
    listed = [written] if isinstance(written, str) else written
    if not isinstance(listed, list):
        raise UnreadableFile(place, "expected a text or a list of texts")
    return [text(word, place) for word in listed]


def pairs(written: Any, place: str) -> Mapping[str, str]:
    """A mapping from texts to texts.

    :raises Unreadable: if it is none.
    """
    if not isinstance(written, dict):
        raise UnreadableFile(place, "expected a mapping")
    return {key: text(value, f"{place}, {key}") for key, value in written.items()}
