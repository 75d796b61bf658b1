"""What a visitor seeks.

It is words of what was typed, cut to what the search bears, and how the last may go on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.engines import LoadOptions
from search.models import SearchWord
from search.normalization import words_of

TEXT_LENGTH = 200
WORDS = 12
#: Letters that begin a word; fewer say nothing.
BEGINNING = 2
COMPLETIONS = 20

#: Words too common to ask for: those that the English of PostgreSQL does not index, so that no
#: database is asked.
COMMON = frozenset(
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
    """What is sought: the words, and how the last may go on."""

    words: tuple[str, ...]
    completions: tuple[str, ...] = ()
    #: All that count as the words themselves.
    forms: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> "Query":
        """The query that a visitor typed, cut to what the search bears."""
        words = list(dict.fromkeys(words_of(text[:TEXT_LENGTH])))
        words = [word for word in words if word not in COMMON][:WORDS]
        if not words:
            return cls(())
        known = (
            SearchWord.objects.beginning(words[-1], limit=COMPLETIONS)
            if len(words[-1]) >= BEGINNING
            else []
        )
        return cls(tuple(words), tuple(word for word in known if word != words[-1]))

    def with_forms(self, forms: Iterable[str]) -> "Query":
        """The same, with the words that the database takes for the same as these."""
        return replace(self, forms=frozenset([*self.words, *forms]))

    @property
    def marked(self) -> frozenset[str]:
        """All that are shown as found."""
        return self.forms.union(self.completions)

    @property
    def exact(self) -> LoadOptions:
        """The words as they stand."""
        return [(word,) for word in self.words]

    @property
    def loose(self) -> LoadOptions:
        """The same, the last word finished in every known way."""
        return self.finished(COMPLETIONS)

    def finished(self, ways: int) -> LoadOptions:
        """The same, the last word finished in that many of the known ways."""
        return [*self.exact[:-1], (self.words[-1], *self.completions[:ways])]
