"""A query as a visitor typed it: its terms, and what the database takes for the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from search.engines import Terms
from search.models import SearchWord, SynonymGroup
from search.spelling_variants import spellings
from search.text import folded, words_of

MAX_LENGTH = 200
MAX_WORDS = 12
#: Words of the longest phrase that can have synonyms, and how many phrases a term has at most.
MAX_PHRASE_WORDS = 4
MAX_PHRASES = 12
#: Characters a word needs before it is completed; fewer say nothing.
MIN_PREFIX_LENGTH = 2
MAX_COMPLETIONS = 20
#: Letters of each half of a word that may be written as two.
MIN_HALF = 3

#: Words too common to search for. PostgreSQL does not index them in English texts, and SQLite is
#: not asked for them either.
STOP_WORDS = frozenset(
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself "
    "she her hers herself it its itself they them their theirs themselves what which who whom this "
    "that these those am is are was were be been being have has had having do does did doing a an "
    "the and but if or because as until while of at by for with about against between into through "
    "during before after above below to from up down in out on off over under again further then "
    "once here there when where why how all any both each few more most other some such no nor not "
    "only own same so than too very s t can will just don should now".split()
)
#: Words that say what kind of answer someone wants. They help to rank but exclude nothing, unless
#: nothing else is typed.
SOFT_WORDS = frozenset(
    "tpm tpms method methods framework frameworks level levels question questions interview "
    "interviews interviewing expectation expectations guide guides example examples sample tips "
    "template templates checklist role roles job jobs career vs versus difference differences "
    "meaning definition explained best good tell time describe become worth need needed".split()
)
#: What divides the two things of a comparison.
COMPARISON = re.compile(r"(?:differences? between )?(.+?) (?:vs\.?|versus) (.+)")
DIFFERENCE = re.compile(r"differences? between (.+?) (?:and|or) (.+)")


@dataclass(frozen=True)
class Term:
    """A word or phrase of a query with what counts as the same."""

    #: As typed first, then synonyms and other spellings. A space divides the words of a phrase.
    phrases: tuple[str, ...]
    is_soft: bool = False


@dataclass(frozen=True)
class Query:
    """The terms searched for, and completions of the last word."""

    #: All words that were typed, the common ones included.
    typed: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    completions: tuple[str, ...] = ()
    #: The two sides of a comparison, such as “senior vs staff tpm”; empty for other queries. Each
    #: has one or two readings: “senior” and “senior tpm”.
    sides: tuple[tuple[tuple[Term, ...], ...], ...] = ()
    #: The words of the index with the same stem as a word, by this word.
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_text(cls, text: str) -> "Query":
        """The query for a text of any length; what is too long is cut."""
        text = text[:MAX_LENGTH]
        typed = list(dict.fromkeys(words_of(text)))
        distinct = _limited(typed)
        words = _without_common_words(distinct)
        if not words:
            return cls(tuple(distinct))
        reader = _TermReader(distinct)
        completions: tuple[str, ...] = ()
        last = distinct[-1]
        if last == words[-1] and len(last) >= MIN_PREFIX_LENGTH:
            starting = SearchWord.objects.starting_with(last, limit=MAX_COMPLETIONS)
            completions = tuple(word for word in starting if word != last)
        sides = []
        for readings in _compared_words(text):
            sides.append(tuple(tuple(reader.terms(words)) for words in readings))
        return cls(tuple(distinct), tuple(reader.terms(distinct)), completions, tuple(sides))

    def with_forms(self, forms: Mapping[str, frozenset[str]]) -> "Query":
        """The same query with the words of the same stem."""
        return replace(self, forms=forms)

    def of_terms(self, terms: tuple[Term, ...]) -> "Query":
        """A query for these terms, with the words of the same stem that are read already."""
        return Query(terms=terms, forms=self.forms)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that were typed, without the common ones."""
        return tuple(_without_common_words(self.typed))

    @property
    def single_words(self) -> list[str]:
        """Each word of each phrase."""
        words: dict[str, None] = {}
        for term in self.terms:
            for phrase in term.phrases:
                words.update(dict.fromkeys(phrase.split()))
        return list(words)

    @cached_property
    def required_terms(self) -> list[Term]:
        """The terms that an entry has to have; soft ones only if there are no others."""
        required = [term for term in self.terms if not term.is_soft]
        return required or list(self.terms)

    @property
    def highlighted_words(self) -> frozenset[str]:
        """All words that a result highlights."""
        forms = frozenset[str]().union(*self.forms.values())
        return forms.union(self.single_words, self.completions)

    @property
    def exact_terms(self) -> Terms:
        """The phrases of the required terms, without completions."""
        return [term.phrases for term in self.required_terms]

    @property
    def prefix_terms(self) -> Terms:
        """The phrases of the required terms, the last one with all completions of its last word."""
        return self.with_completions(MAX_COMPLETIONS)

    def with_completions(self, number: int) -> Terms:
        """The phrases of the required terms, the last one with at most so many completions."""
        *others, last = self.exact_terms
        if not self.ends_with_required_term:
            return [*others, last]
        return [*others, (*last, *self.completions[:number])]

    @property
    def ends_with_required_term(self) -> bool:
        """Whether the completions belong to a required term."""
        return bool(self.terms) and self.terms[-1] == self.required_terms[-1]


class _TermReader:
    """Divides words into terms, with the synonyms and spellings of each.

    Takes two queries.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._synonyms = SynonymGroup.objects.phrases()
        joined = {first + second for first, second in pairwise(words)}
        halves = {word: list(_halves(word)) for word in words}
        parts = joined.copy()
        for pairs in halves.values():
            for pair in pairs:
                parts.update(pair)
        known = SearchWord.objects.filter(word__in=parts)
        self._known = set(known.values_list("word", flat=True))

    def terms(self, words: Sequence[str]) -> Iterator[Term]:
        """The terms of these words: phrases that have synonyms, and single words."""
        index = 0
        while index < len(words):
            length = self._phrase_length(words, index)
            typed = words[index : index + length]
            if length > 1 or typed[0] not in STOP_WORDS:
                previous = words[index - 1] if index else ""
                following = words[index + length] if index + length < len(words) else ""
                yield self._term(typed, previous, following)
            index += length

    def _phrase_length(self, words: Sequence[str], start: int) -> int:
        """The words of the longest phrase with synonyms that begins here; 1 without one."""
        for length in range(MAX_PHRASE_WORDS, 1, -1):
            if " ".join(words[start : start + length]) in self._synonyms:
                return min(length, len(words) - start)
        return 1

    def _term(self, typed: Sequence[str], previous: str, following: str) -> Term:
        phrase = " ".join(typed)
        phrases = [phrase, *self._synonyms.get(phrase, ())]
        if len(typed) == 1:
            word = typed[0]
            phrases += [*spellings(word), *self._joined_or_divided(word, previous, following)]
        soft = len(typed) == 1 and typed[0] in SOFT_WORDS
        distinct = list(dict.fromkeys(phrases))
        return Term(tuple(distinct[:MAX_PHRASES]), soft)

    def _joined_or_divided(self, word: str, previous: str, following: str) -> Iterator[str]:
        """Such as “rollout” for “roll out,” and “roll out” for “rollout”."""
        for joined in (previous + word, word + following):
            if joined != word and joined in self._known:
                yield joined
        for first, second in _halves(word):
            if first in self._known and second in self._known:
                yield f"{first} {second}"


def _halves(word: str) -> Iterator[tuple[str, str]]:
    for index in range(MIN_HALF, len(word) - MIN_HALF + 1):
        yield word[:index], word[index:]


def _compared_words(text: str) -> list[list[list[str]]]:
    """The readings of both sides of a comparison; empty for other texts.

    The second reading of a single word has the further words of the other side.
    """
    folded_text = folded(text).strip(" ?")
    match = COMPARISON.fullmatch(folded_text) or DIFFERENCE.fullmatch(folded_text)
    if match is None:
        return []
    left, right = words_of(match[1])[:MAX_WORDS], words_of(match[2])[:MAX_WORDS]
    if not left or not right:
        return []
    return [[left, [*left, *right[1:]]] if len(left) == 1 else [left], [right]]


def _limited(words: Sequence[str]) -> list[str]:
    """The words up to the last one that is searched for."""
    limited: list[str] = []
    for word in words:
        limited.append(word)
        if len(_without_common_words(limited)) == MAX_WORDS:
            break
    return limited


def _without_common_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS]
