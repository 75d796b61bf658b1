"""What a visitor seeks: words of what was typed, cut to what the search bears, and how the last may go on."""

from dataclasses import dataclass

from content.models import SearchWord
from content.search_engines import Terms
from content.words import words_of

TEXT_LENGTH = 200
WORDS = 12
#: Letters that begin a word; fewer say nothing.
BEGINNING = 2
COMPLETIONS = 20

#: Words too common to ask for, if others are asked for too.
COMMON = frozenset(
    "a an and are as at be by can do does for from how i if in is it my of on or that the this to was we what when"
    " where which who why will with you your".split()
)


@dataclass(frozen=True)
class Query:
    """What is sought: the words, and how the last may go on."""

    words: tuple[str, ...]
    completions: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Query":
        """The query that a visitor typed, cut to what the search bears."""
        words = list(dict.fromkeys(words_of(text[:TEXT_LENGTH])))
        telling = [word for word in words if word not in COMMON] or words
        if not telling:
            return cls(())
        words = telling[:WORDS]
        known = SearchWord.objects.beginning(words[-1], limit=COMPLETIONS) if len(words[-1]) >= BEGINNING else []
        return cls(tuple(words), tuple(word for word in known if word != words[-1]))

    @property
    def exact(self) -> Terms:
        """The words as they stand."""
        return [(word,) for word in self.words]

    @property
    def loose(self) -> Terms:
        """The same, the last word finished in every known way."""
        return self.finished(COMPLETIONS)

    def finished(self, ways: int) -> Terms:
        """The same, the last word finished in that many of the known ways."""
        return [*self.exact[:-1], (self.words[-1], *self.completions[:ways])]
