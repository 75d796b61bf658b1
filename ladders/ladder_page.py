"""The page of a ladder, and its table as CSV."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from django.db.models import Q, QuerySet

from ladders.diagram import Diagram
from ladders.expectations import CoverageRow, expectation_coverage
from ladders.level_card import matrix_cards
from ladders.level_order import LevelOrder, load_levels, moves_between
from ladders.models import Ladder, Level
from ladders.requirements import RequirementMatrix, load_required_skills
from roles.models import Role


class LadderTable:
    """The levels of a ladder with a table of what they require or expect.

    The table has the required skills, or the numbers of expectations if the ladder names no skills.

    :param ladder: a ladder whose visibility the caller has checked.
    """

    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder
        self.levels = load_levels(ladder)
        self.moves = list(moves_between(self.levels))
        self.order = LevelOrder(self.levels, self.moves)
        self.matrix = RequirementMatrix(self.order, load_required_skills(self.levels))
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
            yield [group, row.skill.title, *map(attrgetter("label.csv_text"), row.cells)]
        for heading in self.coverage:
            counts = map(attrgetter("csv_text"), heading.counts)
            yield [heading.group_title, heading.subject.title, *counts]


class LadderPage(LadderTable):
    """What the page of a ladder shows in addition to its table."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__(ladder)
        self.levels_from_top: Sequence[Level] = self.order.from_top()
        diagram = Diagram(self.order, self.moves)
        self.diagram = diagram if diagram.is_branching else None
        self.has_cards = bool(matrix_cards(self.matrix).cards)

    @property
    def roles(self) -> QuerySet[Role]:
        """The roles that the ladder is for."""
        other_roles = self.ladder.other_roles.values("pk")
        return Role.objects.filter(Q(pk=self.ladder.role_id) | Q(pk__in=other_roles)).shown_on(
            self.ladder
        )

    @property
    def source_label(self) -> str:
        """What the link to the source of the ladder is called."""
        return "As published" if self.ladder.is_published_by_owner else "Where it was read"
