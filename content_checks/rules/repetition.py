"""Whether two places say the same."""

from collections.abc import Iterable, Iterator

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows, Written
from content_checks.prose import likeness, statements, substance

#: Texts that share so much are near duplicates; pairs that were written apart reach 0.4 at most.
ALIKE = 0.45
#: Shorter texts share their words by chance.
SHORT = 5

Said = tuple[Written, str, frozenset[str]]


@rule(
    "A candidate who is asked the same twice learns that the interviewers did not talk to each "
    "other."
)
def alike_questions(pack: PackRows) -> Iterator[Fault]:
    yield from _alike(_whole(pack["questions"], "prompt"))


@rule("A probe or an anchor that fits two questions is specific to neither.")
def alike_anchors_and_probes(pack: PackRows) -> Iterator[Fault]:
    yield from _alike(_whole(pack["anchors"], "text"))
    yield from _alike(_whole(pack["probes"], "text"))


@rule("A descriptor that fits two skills, or two proficiencies, tells neither from the other.")
def alike_descriptors(pack: PackRows) -> Iterator[Fault]:
    yield from _alike(_stated(pack["skill_descriptors"]))


@rule("What a level repeats of another is no difference between them.")
def alike_expectations(pack: PackRows) -> Iterator[Fault]:
    yield from _alike(_whole(pack["expectations"], "text"))


def _whole(rows: Iterable[Written], column: str) -> list[Said]:
    return [(row, text, substance(text)) for row in rows if (text := row.text(column))]


def _stated(rows: Iterable[Written]) -> list[Said]:
    return [(row, one, substance(one)) for row in rows for one in statements(row.text("text"))]


def _alike(said: list[Said]) -> Iterator[Fault]:
    enough = [each for each in said if len(each[2]) >= SHORT]
    for number, (row, text, meant) in enumerate(enough):
        for other, _, also in enough[:number]:
            if likeness(meant, also) >= ALIKE:
                yield row, f"says nearly what {other.place} says: “{text[:80]}”"
