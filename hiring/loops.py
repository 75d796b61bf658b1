"""Interview loops as text in an address; they are stored nowhere.

A loop is a sequence of rounds, and a round a sequence of question codes. In an address, hyphens
separate the questions of a round and periods the rounds: ``1a7x-2b9c.3kqz``.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Self

from django.utils.http import int_to_base36

from interviews.models import Question

MAX_ROUNDS = 8
MAX_QUESTIONS = 60

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
CHECK_LENGTH = 2
#: At most 14 characters, because longer numbers do not fit into the keys of both databases.
CODE_PATTERN = re.compile(r"[0-9a-z]{3,14}")

Codes = tuple[str, ...]


def question_code(question: Question) -> str:
    """The primary key in base 36, and two check characters made from the slug.

    Because of the check characters, a code does not name another question that got the same key
    later.
    """
    digest = sha256(question.slug.encode()).digest()
    check_characters = [DIGITS[byte % len(DIGITS)] for byte in digest[:CHECK_LENGTH]]
    return "".join([int_to_base36(question.pk), *check_characters])


def question_id(code: str) -> int:
    """The primary key in a code, whose check characters are ignored."""
    return int(code[:-CHECK_LENGTH], len(DIGITS))


@dataclass(frozen=True)
class Loop:
    """Which questions are asked in which round, each once. Every change returns another loop."""

    rounds: tuple[Codes, ...]

    @classmethod
    def parse(cls, text: str) -> tuple[Self, int]:
        """The loop in an address, and how many of its codes were skipped.

        Codes are skipped if they are malformed, repeated, or exceed one of the limits.
        """
        if not text:
            return cls(()), 0
        rounds: list[Codes] = []
        accepted: set[str] = set()
        total = 0
        for round_text in text.lower().split("."):
            codes = round_text.split("-") if round_text else []
            total += len(codes)
            if len(rounds) < MAX_ROUNDS:
                rounds.append(_accept(codes, accepted))
        return cls(tuple(rounds)), total - len(accepted)

    def __str__(self) -> str:
        return ".".join(map("-".join, self.rounds))

    @property
    def codes(self) -> list[str]:
        """The codes of all its questions."""
        return list(chain.from_iterable(self.rounds))

    @property
    def question_ids(self) -> list[int]:
        """The primary keys of all its questions."""
        return list(map(question_id, self.codes))

    def without(self, *removed: str) -> Self:
        """The loop without these questions."""
        return self._with_each_round(
            lambda codes: tuple(code for code in codes if code not in removed)
        )

    def with_question(self, code: str, round_index: int) -> Self:
        """The loop with this question at the end of a round, and in no other round."""
        rounds = list(self.without(code).rounds)
        rounds[round_index] = (*rounds[round_index], code)
        return type(self)(tuple(rounds))

    def with_replacement(self, code: str, replacement: str) -> Self:
        """The loop with a question replaced by another, which is removed from other rounds."""
        if code == replacement:
            return self
        return self.without(replacement)._with_each_round(
            lambda codes: tuple(replacement if other == code else other for other in codes)
        )

    def with_earlier(self, code: str) -> Self:
        """The loop with this question moved before the one that it follows in its round."""
        return self._with_each_round(lambda codes: _move_earlier(codes, code))

    def _with_each_round(self, change: Callable[[Codes], Codes]) -> Self:
        return type(self)(tuple(map(change, self.rounds)))


def _accept(codes: Iterable[str], accepted: set[str]) -> Codes:
    """The usable codes of one round, which are added to those accepted so far."""
    usable = []
    for code in codes:
        has_room = len(accepted) < MAX_QUESTIONS
        if has_room and code not in accepted and CODE_PATTERN.fullmatch(code):
            accepted.add(code)
            usable.append(code)
    return tuple(usable)


def _move_earlier(codes: Codes, code: str) -> Codes:
    if code not in codes[1:]:
        return codes
    index = codes.index(code)
    return (*codes[: index - 1], code, codes[index - 1], *codes[index + 1 :])
