"""Findings of a check, and the registry of rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from content_checks.pack_rows import PackRow, PackRows


@dataclass(frozen=True)
class Finding:
    """Something that should be improved, as an editor reads it."""

    rule: str
    #: The file of the pack and the line, or what of it.
    location: str
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [{self.rule}]"


#: What is wrong with a row; without a row, with the pack.
Problem = tuple[PackRow | None, str]
Check = Callable[[PackRows], Iterator[Problem]]


@dataclass(frozen=True)
class Rule:
    """A check with its name and the reason for it."""

    name: str
    reason: str
    check: Check
    #: Whether the check depends on English words or sentences.
    is_for_english: bool = False

    def applies_to(self, pack: PackRows) -> bool:
        """Whether the check knows the language of the pack."""
        return pack.is_english or not self.is_for_english

    def findings(self, pack: PackRows) -> Iterator[Finding]:
        """The problems of a pack, each with the place of its row."""
        for row, message in self.check(pack):
            location = row.location if row else "pack.yml"
            yield Finding(self.name, location, message)


RULES: dict[str, Rule] = {}


def rule(reason: str, *, english: bool = False) -> Callable[[Check], Check]:
    """Register a check as a rule; its name is that of the function, with hyphens.

    :param english: whether the check depends on English words or sentences.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        RULES[name] = Rule(name, reason, check, english)
        return check

    return register
