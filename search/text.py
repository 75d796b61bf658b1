"""Words of texts as the search compares them, and texts with the words of a query highlighted."""

import re
import unicodedata
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

accents = re.compile("[\u0300-\u036f]+")
word = re.compile(r"[^\W_]+")
#: The same at twice the speed, for folded texts that have only ASCII characters.
ascii_word = re.compile(r"[a-z0-9]+")

#: Characters of an excerpt, and of those before its first highlighted word.
EXCERPT_LENGTH = 220
LEAD_LENGTH = 60
#: Words of one text that are highlighted at most.
MAX_HIGHLIGHTS = 40


def folded(text: str) -> str:
    """The text in lower case without accents."""
    if text.isascii():
        return text.lower()
    without_accents = accents.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", without_accents).lower()


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    """The character folded, if that is one character too; otherwise the character itself."""
    result = folded(character)
    return result if len(result) == 1 else character


def folded_by_character(text: str) -> str:
    """The folded text with the same length, so that an index into it is one into the text."""
    if text.isascii():
        return text.lower()
    return "".join(map(_folded_character, text))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    text = folded(text)
    return ascii_word.findall(text) if text.isascii() else word.findall(text)


class Part(NamedTuple):
    """A part of a text, and whether it is a word of the query.

    Templates escape it like any other text.
    """

    text: str
    highlighted: bool = False


def highlight(text: str, words: Set[str]) -> list[Part]:
    """The text in parts, those that are one of these folded words highlighted."""
    text = unicodedata.normalize("NFC", text)
    parts = []
    end = 0
    for start, stop in islice(_matches(text, words), MAX_HIGHLIGHTS):
        parts.append(Part(text[end:start]))
        parts.append(Part(text[start:stop], highlighted=True))
        end = stop
    parts.append(Part(text[end:]))
    return [part for part in parts if part.text]


def excerpt(texts: list[str], words: Set[str]) -> list[Part]:
    """A passage around the first of these words, from the first of the texts that has one."""
    for text in texts:
        line = " ".join(unicodedata.normalize("NFC", text).split())
        match = next(_matches(line, words), None)
        if match:
            return highlight(_passage(line, match[0]), words)
    return [Part(_passage(texts[0], 0))]


def _matches(text: str, words: Set[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each of these words in the text."""
    for match in word.finditer(folded_by_character(text)):
        if match[0] in words:
            yield match.span()


def _passage(text: str, index: int) -> str:
    """About 220 characters of the text around an index, from the start to the end of a word."""
    start = 0
    if index > LEAD_LENGTH:
        start = text.find(" ", index - LEAD_LENGTH, index) + 1 or index
    passage = text[start : start + EXCERPT_LENGTH]
    if start + EXCERPT_LENGTH < len(text):
        passage = f"{passage.rpartition(' ')[0] or passage} …"
    return f"… {passage}" if start else passage
