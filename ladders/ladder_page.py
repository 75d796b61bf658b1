"""The page of a ladder, and its table as CSV."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from content.text import number_with_noun
from ladders.expectations import CoverageRow, expectation_coverage
from ladders.heat_map import HeatMap
from ladders.level_card import matrix_cards
from ladders.level_order import LevelOrder, load_levels, moves_between
from ladders.level_page import Fact, Link, comparison_url
from ladders.level_strip import level_stairs
from ladders.models import Ladder, Level
from ladders.requirements import RequirementMatrix, load_required_skills
from roles.models import Role

#: The format of dates.
DATE = "F j, Y"


class LadderTable:
    """The levels of a ladder with a table of what they require or expect.

    The table has the required skills, or the numbers of expectations if the ladder names no skills.

    :param ladder: a ladder whose visibility the caller has checked.
    """

    #: Whether to read the ranks of proficiencies, which doubles the cost.
    with_ranks = False

    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder
        self.levels = load_levels(ladder)
        self.moves = list(moves_between(self.levels))
        self.order = LevelOrder(self.levels, self.moves)
        required_skills = load_required_skills(self.levels, with_ranks=self.with_ranks)
        self.matrix = RequirementMatrix(self.order, required_skills)
        self.rows = self.matrix.rows
        self.coverage: Sequence[CoverageRow] = []
        if not self.rows:
            self.coverage = expectation_coverage(self.order)

    @property
    def is_empty(self) -> bool:
        """Whether the levels neither require skills nor have expectations with a heading."""
        return not self.rows and not self.coverage

    @property
    def column_count(self) -> int:
        """The number of columns: one for the headings of rows, and one for each level."""
        return len(self.levels) + 1

    def csv_rows(self) -> Iterator[Sequence[str]]:
        """Yield the cells of a CSV file: a header, then a row for each skill or heading."""
        yield ["group", "skill" if self.rows else "under", *map(str, self.levels)]
        for row in self.rows:
            group = row.skill.group.title if row.skill.group else ""
            yield [group, row.skill.title, *map(attrgetter("csv_text"), row.cells)]
        for heading in self.coverage:
            counts = map(attrgetter("csv_text"), heading.counts)
            yield [heading.group_title, heading.subject.title, *counts]


class LadderPage(LadderTable):
    """What the page of a ladder shows in addition to its table."""

    with_ranks = True

    def __init__(self, ladder: Ladder) -> None:
        super().__init__(ladder)
        self.stairs = level_stairs(self.order)
        levels_by_pk = {level.pk: level for level in self.levels}
        for move in self.moves:
            move.from_level = levels_by_pk[move.from_level_id]
            move.to_level = levels_by_pk[move.to_level_id]
        self.heat = HeatMap(self.matrix)
        self.levels_from_top: Sequence[Level] = self.order.from_top()
        self.actions = self._actions()
        self.facts = self._facts()

    def _actions(self) -> list[Link]:
        actions = []
        if len(self.levels) > 1:
            first_two = comparison_url(self.levels[0], self.levels[1])
            actions.append(Link("Compare two levels", first_two))
        if self.matrix.levels_with_skills:
            actions.append(Link("Start a self-assessment", self._assessment_url))
        if matrix_cards(self.matrix).cards:
            cards = reverse("ladders:ladder_cards", args=[self.ladder.key])
            actions.append(Link("Calibration cards", cards))
        if any(level.band_id for level in self.levels):
            actions.append(Link("Compare with other ladders", reverse("ladders:band_map")))
        return actions

    @property
    def _assessment_url(self) -> str:
        """Where one chooses a level; that page has only levels of the portal itself."""
        if self.ladder.collection.is_home:
            return reverse("assessment:assessment_choice")
        return self.matrix.levels_with_skills[0].get_assessment_url()

    def _facts(self) -> list[Fact]:
        """The key facts; what is not stated is left out."""
        ladder = self.ladder
        roles = [Link(role.title, role.get_absolute_url()) for role in self._roles]
        observed = date_format(ladder.observed_on, DATE) if ladder.observed_on else ""
        source_label = "As published" if ladder.is_published_by_owner else "Where it was read"
        source = [Link(source_label, ladder.source_url)] if ladder.source_url else []
        confidence = "" if ladder.is_reference else ladder.get_confidence_display()
        facts = [
            Fact("Levels", self._level_count),
            Fact("Skills", self._skill_count),
            Fact("Role" if len(roles) == 1 else "Roles", links=roles),
            Fact("How levels are assessed", ladder.get_rule_display()),
            Fact("Confidence", confidence),
            Fact("Observed", observed),
            Fact("Source", links=source),
        ]
        return [fact for fact in facts if fact.text or fact.links]

    @property
    def _roles(self) -> QuerySet[Role]:
        """The roles that the ladder is for."""
        other_roles = self.ladder.other_roles.values("pk")
        roles = Role.objects.filter(Q(pk=self.ladder.role_id) | Q(pk__in=other_roles))
        return roles.shown_on(self.ladder)

    @property
    def _level_count(self) -> str:
        if not self.levels:
            return ""
        explanation = " on two tracks. Manager: leads people" if self.order.has_tracks else ""
        return f"{len(self.levels)}{explanation}"

    @property
    def _skill_count(self) -> str:
        groups = {skill.group for skill in self.matrix.skills if skill.group}
        if not groups:
            return str(len(self.matrix.skills) or "")
        return f"{len(self.matrix.skills)} in {number_with_noun(len(groups), 'group')}"

    @property
    def contents(self) -> list[Link]:
        """The parts of the page, apart from those of other packages."""
        parts: list[tuple[str, str, object]] = [
            ("Levels", "levels", self.levels),
            ("Skills by level", "matrix", self.rows),
            ("Expectations by level", "coverage", self.coverage),
            ("Summaries and scope", "summaries", self.levels),
            ("Moves between levels", "moves", self.moves),
            ("How to read it", "reading", self.ladder.body),
        ]
        return [Link(title, f"#{anchor}") for title, anchor, content in parts if content]
