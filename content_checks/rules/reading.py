"""Whether it reads well.

Sentences can be held in mind, words are plain, there is one spelling, and nothing fills.
"""

import re
from collections.abc import Iterator

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows, Written
from content_checks.prose import grade, plain, sentences, words

LONGEST_SENTENCE = 40
HIGHEST_GRADE = 12.0
#: A grade is an average; of fewer words it is chance.
ENOUGH_WORDS = 120
UNREAD = {"sources", "url", "source_url", "external_id", "aliases", "author", "former_titles"}
#: The title of a work is its author's.
WORK = ("learning_resources", "title")
FILLER = re.compile(
    r"\b(leverag(?:e[sd]?|ing)|synerg\w+|holistic\w*|seamless\w*|robust\w*|best[- ]in[- ]class|"
    r"world[- ]class|"
    r"cutting[- ]edge|state[- ]of[- ]the[- ]art|utili[sz]e\w*|going forward|at the end of the day|"
    r"low-hanging fruit|"
    r"deep dive|thought leader\w*|move the needle|fast-paced|passionate|rockstar|ninja|and so on|"
    r"etc|"
    r"it is important to|needless to say|a wide range of|a variety of)\b",
    re.I,
)
#: The one phrase of the founding text that stays as it was said.
SPOKEN = "a variety of stakeholders"
AMERICAN = re.compile(
    r"\b(\w+(?:organi|priori|reali|recogni|utili|minimi|maximi|summari|standardi|centrali|formali|"
    r"finali)z\w+|"
    r"(?:organi|priori|reali|recogni|minimi|maximi|summari|standardi|centrali|formali|finali|"
    r"prioriti)z\w+|"
    r"behavior\w*|judgment\w*|labor|favor\w*|color\w*|center|fulfill|skillful\w*|catalog|"
    r"analyz\w+)\b",
    re.I,
)
BRITISH = re.compile(
    r"\b(\w*(?:organi|priori|prioriti|reali|recogni|utili|minimi|maximi|summari|standardi|centrali|"
    r"formali|finali)s"
    r"(?:e[ds]?|ing|ers?|ations?)|behaviour\w*|judgement\w*|labour\w*|favour\w*|colour\w*|"
    r"centre[ds]?|fulfil|skilful\w*|"
    r"catalogue[ds]?|analys(?:e|ed|ing)|programmes?|licences?|practis(?:e[ds]?|ing)|(?:travel|"
    r"model|cancel|label)l"
    r"(?:ed|ing)|whilst|learnt)\b",
    re.I,
)
#: The spelling of the other side of the Atlantic, by the language of a collection. English without
#: a region, and with one that takes from both, is not checked.
SPELLINGS = {
    **dict.fromkeys(
        ("en-gb", "en-ie", "en-au", "en-nz", "en-za"), (AMERICAN, "spells “{}” the American way")
    ),
    "en-us": (BRITISH, "spells “{}” the British way"),
}


@rule(f"A sentence of more than {LONGEST_SENTENCE} words has to be read twice.")
def long_sentences(pack: PackRows) -> Iterator[Fault]:
    for row in pack:
        for text in _texts(row):
            for sentence in sentences(text):
                if (length := len(words(sentence))) > LONGEST_SENTENCE:
                    yield row, f"has a sentence of {length} words: “{sentence[:80]}…”"


@rule(
    f"Text above school year {HIGHEST_GRADE:.0f} keeps out those who read English as a second "
    "language.",
    english=True,
)
def reading_grade(pack: PackRows) -> Iterator[Fault]:
    for row in pack:
        texts = _texts(row) + [
            text for parts in row.parts.values() for part in parts for text in _texts(part)
        ]
        is_enough = not row.owner and sum(len(words(text)) for text in texts) >= ENOUGH_WORDS
        if is_enough and (reached := grade(texts)) > HIGHEST_GRADE:
            yield row, f"reads like school year {reached:.1f}"


@rule("A word that could stand in any sentence adds nothing to this one.", english=True)
def filler(pack: PackRows) -> Iterator[Fault]:
    yield from _matches(pack, FILLER, "fills with “{}”")


@rule("One spelling throughout, that of the language the collection names.", english=True)
def one_spelling(pack: PackRows) -> Iterator[Fault]:
    if spelling := SPELLINGS.get(pack.language.casefold()):
        yield from _matches(pack, *spelling)


def _matches(pack: PackRows, pattern: re.Pattern[str], words: str) -> Iterator[Fault]:
    for row in pack:
        for text in _texts(row):
            for found in pattern.finditer(plain(text).replace(SPOKEN, "")):
                yield row, words.format(found[0])


def _texts(row: Written) -> list[str]:
    """What of the row people read as sentences."""
    texts = {
        column: value
        for column, value in row.values.items()
        if isinstance(value, str) and " " in value
    }
    return [
        value
        for column, value in texts.items()
        if column not in UNREAD and (row.table, column) != WORK
    ]
