"""Did you mean: known words in place of words that nothing here has.

A word one slip away (a letter too many, too few, another, or two changed round) is looked up by
name, which costs the same in any vocabulary; where there is none, the words that begin alike and
are about as long are compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import reduce
from operator import or_
from string import ascii_lowercase

from django.db.models import Q
from django.db.models.functions import Length

from search.models import SearchWord

#: Words of a query that are looked at, and their lengths: shorter ones are near to too many.
CORRECTED = 3
LENGTHS = range(4, 25)
#: Letters in which a word is taken to be right, words that begin with them that are compared, and
#: how like they are.
BEGINNING = 2
COMPARED = 500
LIKENESS = 0.75


def corrected(words: Sequence[str]) -> str:
    """The same words with near known ones in place of unknown ones.

    Empty if there is nothing better. Three queries.
    """
    known = set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True))
    unknown = [word for word in words if word not in known and len(word) in LENGTHS][:CORRECTED]
    better = _one_slip(unknown)
    better |= _alike([word for word in unknown if word not in better])
    return " ".join(better.get(word, word) for word in words) if better else ""


def _one_slip(words: Iterable[str]) -> dict[str, str]:
    slips = {word: set(_slips(word)) for word in words}
    tried = set().union(*slips.values())
    there = (
        set(SearchWord.objects.filter(word__in=tried).values_list("word", flat=True))
        if tried
        else set()
    )
    found = {word: _nearest(word, ways & there) for word, ways in slips.items()}
    return {word: near for word, near in found.items() if near}


def _slips(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]


def _alike(words: Sequence[str]) -> dict[str, str]:
    if not words:
        return {}
    starts = reduce(
        or_,
        (Q(word__startswith=word[:BEGINNING], length__range=_about(len(word))) for word in words),
    )
    near = SearchWord.objects.annotate(length=Length("word")).filter(starts).order_by("word")
    known = list(near.values_list("word", flat=True)[: COMPARED * len(words)])
    found = {word: get_close_matches(word, known, 1, LIKENESS) for word in words}
    return {word: matches[0] for word, matches in found.items() if matches}


def _about(length: int) -> tuple[int, int]:
    return length - 2, length + 2


def _nearest(word: str, ways: Iterable[str]) -> str:
    """Of words one slip away the one that shares most with the word, in its order."""
    return max(sorted(ways), key=lambda way: SequenceMatcher(None, word, way).ratio(), default="")
