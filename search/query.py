"""A query as a visitor typed it: its words, and the words that its last one may be the start of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from search.engines import Terms
from search.models import SearchWord
from search.spelling_variants import spellings
from search.text import words_of

MAX_LENGTH = 200
MAX_WORDS = 12
#: Characters a word needs before it is completed; fewer say nothing.
MIN_PREFIX_LENGTH = 2
MAX_COMPLETIONS = 20

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


@dataclass(frozen=True)
class Query:
    """The words searched for, and completions of the last one."""

    words: tuple[str, ...]
    completions: tuple[str, ...] = ()
    #: The words and all that the database takes for the same.
    word_forms: frozenset[str] = frozenset()

    @classmethod
    def from_text(cls, text: str) -> "Query":
        """The query for a text of any length; what is too long is cut."""
        distinct = dict.fromkeys(words_of(text[:MAX_LENGTH]))
        words = [word for word in distinct if word not in STOP_WORDS][:MAX_WORDS]
        if not words or len(words[-1]) < MIN_PREFIX_LENGTH:
            return cls(tuple(words))
        completions = SearchWord.objects.starting_with(words[-1], limit=MAX_COMPLETIONS)
        return cls(tuple(words), tuple(word for word in completions if word != words[-1]))

    def with_word_forms(self, words: Iterable[str]) -> "Query":
        """The same query, in which these words count as its own."""
        return replace(self, word_forms=frozenset([*self.spellings, *words]))

    @property
    def spellings(self) -> list[str]:
        """The words in American and British spelling."""
        return list(chain.from_iterable(self.exact_terms))

    @property
    def highlighted_words(self) -> frozenset[str]:
        """All words that a result highlights."""
        return self.word_forms.union(self.completions)

    @property
    def exact_terms(self) -> Terms:
        """The words without completions, in American and British spelling."""
        return [spellings(word) for word in self.words]

    @property
    def prefix_terms(self) -> Terms:
        """The words, the last one with all its completions."""
        return self.with_completions(MAX_COMPLETIONS)

    def with_completions(self, number: int) -> Terms:
        """The words, the last one with at most this many completions."""
        *others, last = self.exact_terms
        return [*others, (*last, *self.completions[:number])]
