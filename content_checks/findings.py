"""What a rule finds, the rules there are, and why each is one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from content_checks.pack_rows import PackRows, Written


@dataclass(frozen=True)
class Finding:
    """One thing to mend."""

    rule: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text} [{self.rule}]"


#: A row and what is poor in it; without a row, it is the pack.
Fault = tuple[Written | None, str]
Check = Callable[[PackRows], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """A check with a name and the reason for it."""

    name: str
    reason: str
    check: Check
    #: Whether it reads English sentences and can say nothing of others.
    is_for_english: bool = False

    def applies_to(self, pack: PackRows) -> bool:
        """Whether it can say anything of this pack."""
        return pack.is_english or not self.is_for_english

    def findings(self, pack: PackRows) -> Iterator[Finding]:
        for row, text in self.check(pack):
            yield Finding(self.name, row.place if row else "pack.yml", text)


RULES: dict[str, Rule] = {}


def rule(reason: str, *, english: bool = False) -> Callable[[Check], Check]:
    """Enter a check among the rules, under its own name.

    :param english: whether it reads English sentences.
    """

    def enter(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        RULES[name] = Rule(name, reason, check, english)
        return check

    return enter
