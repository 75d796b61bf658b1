"""A loop of interviews as it stands in an address.

It is rounds of questions by short codes, which nothing stores.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Self

from interviews.models import Question

MOST_ROUNDS = 8
MOST_QUESTIONS = 60

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
CHECK_LETTERS = 2
#: No longer than a number that both databases hold.
code_form = re.compile(r"[0-9a-z]{3,14}")

Rounds = tuple[tuple[str, ...], ...]


def code_of(question: Question) -> str:
    """Its number in letters and digits, and two letters by its slug.

    By these no other question answers to it.
    """
    return _in_letters(question.pk) + _check(question.slug)


def number_of(code: str) -> int:
    """The number that a code names."""
    return int(code[:-CHECK_LETTERS], len(ALPHABET))


@dataclass(frozen=True)
class Loop:
    """Which questions are asked in which round, each once; every change is another loop."""

    rounds: Rounds

    @classmethod
    def of(cls, rounds: Iterable[Iterable[Question]]) -> Self:
        """The loop that asks these questions."""
        return cls(tuple(tuple(code_of(question) for question in asked) for asked in rounds))

    @classmethod
    def read(cls, text: str) -> tuple[Self, int]:
        """The loop that a text names, and how many of its questions were left out.

        Those are broken, repeated, or too many.
        """
        seen: set[str] = set()
        rounds: list[tuple[str, ...]] = []
        words = [part.split("-") if part else [] for part in text.lower().split(".") if text]
        for codes in words[:MOST_ROUNDS]:
            sound = [
                code
                for code in dict.fromkeys(codes)
                if code_form.fullmatch(code) and code not in seen
            ]
            sound = sound[: MOST_QUESTIONS - len(seen)]
            seen.update(sound)
            rounds.append(tuple(sound))
        return cls(tuple(rounds)), sum(map(len, words)) - len(seen)

    def __str__(self) -> str:
        return ".".join("-".join(codes) for codes in self.rounds)

    @property
    def numbers(self) -> list[int]:
        """The numbers of all its questions."""
        return [number_of(code) for codes in self.rounds for code in codes]

    def without(self, code: str) -> Self:
        """Without this question."""
        return replace(
            self,
            rounds=tuple(tuple(each for each in codes if each != code) for codes in self.rounds),
        )

    def adding(self, code: str, place: int) -> Self:
        """With this question at the end of a round; moved there, if another round has it."""
        rounds = list(self.without(code).rounds)
        rounds[place] = (*rounds[place], code)
        return replace(self, rounds=tuple(rounds))

    def swapping(self, code: str, other: str) -> Self:
        """With another question in the place of this one."""
        rounds = self.without(other).rounds if other != code else self.rounds
        return replace(
            self,
            rounds=tuple(
                tuple(other if each == code else each for each in codes) for codes in rounds
            ),
        )

    def earlier(self, code: str) -> Self:
        """With this question before the one that it follows in its round."""
        return replace(self, rounds=tuple(_earlier(codes, code) for codes in self.rounds))


def _earlier(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    place = codes.index(code) if code in codes else 0
    return (*codes[: place - 1], code, codes[place - 1], *codes[place + 1 :]) if place else codes


def _in_letters(number: int) -> str:
    letters = ""
    while number or not letters:
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters


def _check(slug: str) -> str:
    first, second = sha256(slug.encode()).digest()[:CHECK_LETTERS]
    return ALPHABET[first % len(ALPHABET)] + ALPHABET[second % len(ALPHABET)]
