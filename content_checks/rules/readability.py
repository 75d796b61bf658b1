"""Whether texts are easy to read, without filler, and in one spelling."""

import re
from collections.abc import Iterator
from itertools import chain

from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRow, PackRows
from content_checks.passages import prose_of
from content_checks.prose import plain_text, school_year, sentences, without_quotations, words

MAX_SENTENCE_WORDS = 40
MAX_GRADE = 12.0
#: The grade of a shorter text is not reliable.
MIN_GRADED_WORDS = 120
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
#: A quotation from the founding text, which is not filler.
QUOTATION = "a variety of stakeholders"
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
BRITISH_LANGUAGES = ("en-gb", "en-ie", "en-au", "en-nz", "en-za")
#: The words that are wrong in a language, and the message. English without a region, and of regions
#: that use both spellings, is not checked.
WRONG_SPELLINGS = dict.fromkeys(BRITISH_LANGUAGES, (AMERICAN, "spells “{}” the American way"))
WRONG_SPELLINGS["en-us"] = (BRITISH, "spells “{}” the British way")


@rule(f"A sentence of more than {MAX_SENTENCE_WORDS} words has to be read twice.")
def long_sentences(pack: PackRows) -> Iterator[Problem]:
    """Reports every sentence that is too long."""
    for passage in prose_of(pack):
        for sentence in sentences(passage.text):
            length = len(words(sentence))
            if length > MAX_SENTENCE_WORDS:
                yield passage.row, f"has a sentence of {length} words: “{sentence[:80]}…”"


@rule(
    f"Text above school year {MAX_GRADE:.0f} keeps out those who read English as a second "
    "language.",
    english=True,
)
def reading_grade(pack: PackRows) -> Iterator[Problem]:
    """Reports rows that are difficult to read together with their children."""
    for row in pack:
        if row.parent is None:
            grade = _grade_of_page(row)
            if grade > MAX_GRADE:
                yield row, f"reads like school year {grade:.1f}"


def _grade_of_page(row: PackRow) -> float:
    """The school year of a row and its children; 0, if they have too few words."""
    passages = prose_of([row, *chain.from_iterable(row.children.values())])
    texts = [passage.text for passage in passages]
    if sum(len(words(text)) for text in texts) < MIN_GRADED_WORDS:
        return 0
    return school_year(texts)


@rule("A word that could be in any sentence adds nothing to this one.", english=True)
def filler(pack: PackRows) -> Iterator[Problem]:
    """Reports empty phrases."""
    yield from _find_words(pack, FILLER, "fills with “{}”")


@rule("One spelling throughout, that of the language the collection names.", english=True)
def one_spelling(pack: PackRows) -> Iterator[Problem]:
    """Reports words in the spelling of another region."""
    wrong_spelling = WRONG_SPELLINGS.get(pack.language.casefold())
    if wrong_spelling:
        pattern, message = wrong_spelling
        yield from _find_words(pack, pattern, message)


def _find_words(pack: PackRows, pattern: re.Pattern[str], message: str) -> Iterator[Problem]:
    """
    :param message: with braces for the words.
    """
    for passage in prose_of(pack):
        text = without_quotations(plain_text(passage.text)).replace(QUOTATION, "")
        for match in pattern.finditer(text):
            yield passage.row, message.format(match[0])
