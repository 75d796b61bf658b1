"""The search with very many entries: 95 of 100 queries, with highlights"""

import random
import time
from collections.abc import Iterator
from itertools import accumulate, islice

from django.db import connection
from django.utils import timezone

from search.models import SearchEntry, SearchWord
from search.results import find_entries
from search.text import words_of
from tests.benchmarks.report import QUICK, Row
from tests.factories import home_collection

ENTRIES = 10_000 if QUICK else 100_000
AT_ONCE = 2_000
#: Beyond the identifiers of the rows that are there already.
FIRST = 1_000_000
PAGE = 20
BUDGET = 50
#: Most of a large collection are questions.
KINDS = ["question"] * 90 + ["level"] * 5 + ["skill", "role", "ladder", "guide", "guide"]
SYLLABLES = (
    "ca com cu de der ing lan ma men mi ment na ning nor pla pro ra ri ris ro sta ta te ter ti "
    "tion to ver".split()
)
#: The most common words, each in nearly every entry.
COMMON = (
    "delivery program team risk stakeholder planning roadmap communication manager "
    "technical".split()
)


def vocabulary(draw: random.Random) -> list[str]:
    """20,000 words, the common ones first."""
    made = ("".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))) for _ in iter(int, 1))
    words = dict.fromkeys(COMMON)
    while len(words) < 20_000:
        words[next(made)] = None
    return list(words)


class Corpus:
    """Texts whose words are as unevenly common as those of a real language."""

    def __init__(self, seed: int = 1) -> None:
        self.draw = random.Random(seed)
        self.words = vocabulary(self.draw)
        self.weights = list(accumulate(1 / (rank + 1) ** 0.9 for rank in range(len(self.words))))

    def text(self, count: int) -> str:
        return " ".join(self.draw.choices(self.words, cum_weights=self.weights, k=count))

    def entries(self) -> Iterator[SearchEntry]:
        owner, now = home_collection(), timezone.now()
        for number in range(1, ENTRIES + 1):
            yield SearchEntry(
                kind=self.draw.choice(KINDS),
                object_id=FIRST + number,
                url=f"/{number}/",
                title=self.text(7),
                aliases=self.text(2),
                summary=self.text(18),
                body=self.text(120),
                collection=owner,
                changed_at=now,
            )

    def queries(self) -> Iterator[str]:
        """Words of every rarity, alone and together, unfinished, misspelled."""
        for word in self.draw.choices(self.words, cum_weights=self.weights, k=60):
            yield word
            yield word[: max(3, len(word) - 3)]
            yield f"{word} {self.text(1)}"
            yield f"{word}x {self.text(2)}"
            yield self.text(4)


def fill(corpus: Corpus) -> None:
    """Write the entries and their vocabulary, as `search.index` does."""
    entries = corpus.entries()
    while piece := list(islice(entries, AT_ONCE)):
        SearchEntry.objects.bulk_create(piece)
    SearchWord.objects.change_counts(
        dict.fromkeys({word for word in corpus.words if words_of(word)}, 1)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def milliseconds(text: str) -> float:
    """How long it takes to find the first page of results and mark the words."""
    begin = time.perf_counter()
    found = find_entries(text)
    found.results(found.of_kind("")[:PAGE])
    return (time.perf_counter() - begin) * 1000


def p95(queries: list[str]) -> float:
    """What 95 of 100 queries stay below."""
    return sorted(map(milliseconds, queries))[int(len(queries) * 0.95)]


def rows(vendor: str) -> Iterator[Row]:
    """Each kind of query with its budget."""
    corpus = Corpus()
    fill(corpus)
    queries = {
        "mixed queries": list(corpus.queries()),
        "a word in most entries": COMMON * 4,
        "the beginning of such a word": [word[:4] for word in COMMON] * 4,
        "several such words": [" ".join(corpus.draw.sample(COMMON, 4)) for _ in range(40)],
        "words that never stand together": [f"{word} zzzz" for word in COMMON] * 4,
    }
    for name, texts in queries.items():
        milliseconds(texts[0])
        measured = p95(texts)
        yield Row(
            f"search, {ENTRIES:,} entries, {name}",
            f"p95 {measured:.1f} ms",
            f"{BUDGET} ms",
            measured <= BUDGET,
        )
