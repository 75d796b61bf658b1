"""The ranking of entries: how much of the query is in a name, then where else its terms are.

The database says only which entries have the terms. The rank is computed here, so that both
databases rank alike.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.engines import Match
from search.query import STOP_WORDS, Query, Term
from search.text import words_of

#: What divides the aliases of an entry.
ALIAS_BORDERS = re.compile(r"[\n;,]")
#: The code and the ladder after the name of a level, such as “(8) · GitLab”, which few people type.
AFTER_NAME = re.compile(r"( \([^()]*\))?( · .*)?$")
#: Which kind comes first where names fit equally well.
KINDS = ["role", "skill", "guide", "level", "ladder", "framework", "set", "question"]
#: How much a term anywhere in an entry counts, compared with one in its name.
WEIGHT_ANYWHERE = 0.5
#: The length of a body, in words, in which one occurrence is neither rare nor frequent.
TYPICAL_BODY_WORDS = 300

#: The words of a phrase, each with all that counts as the same.
PhraseForms = Sequence[frozenset[str]]


@dataclass(frozen=True)
class NameScore:
    """How well a title or alias fits a query; larger is better."""

    #: The weight of the required terms that it has; each counts 1, or less if it is frequent.
    terms: float = 0
    #: The same without terms of which it has only a completion.
    exact_terms: float = 0
    is_title: bool = False
    #: The number of other terms that it has.
    soft_terms: int = 0
    #: The part of its words that belong to the query.
    share: float = 0
    #: The number of its words that were typed as they are, common ones included.
    typed_words: int = 0

    @property
    def key(self) -> tuple[float, ...]:
        """Compares scores; larger is better."""
        return (
            self.terms,
            self.exact_terms,
            self.is_title,
            self.soft_terms,
            self.share,
            self.typed_words,
        )


class TermForms:
    """A term with all words that count as it."""

    def __init__(self, term: Term, query: Query, completions: Collection[str] = ()) -> None:
        words: set[str] = set()
        self._phrases: list[PhraseForms] = []
        for phrase in term.phrases:
            forms = [query.forms.get(word, frozenset()) | {word} for word in phrase.split()]
            if len(forms) == 1:
                words |= forms[0]
            else:
                self._phrases.append(forms)
        self._words = frozenset(words)
        self._completed_words = self._words.union(completions)

    def matching_words(self, words: Sequence[str], *, completed: bool = True) -> set[str]:
        """The words of a text that belong to the term.

        :param completed: whether words count that only begin like the term.
        """
        single_words = self._completed_words if completed else self._words
        matching = single_words.intersection(words)
        for phrase in self._phrases:
            if not phrase[0].isdisjoint(words):
                matching = matching.union(_words_of_phrase(phrase, words))
        return set(matching)


def _words_of_phrase(phrase: PhraseForms, words: Sequence[str]) -> set[str]:
    """The words of a text where the phrase occurs in it."""
    matching: set[str] = set()
    for start in range(len(words) - len(phrase) + 1):
        part = words[start : start + len(phrase)]
        if all(word in forms for word, forms in zip(part, phrase, strict=True)):
            matching.update(part)
    return matching


class Ranking:
    """Ranks entries for one query.

    :param weights: how much each required term counts; 1 each if that is not given.
    """

    def __init__(self, query: Query, weights: Sequence[float] = ()) -> None:
        self._query = query
        self._typed_words = frozenset(query.typed)
        required = query.required_terms
        #: Whether entries may lack terms, so that those outside of names count too.
        self._is_partial = bool(weights)
        self.weights = weights or [1.0] * len(required)
        self._required = []
        for term in required:
            is_last = term is required[-1] and query.ends_with_required_term
            self._required.append(TermForms(term, query, query.completions if is_last else ()))

    @cached_property
    def _others(self) -> list[TermForms]:
        required = self._query.required_terms
        return [TermForms(term, self._query) for term in self._query.terms if term not in required]

    def name_score(self, title: str, aliases: str) -> NameScore:
        """The score of the title, or of the alias that fits best."""
        scores = [
            self._score_of_name(title, is_title=True),
            self._score_of_name(AFTER_NAME.sub("", title), is_title=True),
        ]
        for alias in filter(None, ALIAS_BORDERS.split(aliases)):
            scores.append(self._score_of_name(alias, is_title=False))
        return max(scores, key=lambda score: score.key)

    def is_whole_name(self, match: Match) -> bool:
        """Whether a name has all required terms and no other words."""
        score = self.name_score(match.title, match.aliases)
        return score.terms == len(self.weights) and score.share == 1

    def sort_key(self, match: Match) -> tuple[float | str, ...]:
        """Sorts entries, the best first.

        More of the query in a name comes first, then in the title, then names that say little else,
        then more in the summary, then frequent occurrence in the body.
        """
        score = self.name_score(match.title, match.aliases)
        summary = self._weight_in(words_of(match.summary))
        anywhere = 0.0
        if self._is_partial:
            texts = (match.title, match.aliases, match.summary, match.body)
            anywhere = self._weight_in(words_of(" ".join(texts)))
        return (
            -score.terms - WEIGHT_ANYWHERE * anywhere,
            *(-part for part in score.key),
            KINDS.index(match.kind) if score.terms and match.kind in KINDS else 0,
            -summary,
            -self._frequency(words_of(match.body)),
            len(match.title),
            match.title,
            match.key,
        )

    def _score_of_name(self, name: str, *, is_title: bool) -> NameScore:
        words = words_of(name)
        weight = exact_weight = 0.0
        matching: set[str] = set()
        for term, term_weight in zip(self._required, self.weights, strict=True):
            in_name = term.matching_words(words)
            if in_name:
                weight += term_weight
                matching |= in_name
            if in_name and term.matching_words(words, completed=False):
                exact_weight += term_weight
        if not matching:
            return NameScore()
        soft_terms = 0
        for term in self._others:
            in_name = term.matching_words(words)
            soft_terms += bool(in_name)
            matching |= in_name
        significant = {word for word in words if word not in STOP_WORDS} | matching
        share = len(matching) / len(significant)
        typed_words = len(self._typed_words.intersection(words))
        return NameScore(weight, exact_weight, is_title, soft_terms, share, typed_words)

    def _weight_in(self, words: Sequence[str]) -> float:
        weight = 0.0
        for term, term_weight in zip(self._required, self.weights, strict=True):
            if term.matching_words(words):
                weight += term_weight
        return weight

    def _frequency(self, words: Sequence[str]) -> float:
        """From 0 to 1: each further occurrence counts less, and all count less in a long text."""
        highlighted = self._query.highlighted_words
        occurrences = sum(word in highlighted for word in words)
        return occurrences / (occurrences + 1 + len(words) / TYPICAL_BODY_WORDS)


def forms_by_word(pairs: Sequence[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """The words of the same stem, by word.

    :param pairs: each word with each word of its stem; see `Engine.words_of_same_stem`.
    """
    forms: dict[str, set[str]] = {}
    for word, form in pairs:
        forms.setdefault(word, set()).add(form)
    return {word: frozenset(same) for word, same in forms.items()}
