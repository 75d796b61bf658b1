"""Plain text: newlines, invisible characters, sentences, and lines of limited width."""

import re
from collections.abc import Sequence
from unicodedata import category, east_asian_width

from content import Untyped

#: Unicode categories of invisible characters: control characters, format characters such as a soft
#: hyphen, spaces, and line and paragraph separators.
INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
#: Invisible characters of other categories: joiners, fillers of Hangul, vowels of Khmer, variation
#: selectors, and the Braille cell without dots.
INVISIBLE_CHARACTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
) | {
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}
#: East Asian widths (Unicode Annex 11) of characters that are as wide as two others.
WIDE = {"W", "F"}
#: The end of a sentence, which is not the period of an abbreviation such as “e.g.”, with the
#: quotation marks and brackets that belong to it.
sentence_end = re.compile(r"(?:[?!]|(?<!\b[^\W\d_])\.)[\"'”’»)\]]*(?=\s|$)")


def normalize_newlines(value: Untyped) -> Untyped:
    r"""The text with ``\n`` at the ends of its lines, whatever a browser or a file has there.

    Values that are not text are returned unchanged.
    """
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n")


def is_blank(text: str) -> bool:
    """Whether all characters of the text are invisible."""
    return all(map(_is_invisible, text))


def first_sentence(text: str) -> str:
    """The first sentence of a text in one line, without a period at its end."""
    end = sentence_end.search(text)
    sentence = text[: end.end()] if end else text
    return sentence.strip().removesuffix(".")


def shorten(text: str, length: int) -> str:
    """The text in at most this many characters; a longer one ends after a word, with “…”.

    Only a word that is longer than that is divided.
    """
    if len(text) <= length:
        return text
    beginning, _, rest = text[:length].rpartition(" ")
    return f"{(beginning or rest[:-1]).rstrip(' ,;:.–—-')}…"


def wrap_text(text: str, width: int) -> list[str]:
    """The whole text in lines of at most this width, for SVG, which does not wrap text itself.

    Only a word longer than a line is divided.

    :param width: in narrow characters; at least 2, the width of a wide one.
    """
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if _width(joined) <= width:
            lines[-1] = joined
        else:
            lines += _divided_word(word, width)
    return [line for line in lines if line]


def _is_invisible(character: str) -> bool:
    return character in INVISIBLE_CHARACTERS or category(character) in INVISIBLE_CATEGORIES


def number_with_noun(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, e.g. ``no skills``, ``1 skill``, ``2 skills``.

    :param plural: of the noun, unless it is the noun with an s.
    """
    if number == 1:
        return f"1 {noun}"
    count = f"{number:,}" if number else "no"
    return f"{count} {plural or f'{noun}s'}"


def title_in_sentence(title: str, language: str = "en") -> str:
    """The title as part of a sentence, e.g. ``risk management`` or ``APIs and integration``.

    Abbreviations and names such as GitHub stay as they are, and so do titles in other languages
    than English: German, for example, begins every noun with a capital.

    :param language: of the title (BCP 47).
    """
    if language.replace("_", "-").lower().partition("-")[0] != "en":
        return title
    return " ".join(map(_word_in_sentence, title.split(" ")))


def first_names(names: Sequence[str], limit: int) -> list[str]:
    """The first names of a list, followed by the number of the others, e.g. ``3 more``.

    :param limit: the most names that are given.
    """
    more = len(names) - limit
    if more <= 0:
        return list(names)
    return [*names[:limit], f"{more} more"]


def _word_in_sentence(word: str) -> str:
    has_only_first_capital = len(word) > 1 and word[1:] == word[1:].lower()
    return word.lower() if has_only_first_capital else word


def _divided_word(word: str, width: int) -> list[str]:
    """The word in lines as wide as possible."""
    lines = [""]
    for character in word:
        if _width(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _width(text: str) -> int:
    wide = sum(east_asian_width(character) in WIDE for character in text)
    return len(text) + wide
