"""Text as a reader meets it: sentences, words, statements, and how alike two texts are."""

import re
from collections.abc import Iterable

#: Words that say little about what a sentence is about.
LITTLE = frozenset(
    "a an and are as at be been before but by did do does for from had has have how if in into is "
    "it its more most no not of off on one only or other out over own same she so such than that "
    "the their them then there they this those to up was were what when where which while who "
    "whose why will with without would you your".split()
)
#: Words that make a statement louder and not larger.
DEGREE = re.compile(
    r"\b(\w+ly|very|always|often|usually|highly|most|more|fully|well|strong\w*|complex|all)\b", re.I
)
BULLET = re.compile(r"^\s*(?:[-*]|\d+\.)\s+(.+(?:\n(?!\s*(?:[-*]|\d+\.)\s|\s*\n).+)*)", re.M)
MARKUP = [
    (re.compile(r"```.*?```|^\|.*$", re.S | re.M), " "),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*(?:[-*>]|\d+\.|#+)\s+", re.M), ""),
    (re.compile(r"[*_`]"), ""),
]
#: A point ends a sentence before white space, unless a letter or an abbreviation stands before it.
STOP = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\b[A-Z])[.!?:;]['”\"’)]*\s+|\n\s*\n|\n(?=\s*[-*#>|\d])"
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def plain(markdown: str) -> str:
    """Markdown without its marks, tables and code."""
    for pattern, instead in MARKUP:
        markdown = pattern.sub(instead, markdown)
    return markdown


def sentences(markdown: str) -> list[str]:
    """What stands between two stops.

    A colon and a semicolon are stops as well: one can breathe there.
    """
    pieces = STOP.split(markdown)
    return [flat for piece in pieces if len(words(flat := " ".join(plain(piece).split()))) > 1]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def statements(markdown: str) -> list[str]:
    """The entries of the lists in a text; of one without lists, its paragraphs."""
    found = BULLET.findall(markdown) or re.split(r"\n\s*\n", markdown)
    return [" ".join(plain(one).split()) for one in found if one.strip()]


def substance(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without their endings and without degrees."""
    kept = (word.casefold() for word in words(DEGREE.sub(" ", plain(text))))
    return frozenset(
        re.sub(r"(?<=\w{3})(?:ies|es|s|ed|ing)$", "", word) for word in kept if word not in LITTLE
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of what both say is said by both, 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def grade(texts: Iterable[str]) -> float:
    """The school year that reads these texts with ease, after Coleman and Liau (1975).

    Letters a hundred words, and sentences a hundred words: no syllables have to be guessed.
    """
    said = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for sentence in said for word in words(sentence)]
    if not spoken:
        return 0.0
    letters = sum(map(len, spoken)) / len(spoken) * 100
    return 0.0588 * letters - 0.296 * (len(said) / len(spoken) * 100) - 15.8
