"""Whether descriptors can be observed, make one claim, and grow with the proficiency."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from content.text import number_with_noun
from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRow, PackRows
from content_checks.passages import statements_of

#: Verbs for what no one can watch, or for nothing in particular.
UNOBSERVABLE_VERBS = frozenset(
    "knows understands appreciates believes thinks feels realises realizes recognises recognizes "
    "values is has can may possesses owns demonstrates shows exhibits displays embodies ensures "
    "drives supports helps enables strives aims seeks contributes participates".split()
)
#: The share of statements that may make two claims: some actions belong together, such as “writes
#: it down and sends it”.
MAX_JOINED_SHARE = 0.2
#: Statements that are so similar say the same, with other adverbs.
SAME_SIMILARITY = 0.5
AND_VERB = re.compile(r"\band (?:then |so |also )?([a-z-]+)")


@rule("A proficiency that cannot be watched cannot be agreed on.", english=True)
def observable_verbs(pack: PackRows) -> Iterator[Problem]:
    """Reports statements that begin with another verb or with no verb."""
    for statement in statements_of(pack["skill_descriptors"]):
        verb = statement.first_word
        if verb in UNOBSERVABLE_VERBS or not verb.endswith("s"):
            message = f"begins with no verb that can be observed: {statement.quotation}"
            yield statement.row, message


@rule(
    "Growth is a wider scope, a harder case or something left behind; an adverb is none of these.",
    english=True,
)
def growth_beyond_degree(pack: PackRows) -> Iterator[Problem]:
    """Reports statements that are similar to one of the next lower proficiency."""
    for skill in pack["skills"]:
        for lower, higher in pairwise(_descriptors_by_proficiency(pack, skill)):
            lower_statements = statements_of([lower])
            for statement in statements_of([higher]):
                if statement.similar(lower_statements, SAME_SIMILARITY):
                    yield higher, f"says what the step below says: {statement.quotation}"


def _descriptors_by_proficiency(pack: PackRows, skill: PackRow) -> list[PackRow]:
    """The descriptors of a skill from the lowest proficiency."""
    ranks = {}
    for rank, proficiency in enumerate(pack["proficiencies"]):
        ranks[_slug_of(proficiency.key)] = rank
    return sorted(
        skill.children["skill_descriptors"],
        key=lambda descriptor: ranks.get(_slug_of(descriptor.text("proficiency")), 0),
    )


def _slug_of(proficiency_key: str) -> str:
    return proficiency_key.rpartition("/")[2]


@rule(
    "Of two claims in one sentence one may be true and the other not; up to "
    f"{MAX_JOINED_SHARE:.0%} are let through.",
    english=True,
)
def joined_claims(pack: PackRows) -> Iterator[Problem]:
    """Reports statements with “and” before a second verb, if a table has many of them."""
    verbs = _opening_verbs(pack)
    for table in ("skill_descriptors", "expectations"):
        statements = statements_of(pack[table])
        joined = []
        for statement in statements:
            if not verbs.isdisjoint(AND_VERB.findall(statement.text)):
                joined.append(statement)
        if len(joined) > MAX_JOINED_SHARE * len(statements):
            of_statements = f"of {number_with_noun(len(statements), 'statement')} in {table}"
            join = "joins" if len(joined) == 1 else "join"
            yield None, f"{len(joined)} {of_statements} {join} two claims"
            for statement in joined:
                yield statement.row, f"joins two claims: {statement.quotation}"


def _opening_verbs(pack: PackRows) -> set[str]:
    """The verbs with which more than one statement of this pack begins."""
    statements = statements_of([*pack["skill_descriptors"], *pack["expectations"]])
    counts = Counter(statement.first_word for statement in statements)
    verbs = set()
    for word, count in counts.items():
        if count > 1 and word.endswith("s"):
            verbs.add(word)
    return verbs
