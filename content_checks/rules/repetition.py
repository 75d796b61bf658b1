"""Whether two questions, follow-ups, anchors, descriptors or expectations say the same."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRows
from content_checks.passages import Passage, statements_of, texts_of

#: Texts that are so similar are near duplicates; texts on different subjects reach 0.4 at most.
NEAR_DUPLICATE_SIMILARITY = 0.45
#: Shorter texts have words in common by chance.
MIN_CONTENT_WORDS = 5


@rule(
    "A candidate who is asked the same twice learns that the interviewers did not talk to each "
    "other."
)
def alike_questions(pack: PackRows) -> Iterator[Problem]:
    """Compares the prompts of questions."""
    yield from _near_duplicates(texts_of(pack["questions"], "prompt"))


@rule("A probe or an anchor that fits two questions is specific to neither.")
def alike_anchors_and_probes(pack: PackRows) -> Iterator[Problem]:
    """Compares anchors with anchors, and probes with probes."""
    yield from _near_duplicates(texts_of(pack["anchors"], "text"))
    yield from _near_duplicates(texts_of(pack["probes"], "text"))


@rule("A descriptor that fits two skills, or two proficiencies, tells neither from the other.")
def alike_descriptors(pack: PackRows) -> Iterator[Problem]:
    """Compares the statements of descriptors."""
    yield from _near_duplicates(statements_of(pack["skill_descriptors"]))


@rule("What a level repeats of another is no difference between them.")
def alike_expectations(pack: PackRows) -> Iterator[Problem]:
    """Compares expectations."""
    yield from _near_duplicates(texts_of(pack["expectations"], "text"))


@rule("A level page shows the descriptors of its skills; an expectation adds to them.")
def expectations_beyond_descriptors(pack: PackRows) -> Iterator[Problem]:
    """Compares expectations with the descriptors of the skills that their level requires."""
    descriptors = _descriptors_by_requirement(pack)
    for level in pack["levels"]:
        shown: list[Passage] = []
        for requirement in level.children["level_requirements"]:
            key = requirement.text("skill"), requirement.text("proficiency")
            shown += descriptors[key]
        for expectation in texts_of(level.children["expectations"], "text"):
            for duplicate in expectation.similar(shown, NEAR_DUPLICATE_SIMILARITY):
                location = duplicate.row.location
                yield expectation.row, f"says nearly what {location} says: {expectation.quotation}"


def _descriptors_by_requirement(pack: PackRows) -> dict[tuple[str, str], list[Passage]]:
    """The statements of descriptors by skill and proficiency, as requirements name them."""
    descriptors: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for skill in pack["skills"]:
        for descriptor in skill.children["skill_descriptors"]:
            proficiency = descriptor.text("proficiency").rpartition("/")[2]
            descriptors[skill.key, proficiency] += statements_of([descriptor])
    return descriptors


def _near_duplicates(passages: Iterable[Passage]) -> Iterator[Problem]:
    compared: list[Passage] = []
    for passage in passages:
        if len(passage.content_words) < MIN_CONTENT_WORDS:
            continue
        for duplicate in passage.similar(compared, NEAR_DUPLICATE_SIMILARITY):
            location = duplicate.row.location
            yield passage.row, f"says nearly what {location} says: “{passage.text[:80]}”"
        compared.append(passage)
