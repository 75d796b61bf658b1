"""“Did you mean”: known words in place of words that no entry has.

First come words at an edit distance of one (a letter too many, missing, replaced, or two swapped),
which are looked up by name at the same cost in any vocabulary (Peter Norvig's method). Where there
is none, words that begin alike and have about the same length are compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from string import ascii_lowercase

from django.db.models import Q
from django.db.models.functions import Length

from search.models import SearchWord

#: Words of a query that are corrected at most, and their lengths: shorter ones resemble too many.
MAX_CORRECTED = 3
CORRECTED_LENGTHS = range(4, 25)
#: Characters that two similar words share at the beginning, how much their lengths may differ, how
#: many words are compared with each, and how similar they must be (`difflib.get_close_matches`).
PREFIX_LENGTH = 2
LENGTH_DIFFERENCE = 2
MAX_COMPARED = 500
MIN_SIMILARITY = 0.75


def corrected(words: Sequence[str]) -> str:
    """The same words with known ones in place of unknown ones.

    Empty if there is nothing better. Three queries.
    """
    known = _known_words(words)
    unknown = [word for word in words if word not in known and len(word) in CORRECTED_LENGTHS]
    unknown = unknown[:MAX_CORRECTED]
    corrections = _corrections_by_edit(unknown)
    rest = [word for word in unknown if word not in corrections]
    corrections |= _corrections_by_similarity(rest)
    if not corrections:
        return ""
    return " ".join(corrections.get(word, word) for word in words)


def _known_words(words: Iterable[str]) -> set[str]:
    return set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True))


def _corrections_by_edit(words: Iterable[str]) -> dict[str, str]:
    """Known words at an edit distance of one, by the word they replace."""
    edits = {word: set(_edits(word)) for word in words}
    known = _known_words(set().union(*edits.values()))
    corrections = {}
    for word, candidates in edits.items():
        if nearest := _most_similar(word, candidates & known):
            corrections[word] = nearest
    return corrections


def _edits(word: str) -> Iterator[str]:
    """All words at an edit distance of one: a deletion, swap, insertion or replacement."""
    for index in range(len(word) + 1):
        before, after = word[:index], word[index:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]


def _corrections_by_similarity(words: Sequence[str]) -> dict[str, str]:
    """Known words that begin like a word and resemble it, by the word they replace."""
    is_candidate = Q()
    for word in words:
        lengths = len(word) - LENGTH_DIFFERENCE, len(word) + LENGTH_DIFFERENCE
        is_candidate |= Q(word__startswith=word[:PREFIX_LENGTH], length__range=lengths)
    candidates = SearchWord.objects.annotate(length=Length("word")).filter(is_candidate)
    names = candidates.order_by("word").values_list("word", flat=True)
    known = list(names[: MAX_COMPARED * len(words)])
    corrections = {}
    for word in words:
        if matches := get_close_matches(word, known, 1, MIN_SIMILARITY):
            corrections[word] = matches[0]
    return corrections


def _most_similar(word: str, candidates: Iterable[str]) -> str:
    """The candidate that shares most with the word, in its order; empty if there is none."""
    return max(
        sorted(candidates),
        key=lambda candidate: SequenceMatcher(None, word, candidate).ratio(),
        default="",
    )
