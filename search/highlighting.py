"""Shows where words stand in a text.

It gives parts, marked or not, which a template escapes like any other text.
"""

import unicodedata
from collections.abc import Iterator, Set
from itertools import islice
from typing import NamedTuple

from search.normalization import folded_in_place, word

LENGTH = 220
LEAD = 60
MARKS = 40


class Part(NamedTuple):
    """A piece of text, and whether it is one of the words sought."""

    text: str
    marked: bool = False


def marked(text: str, forms: Set[str]) -> list[Part]:
    """The text in parts, the words among `forms` marked."""
    text = unicodedata.normalize("NFC", text)
    parts, end = [], 0
    for start, stop in islice(_places(text, forms), MARKS):
        parts += [Part(text[end:start]), Part(text[start:stop], marked=True)]
        end = stop
    return [part for part in (*parts, Part(text[end:])) if part.text]


def excerpt(texts: list[str], forms: Set[str]) -> list[Part]:
    """A passage around the first place of the words, from the first of these texts that has one."""
    for text in texts:
        text = " ".join(unicodedata.normalize("NFC", text).split())
        if place := next(_places(text, forms), None):
            return marked(_passage(text, place[0]), forms)
    return [Part(_passage(texts[0], 0))]


def _places(text: str, forms: Set[str]) -> Iterator[tuple[int, int]]:
    return (found.span() for found in word.finditer(folded_in_place(text)) if found[0] in forms)


def _passage(text: str, place: int) -> str:
    """About 220 characters that begin a little before the place, at a word, and end at one."""
    start = 0 if place <= LEAD else text.find(" ", place - LEAD, place) + 1 or place
    passage = text[start : start + LENGTH]
    if start + LENGTH < len(text):
        passage = f"{passage.rpartition(' ')[0] or passage} …"
    return f"… {passage}" if start else passage
