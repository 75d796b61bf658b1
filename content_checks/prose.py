"""Sentences, statements and words of Markdown texts, their similarity, and their difficulty."""

import re
from collections.abc import Iterable
from itertools import chain
from unicodedata import category

#: Words that say little about the subject of a sentence.
STOP_WORDS = frozenset(
    "a an and are as at be been before but by did do does for from had has have how if in into is "
    "it its more most no not of off on one only or other out over own same she so such than that "
    "the their them then there they this those to up was were what when where which while who "
    "whose why will with without would you your".split()
)
#: Words that strengthen a statement without adding to it.
INTENSIFIERS = re.compile(
    r"\b(\w+ly|very|always|often|usually|highly|most|more|fully|well|strong\w*|complex|all)\b", re.I
)
#: What others said, with their words.
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|^\s*>.*$", re.M)
LIST_ENTRY = re.compile(r"^\s*(?:[-*]|\d+\.)\s+(.+(?:\n(?!\s*(?:[-*]|\d+\.)\s|\s*\n).+)*)", re.M)
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
#: Patterns of Markdown and what replaces them.
MARKUP = [
    (re.compile(r"```.*?```|^\|.*$", re.S | re.M), " "),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*(?:[-*>]|\d+\.|#+)\s+", re.M), ""),
    (re.compile(r"[*_`]"), ""),
]
#: The end of a sentence: punctuation before white space, except after abbreviations and initials;
#: Chinese and Japanese punctuation, which needs none; a paragraph, or a line that begins a list,
#: table, quotation or heading.
SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\b[A-Z])[.!?:;؟؛।]['”\"’)]*\s+|[。！？：；]+[”’」』）]*|"
    r"\n\s*\n|\n(?=\s*[-*#>|\d])"
)
#: The ranges of Chinese and Japanese characters.
UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"
#: Chinese and Japanese do not separate words, so two of their characters count as one.
WORD = re.compile(rf"[{UNSPACED}]{{1,2}}|[^\W\d_{UNSPACED}]+(?:['’-][^\W\d_{UNSPACED}]+)*")
WORD_ENDING = re.compile(r"(?<=\w{3})(?:ies|es|s|ed|ing)$")


def plain_text(markdown: str) -> str:
    """Markdown without markup, tables and code."""
    for pattern, replacement in MARKUP:
        markdown = pattern.sub(replacement, markdown)
    return markdown


def without_quotations(text: str) -> str:
    """A text without what it says in the words of others."""
    return QUOTED.sub(" ", text)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text that have more than one word.

    Colons and semicolons end a sentence too, because readers can pause there.
    """
    result = []
    for passage in SENTENCE_END.split(markdown):
        sentence = _single_line(passage)
        if len(words(sentence)) > 1:
            result.append(sentence)
    return result


def words(text: str) -> list[str]:
    """The words of a text, without numbers; a hyphen or an apostrophe does not divide a word."""
    return WORD.findall(text if text.isascii() else _without_marks(text))


def _without_marks(text: str) -> str:
    """The text without vowel signs and accents that are characters of their own.

    They are not letters to a pattern, so they would divide words of Arabic and Hindi.
    """
    return "".join(character for character in text if not category(character).startswith("M"))


def statements(markdown: str) -> list[str]:
    """The list entries of a text; without lists, its paragraphs."""
    passages = LIST_ENTRY.findall(markdown) or PARAGRAPH_BREAK.split(markdown)
    return [_single_line(passage) for passage in passages if passage.strip()]


def _single_line(markdown: str) -> str:
    return " ".join(plain_text(markdown).split())


def content_words(text: str) -> frozenset[str]:
    """The words that say what a text is about, without their endings."""
    stems = set()
    for word in words(INTENSIFIERS.sub(" ", plain_text(text))):
        lower_case = word.casefold()
        if lower_case not in STOP_WORDS:
            stems.add(WORD_ENDING.sub("", lower_case))
    return frozenset(stems)


def similarity(first: frozenset[str], second: frozenset[str]) -> float:
    """The Jaccard index of two sets of words, from 0 to 1."""
    if not first or not second:
        return 0.0
    return len(first & second) / len(first | second)


def school_year(texts: Iterable[str]) -> float:
    """The school year whose pupils read these texts with ease.

    Formula: Coleman and Liau (1975). It counts letters and sentences per hundred words, and needs
    no syllables.
    """
    all_sentences = list(chain.from_iterable(map(sentences, texts)))
    all_words = list(chain.from_iterable(map(words, all_sentences)))
    if not all_words:
        return 0.0
    letters_per_100_words = sum(map(len, all_words)) / len(all_words) * 100
    sentences_per_100_words = len(all_sentences) / len(all_words) * 100
    return 0.0588 * letters_per_100_words - 0.296 * sentences_per_100_words - 15.8
