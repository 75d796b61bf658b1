"""Whether what stands at a proficiency or a level can be seen, and grows from step to step."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows, Written
from content_checks.prose import likeness, statements, substance, words

#: Verbs for what goes on inside a head, or for nothing in particular.
UNSEEN = frozenset(
    "knows understands appreciates believes thinks feels realises realizes recognises recognizes "
    "values is has can may possesses owns demonstrates shows exhibits displays embodies ensures "
    "drives supports helps enables strives aims seeks contributes participates".split()
)
#: A fifth of the statements may hold two: some deeds are one only together, “writes it down and
#: sends it”.
JOINED = 0.2
#: Steps that share so much of their substance say the same, louder.
ALIKE = 0.5


@rule("A proficiency that cannot be watched cannot be agreed on.", english=True)
def observable_verbs(pack: PackRows) -> Iterator[Fault]:
    for descriptor in pack["skill_descriptors"]:
        for statement in statements(descriptor.text("text")):
            first = words(statement)[0].casefold()
            if first in UNSEEN or not first.endswith("s"):
                yield (
                    descriptor,
                    f"begins with no verb that can be observed: “{_opening(statement)}”",
                )


@rule(
    "Growth is a wider scope, a harder case or something left behind; an adverb is none of these.",
    english=True,
)
def growth_beyond_degree(pack: PackRows) -> Iterator[Fault]:
    for skill in pack["skills"]:
        for lower, higher in pairwise(_rising(pack, skill)):
            said = [(one, substance(one)) for one in statements(lower.text("text"))]
            for statement in statements(higher.text("text")):
                if any(likeness(substance(statement), below) >= ALIKE for _, below in said):
                    yield higher, f"says what the step below says: “{_opening(statement)}”"


def _rising(pack: PackRows, skill: Written) -> list[Written]:
    """The skill's descriptors from the lowest proficiency up."""
    steps = {
        step.key.rpartition("/")[2]: number for number, step in enumerate(pack["proficiencies"])
    }
    found = skill.parts["skill_descriptors"]
    return sorted(found, key=lambda one: steps.get(one.text("proficiency").rpartition("/")[2], 0))


@rule(
    f"Of two claims in one sentence one may be true and the other not; up to {JOINED:.0%} are let "
    "through.",
    english=True,
)
def joined_claims(pack: PackRows) -> Iterator[Fault]:
    verbs = _verbs(pack)
    for table in ("skill_descriptors", "expectations"):
        rows = [
            (row, statement) for row in pack[table] for statement in statements(row.text("text"))
        ]
        joined = [(row, statement) for row, statement in rows if _joins(statement, verbs)]
        if len(joined) > JOINED * len(rows):
            yield None, f"{len(joined)} of {len(rows)} statements in {table} join two claims"
            yield from (
                (row, f"joins two claims: “{_opening(statement)}”") for row, statement in joined
            )


def _verbs(pack: PackRows) -> frozenset[str]:
    """What statements of this pack begin with: the verbs of its own trade."""
    begun: Counter[str] = Counter()
    for row in [*pack["skill_descriptors"], *pack["expectations"]]:
        begun.update(words(statement)[0].casefold() for statement in statements(row.text("text")))
    return frozenset(word for word, times in begun.items() if word.endswith("s") and times > 1)


def _joins(statement: str, verbs: Iterable[str]) -> bool:
    return any(
        verb in verbs for verb in re.findall(r"\band (?:then |so |also )?([a-z-]+)", statement)
    )


def _opening(statement: str) -> str:
    return statement if len(statement) <= 80 else f"{statement[:77].rstrip()}…"
