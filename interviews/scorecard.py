"""A blank scorecard.

It has one line for each skill that a question set tests, with room for a rating and its evidence.

Ratings are given skill by skill and are not added up: a total would hide what was not assessed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from interviews.kit import Asked, Kit
from interviews.models import Anchor
from skills.models import Proficiency, Skill

#: Changes whenever columns do, so that a file can be read by the rules that it was made by.
VERSION = "1"

#: Every column in its order, and what it holds.
COLUMNS = {
    "scorecard": "The version of these columns.",
    "set": (
        "Identifier of the question set: its slug, or collection:slug outside the portal's "
        "own; the code of a loop."
    ),
    "skill": "Identifier of the skill, likewise.",
    "title": "Title of the skill.",
    "expected": (
        "The proficiency that good answers show, e.g. Working, or Working to Expert where the "
        "questions differ; empty where they name none."
    ),
    "questions": "Numbers of the questions that test it, in the order of the kit.",
    "anchor_1": (
        "What a poor answer shows, by the one of these questions that is most about the skill."
    ),
    "anchor_2": "What a mixed answer shows.",
    "anchor_3": "What a good answer shows.",
    "anchor_4": "What an outstanding answer shows.",
    "rating": "Empty: 1 to 4, or “not assessed”, which is not the same as poor.",
    "evidence": "Empty: what the candidate said or did. A rating without evidence does not count.",
    "url": "Address of the skill.",
}


@dataclass
class Line:
    """One skill, with the questions that test it."""

    skill: Skill
    #: Those that good answers to the questions show, where they name any.
    proficiencies: list[Proficiency] = field(default_factory=list)
    #: Each with the place of the skill among those that it tests.
    asked: list[tuple[int, Asked]] = field(default_factory=list)
    #: Whether a line above shows the same anchors.
    is_repeated: bool = False

    @property
    def expected(self) -> str:
        """The proficiency that good answers show, or the lowest and the highest."""
        ordered = sorted(self.proficiencies, key=lambda each: each.position)
        return " to ".join(dict.fromkeys(each.title for each in ordered[:1] + ordered[-1:]))

    @property
    def source(self) -> Asked:
        """The question that is most about this skill, of those that have anchors."""
        anchored = [(place, each.number, each) for place, each in self.asked if each.anchors]
        return min(anchored, default=(0, 0, self.asked[0][1]), key=lambda row: row[:2])[-1]

    @property
    def anchors(self) -> Sequence[Anchor]:
        """What answers show, by that question."""
        return self.source.anchors

    @property
    def numbers(self) -> str:
        """Of the questions that test it."""
        return ", ".join(str(each.number) for _, each in self.asked)


def lines_of(kit: Kit) -> list[Line]:
    """The skills in the order in which they are first tested. No query beside those of the kit."""
    lines: dict[Skill, Line] = {}
    for each in (asked for part in kit.shown for asked in part.asked):
        for place, row in enumerate(each.question.question_skills.all()):
            line = lines.setdefault(row.skill, Line(row.skill))
            line.asked.append((place, each))
            if row.proficiency:
                line.proficiencies.append(row.proficiency)
    seen: set[int] = set()
    for line in lines.values():
        line.is_repeated = line.source.number in seen
        seen.add(line.source.number)
    return list(lines.values())


def rows_of(kit: Kit, *, site: str = "") -> Iterator[list[str]]:
    """The scorecard as a table, its heads first.

    :param site: scheme and host, which make the addresses whole.
    """
    yield list(COLUMNS)
    for line in lines_of(kit):
        anchors = {anchor.rating: anchor.text for anchor in line.anchors}
        yield [
            VERSION,
            kit.key,
            line.skill.key,
            line.skill.title,
            line.expected,
            line.numbers,
            *(anchors.get(rating, "") for rating in Anchor.Rating.values),
            "",
            "",
            f"{site}{line.skill.get_absolute_url()}",
        ]
