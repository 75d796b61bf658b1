"""What changes from one level to another, on one ladder or on two: skills, expectations, reach."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.markdown import plain_text
from content.text_diff import DiffSpan
from ladders.matrix import Cell, Matrix, change_between
from ladders.models import Expectation, Level, mark_owners, mark_shared_codes
from ladders.needed_skills import Needed, needed_skills
from ladders.standing import included, moves_between, without_repeats
from ladders.wording import marked
from skills.models import Skill, SkillDescriptor

#: In the order in which a reader wants to know.
CHANGES = {
    "added": "Added",
    "raised": "Raised",
    "lowered": "Lowered",
    "dropped": "Dropped",
    "ungraded": "Needed by both, at a proficiency that one of them does not state",
    "same": "Unchanged",
}
#: What becomes of expectations.
EXPECTATIONS = {
    "fresh": "New",
    "renewed": "Taken further by what is new",
    "going": "Goes on unchanged",
    "left": "Not said there",
}
#: The same across two ladders.
EXPECTATIONS_ACROSS = {
    "fresh": "Said of {after}",
    "renewed": "Said of {before} under the same headings",
    "going": "Said of both",
    "left": "Said of {before} alone",
}
#: Changes of skills across two ladders, where nobody adds or raises anything.
CHANGES_ACROSS = {
    "added": "Named for {after} alone",
    "raised": "Higher at {after}",
    "lowered": "Higher at {before}",
    "dropped": "Named for {before} alone",
    "ungraded": CHANGES["ungraded"],
    "same": "Alike",
}
#: Across ladders, a level of which the other has more than so many times the skills or expectations
#: is hardly known.
MUCH_MORE = 4
#: A skill and a proficiency of it.
Place = tuple[int, int | None]


@dataclass(frozen=True)
class Side:
    """What one level says of a skill or of itself, with the words that the other side has not."""

    needed: Needed | None
    lines: Sequence[Sequence[DiffSpan]]


@dataclass(frozen=True)
class SkillChange:
    """A skill that at least one of the two levels needs."""

    skill: Skill
    kind: str
    before: Side
    after: Side


@dataclass(frozen=True)
class Fact:
    """One of the short lines that say how large a level is, on both sides."""

    title: str
    before: Sequence[DiffSpan]
    after: Sequence[DiffSpan]


@dataclass(frozen=True)
class Known:
    """What is known of one level.

    That is the skills and the expectations in force there, inherited ones included, and what is
    said of it in short lines, by title.
    """

    level: Level
    skills: Mapping[Skill, Cell]
    expectations: Sequence[Expectation]
    facts: Mapping[str, str]

    @property
    def extent(self) -> str:
        """How much that is, in words."""
        numbers = [
            _number(len(self.skills), "skill"),
            _number(len(self.expectations), "expectation"),
        ]
        return "; ".join(filter(None, [", ".join(numbers), ", ".join(self.facts).lower()]))

    def is_less_than(self, other: "Known") -> bool:
        """Whether so little is known of it that comparing it says more of what is published."""
        pairs = [(self.skills, other.skills), (self.expectations, other.expectations)]
        if self.level.ladder_id == other.level.ladder_id:
            return any(theirs and not ours for ours, theirs in pairs)
        return any(len(ours) * MUCH_MORE < len(theirs) for ours, theirs in pairs)


class Difference:
    """Two levels side by side; `before` and `after` need not stand in this order on any ladder.

    A level that names no skills is not compared by skills, and one without expectations not by
    expectations: what its publisher leaves out would look like a change.

    :param levels: the levels of their ladders, in order, whose visibility is checked; the two are
        among them.
    """

    def __init__(self, before: Level, after: Level, levels: Sequence[Level]) -> None:
        self.before, self.after = before, after
        mark_shared_codes(levels)
        mark_owners(levels)
        needed, moves = needed_skills(levels, with_steps=True), list(moves_between(levels))
        self._matrices = {
            ladder: Matrix([level for level in levels if level.ladder_id == ladder], moves, needed)
            for ladder in {before.ladder_id, after.ladder_id}
        }
        self._chains = {level: self._chain(level) for level in (before, after)}
        told = list(_told({each for chain in self._chains.values() for each in chain}))
        self.known = [self._known(level, told) for level in (before, after)]

    @property
    def facts(self) -> list[Fact]:
        """Scope, autonomy, reach and the rest, where both say something."""
        former, latter = (known.facts for known in self.known)
        rows = [(title, former[title], latter[title]) for title in former if title in latter]
        return [Fact(title, _words(old, new), _words(new, old)) for title, old, new in rows]

    @property
    def facts_alone(self) -> list[tuple[Level, Mapping[str, str]]]:
        """The levels with something that is not said of the other, and that, by title."""
        sides = zip(self.known, reversed(self.known), strict=True)
        alone = [(side.level, _without(side.facts, other.facts)) for side, other in sides]
        return [(level, facts) for level, facts in alone if facts]

    @property
    def uneven(self) -> list[Known]:
        """The sides of which too little is known for a comparison of all."""
        sides = zip(self.known, reversed(self.known), strict=True)
        return [side for side, other in sides if not side.skills or side.is_less_than(other)]

    def skills(self) -> dict[str, list[SkillChange]]:
        """What becomes of every skill, by kind of change; nothing unless both levels name skills.

        One query.
        """
        old, new = (known.skills for known in self.known)
        if not old or not new:
            return {}
        cells = [*old.values(), *new.values()]
        described = _descriptors(
            [cell.requirement for cell in cells if cell.requirement], self.before, self.after
        )
        changes: dict[str, list[SkillChange]] = defaultdict(list)
        for skill in {**old, **new}:
            change = _change(skill, old.get(skill), new.get(skill), described)
            changes[change.kind].append(change)
        titles = self._named(CHANGES_ACROSS) if self.is_across else CHANGES
        return {titles[kind]: changes[kind] for kind in titles if changes[kind]}

    def expectations(self) -> dict[str, list[Expectation]]:
        """What is new, what that takes the place of, what goes on, what is not said any more.

        Nothing unless both levels have expectations.
        """
        former, latter = (known.expectations for known in self.known)
        if not former or not latter:
            return {}
        texts = {row.text for row in former} & {row.text for row in latter}
        old, new = self._chains[self.before], self._chains[self.after]
        fresh = [row for row in latter if row.level not in old and row.text not in texts]
        renewed = {_subject(row) for row in fresh} - {(None, None)}
        going = [row for row in former if row.level in new or row.text in texts]
        parts = {
            "fresh": fresh,
            "renewed": [row for row in former if _subject(row) in renewed],
            "going": [row for row in going if _subject(row) not in renewed],
            "left": [row for row in former if row not in going and _subject(row) not in renewed],
        }
        titles = self._named(EXPECTATIONS_ACROSS) if self.is_across else EXPECTATIONS
        return {titles[part]: rows for part, rows in parts.items() if rows}

    @property
    def is_across(self) -> bool:
        """Whether the two levels are of different ladders."""
        return self.before.ladder_id != self.after.ladder_id

    @property
    def unnamed(self) -> list[Known]:
        """The sides that name no skills."""
        return [known for known in self.known if not known.skills]

    @property
    def silent(self) -> Known | None:
        """The side that has no expectations, if the other has."""
        silent = [known for known in self.known if not known.expectations]
        return silent[0] if len(silent) == 1 else None

    @property
    def instead(self) -> tuple[Level, Level] | None:
        """The two levels to compare instead.

        Where too little is known of one, it is the reference level of the same band.

        None if there is no such level, or it is the other one. One query, if little is known of a
        level.
        """
        little = [
            known.level
            for known in self.uneven
            if not known.skills or not known.level.ladder.is_reference
        ]
        if not little:
            return None
        references = Level.objects.references_of(little)
        before, after = (references.get(level.pk, level) for level in (self.before, self.after))
        return (
            None
            if before == after or (before, after) == (self.before, self.after)
            else (before, after)
        )

    def _named(self, titles: Mapping[str, str]) -> dict[str, str]:
        before, after = self.before.name_beside, self.after.name_beside
        return {kind: title.format(before=before, after=after) for kind, title in titles.items()}

    def _known(self, level: Level, told: Iterable[Expectation]) -> Known:
        cells = self._matrices[level.ladder_id].column(level)
        skills = {cell.requirement.skill: cell for cell in cells if cell.requirement}
        facts = {title: words for title, fact in FACTS.items() if (words := fact(level))}
        chain = self._chains[level]
        in_force = sorted(
            (row for row in told if row.level in chain), key=lambda row: chain.index(row.level)
        )
        return Known(level, skills, list(without_repeats(in_force)), facts)

    def _chain(self, level: Level) -> list[Level]:
        return included(level, self._matrices[level.ladder_id].below)


def _number(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _years(level: Level) -> str:
    if level.years_min is None:
        return ""
    return (
        f"{level.years_min} to {level.years_max} years"
        if level.years_max
        else f"{level.years_min} years or more"
    )


FACTS = {
    "Scope": lambda level: level.scope,
    "Autonomy": lambda level: level.autonomy,
    "Reach": lambda level: level.reach,
    "Usual experience": _years,
    "Band": lambda level: level.bands,
}


def _without(facts: Mapping[str, str], others: Mapping[str, str]) -> Mapping[str, str]:
    return {title: words for title, words in facts.items() if title not in others}


def _words(text: str, other: str) -> Sequence[DiffSpan]:
    return marked([text], [other])[0] if text else []


def _change(
    skill: Skill, old: Cell | None, new: Cell | None, described: Mapping[Place, list[str]]
) -> SkillChange:
    there, here = (cell.requirement if cell else None for cell in (old, new))
    before, after = (
        described.get(_place(needed), []) if needed else [] for needed in (there, here)
    )
    sides = (
        Side(needed, marked(own, other))
        for needed, own, other in ((there, before, after), (here, after, before))
    )
    return SkillChange(skill, change_between(there, here), *sides)


def _descriptors(needs: Iterable[Needed], *pages: Level) -> dict[Place, list[str]]:
    """The statements of each skill at each proficiency that is needed."""
    described = SkillDescriptor.objects.filter(skill__in={needed.skill for needed in needs})
    rows = described.shown_on(*pages)
    return {(row.skill_id, row.proficiency_id): plain_text(row.text).splitlines() for row in rows}


def _place(needed: Needed) -> Place:
    return needed.skill.pk, needed.proficiency.pk if needed.proficiency else None


def _told(levels: Iterable[Level]) -> Iterable[Expectation]:
    """The expectations of these levels, with the levels at hand; examples are no demands."""
    at_hand = {level.pk: level for level in levels}
    demands = Expectation.objects.filter(level__in=at_hand, kind=Expectation.Kind.EXPECTATION)
    rows = demands.shown_on(*at_hand.values())
    for row in rows.select_related("skill__collection", "group").order_by(
        "-level__position", "position", "id"
    ):
        row.level = at_hand[row.level_id]
        yield row


def _subject(row: Expectation) -> tuple[int | None, int | None]:
    return row.skill_id, row.group_id
