"""The career map: a picture of the roles and the moves between them, and what each move takes.

Starts outside the roles are at the left, the roles by family in the middle, and the moves between
roles at the right. All measures are units of the SVG picture, which a browser shows as CSS pixels.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter

from content.text import wrap_text
from roles.comparison import is_higher
from roles.importance import word_for_required
from roles.models import Role, RoleFamily, RoleMove
from roles.profiles import Profile, load_profiles
from skills.models import Skill

WIDTH = 1100
#: The height of a node of one line, and of the heading of a family.
NODE_HEIGHT, HEADING_HEIGHT = 32, 40
#: The right end of starts outside, and the left and right side of the boxes of roles.
ORIGIN_RIGHT, BOX_LEFT, BOX_RIGHT = 275, 420, 714
#: The height of a box of one line, and the distance of its text from its left side.
BOX_HEIGHT, BOX_PADDING = 26, 12
#: How many letters fit into a line of a box and of a start outside; the height of a further line.
BOX_LETTERS, ORIGIN_LETTERS, LINE_HEIGHT = 30, 33, 16
#: How far the curve of a move bends to the right: at least, for each unit of height, and at most.
MIN_BEND, BEND, MAX_BEND = 40, 0.75, 500
#: How much wider the curve of a move upward is, so that it does not cover one downward.
UPWARD_BEND = 8
#: The distance of lines that leave a role, and of those that reach it, from the middle of its box.
LINE_OFFSET = 5
#: The space that an arrowhead leaves before a box and a line after a start.
ARROW_GAP, ORIGIN_GAP, ROLE_GAP = 12, 8, 8


@dataclass(frozen=True)
class TextLine:
    """One line of a title with the height of its middle."""

    text: str
    y: float


@dataclass(frozen=True)
class Node:
    """A role, or a start outside the roles, with the height of its middle."""

    title: str
    y: float
    role: Role | None = None

    @property
    def lines(self) -> list[TextLine]:
        """The whole title, wrapped and centered on the middle of the node."""
        letters = BOX_LETTERS if self.role else ORIGIN_LETTERS
        texts = wrap_text(self.title, letters)
        top = self.y - LINE_HEIGHT * (len(texts) - 1) / 2
        lines = []
        for index, text in enumerate(texts):
            lines.append(TextLine(text, top + LINE_HEIGHT * index))
        return lines

    @property
    def box_height(self) -> float:
        """The height of the box of a role."""
        return BOX_HEIGHT + LINE_HEIGHT * (len(self.lines) - 1)

    @property
    def box_top(self) -> float:
        """The upper side of the box of a role."""
        return self.y - self.box_height / 2

    @property
    def height(self) -> float:
        """The height that the node needs in the picture."""
        return NODE_HEIGHT + LINE_HEIGHT * (len(self.lines) - 1)


@dataclass(frozen=True)
class Edge:
    """One move as the path of an SVG curve."""

    move: RoleMove
    path: str


@dataclass(frozen=True)
class NodeWithEdges:
    """A node, the address its box links to, and the moves that start there."""

    node: Node
    link: str
    edges: Sequence[Edge]

    @property
    def label(self) -> str:
        """The title and where its moves lead, for screen readers."""
        label = self.node.title
        if self.edges:
            label += ", leads to " + ", ".join(edge.move.to_role.title for edge in self.edges)
        return label


@dataclass(frozen=True)
class FamilyNodes:
    """A role family with the height of its heading and its roles."""

    family: RoleFamily | None
    y: float
    nodes: Sequence[Node]


@dataclass(frozen=True)
class SkillGap:
    """What a move takes: skills that are new, and skills required at a higher proficiency.

    For a move from outside, all skills that are more than helpful are new, because nothing is known
    of the start.
    """

    move: RoleMove
    new: Sequence[Skill] = ()
    higher: Sequence[Skill] = ()
    #: Skills that both roles require, of which only one states a proficiency.
    ungraded: Sequence[Skill] = ()
    #: What the required skills of the role are called: essential, if it states that of all.
    required_word: str = "required"
    #: Whether the roles at both ends name their skills.
    is_known: bool = True

    @property
    def summary(self) -> str:
        """How much it is, in a few words."""
        if not self.is_known:
            return "skills not stated"
        if not self.new and not self.higher and not self.ungraded:
            return "no additional skills"
        if self.move.from_role_id:
            summary = f"{len(self.new)} new, {len(self.higher)} higher"
            return f"{summary}, {len(self.ungraded)} not graded" if self.ungraded else summary
        plural = "" if len(self.new) == 1 else "s"
        return f"{len(self.new)} {self.required_word} skill{plural}"

    @property
    def new_label(self) -> str:
        """What the list of new skills is called."""
        return "New" if self.move.from_role_id else self.required_word.capitalize()


class CareerMap:
    """Roles and the moves to and between them.

    :param roles: roles whose visibility the caller has checked, in the order of their families.
    :param moves: moves whose visibility the caller has checked; moves with an end outside `roles`
        are left out.
    :param center: a role, to show only the moves that begin or end there and the roles at their
        ends.
    """

    width = WIDTH
    origin_x = ORIGIN_RIGHT
    box_x = BOX_LEFT
    box_width = BOX_RIGHT - BOX_LEFT
    text_x = BOX_LEFT + BOX_PADDING

    def __init__(
        self, roles: Sequence[Role], moves: Iterable[RoleMove], center: Role | None = None
    ) -> None:
        self.center = center
        self.moves: list[RoleMove] = []
        self._moves_to: defaultdict[int, list[RoleMove]] = defaultdict(list)
        ids: set[int | None] = {role.pk for role in roles}
        ids_on_map = {center.pk} if center else set(ids)
        for move in moves:
            ends = {move.from_role_id, move.to_role_id} - {None}
            if ends <= ids and (center is None or center.pk in ends):
                self.moves.append(move)
                self._moves_to[move.to_role_id].append(move)
                ids_on_map |= ends
        self.roles = [role for role in roles if role.pk in ids_on_map]

    @property
    def title(self) -> str:
        """The heading of the page."""
        if self.center:
            return f"Moves to and from {self.center.title}"
        return "Career map"

    @cached_property
    def families(self) -> list[FamilyNodes]:
        """The role families from top to bottom."""
        families = []
        y = 0.0
        for family, roles in groupby(self.roles, key=attrgetter("family")):
            heading_y = y + HEADING_HEIGHT / 2
            y += HEADING_HEIGHT
            nodes = _stacked([Node(role.title, 0, role) for role in roles], y)
            families.append(FamilyNodes(family, heading_y, nodes))
            y += _total_height(nodes)
        return families

    @cached_property
    def origins(self) -> list[Node]:
        """The starts outside, spread over the whole height."""
        nodes = self._unplaced_origins
        spare = self.height - _total_height(nodes)
        return _stacked(nodes, 0, spare / max(len(nodes), 1))

    @cached_property
    def height(self) -> float:
        """The height of the picture, with room for all roles and all starts outside."""
        headings = HEADING_HEIGHT * len(self.families)
        roles = _total_height(self._role_nodes.values())
        return max(headings + roles, _total_height(self._unplaced_origins))

    @property
    def nodes(self) -> list[NodeWithEdges]:
        """All nodes with their links and edges, starts outside first."""
        nodes = []
        for node in [*self.origins, *self._role_nodes.values()]:
            link = self._link(node.role) if node.role else ""
            nodes.append(NodeWithEdges(node, link, self._edges(node)))
        return nodes

    @property
    def skill_gaps(self) -> list[tuple[Role, list[SkillGap]]]:
        """For each role that moves lead to, what each of these moves takes. Two queries."""
        profiles = load_profiles(self.roles)
        gaps_by_role = []
        for role in self.roles:
            gaps = [_skill_gap(move, profiles) for move in self._moves_to[role.pk]]
            if gaps:
                gaps_by_role.append((role, gaps))
        return gaps_by_role

    @cached_property
    def _unplaced_origins(self) -> list[Node]:
        """The starts outside in the order of the roles they lead to, so that few lines cross."""
        titles: dict[str, None] = {}
        for role in self.roles:
            for move in self._moves_to[role.pk]:
                if move.origin:
                    titles[move.origin] = None
        return [Node(title, 0) for title in titles]

    @cached_property
    def _role_nodes(self) -> dict[int | None, Node]:
        """The nodes of roles, by the primary key of the role."""
        ids = map(attrgetter("pk"), self.roles)
        nodes = chain.from_iterable(family.nodes for family in self.families)
        return dict(zip(ids, nodes, strict=True))

    def _link(self, role: Role) -> str:
        """The list of moves to a role, or the page of the role if no move leads there."""
        return f"#to-{role.slug}" if self._moves_to[role.pk] else role.get_absolute_url()

    def _edges(self, node: Node) -> list[Edge]:
        """The moves that start at a node."""
        edges = []
        for move in self.moves:
            end = self._role_nodes[move.to_role_id].y
            if move.from_role_id and node == self._role_nodes[move.from_role_id]:
                edges.append(Edge(move, _path_between_roles(node.y, end)))
            elif node.role is None and move.origin == node.title:
                edges.append(Edge(move, _path_from_outside(node.y, end)))
        return edges


def _total_height(nodes: Iterable[Node]) -> float:
    return sum(node.height for node in nodes)


def _stacked(nodes: Iterable[Node], top: float, spare: float = 0) -> list[Node]:
    """Return the nodes below each other.

    :param top: the upper end of the first node.
    :param spare: the height that each node gets in addition to its own.
    """
    stacked = []
    for node in nodes:
        height = node.height + spare
        stacked.append(replace(node, y=top + height / 2))
        top += height
    return stacked


def _path_from_outside(start: float, end: float) -> str:
    """The curve from a start outside to a role at its right."""
    middle = (ORIGIN_RIGHT + BOX_LEFT) / 2
    begin = f"M{ORIGIN_RIGHT + ORIGIN_GAP} {start:g}"
    bends = f"C{middle:g} {start:g} {middle:g} {end:g}"
    return f"{begin}{bends} {BOX_LEFT - ARROW_GAP} {end:g}"


def _path_between_roles(start: float, end: float) -> str:
    """The curve from one role to another, to the right and back."""
    bend = MIN_BEND + BEND * abs(end - start)
    offset = LINE_OFFSET
    if end <= start:
        bend += UPWARD_BEND
        offset = -LINE_OFFSET
    right = BOX_RIGHT + min(bend, MAX_BEND)
    start_y, end_y = start + offset, end - offset
    bends = f"C{right:g} {start_y:g} {right:g} {end_y:g}"
    return f"M{BOX_RIGHT} {start_y:g}{bends} {BOX_RIGHT + ROLE_GAP} {end_y:g}"


def _skill_gap(move: RoleMove, profiles: Mapping[int, Profile]) -> SkillGap:
    """Compare what the roles at both ends of a move require.

    :param profiles: by the primary key of the role.
    """
    end = profiles[move.to_role_id]
    if move.from_role_id is None:
        return _skill_gap_from_outside(move, end)
    start = profiles[move.from_role_id]
    if not start or not end:
        return SkillGap(move, is_known=False)
    new, higher, ungraded = [], [], []
    for skill, requirement in end.items():
        if skill not in start:
            new.append(skill)
        elif is_higher(requirement, start[skill]):
            higher.append(skill)
        elif bool(requirement.rank) != bool(start[skill].rank):
            ungraded.append(skill)
    return SkillGap(move, new, higher, ungraded)


def _skill_gap_from_outside(move: RoleMove, end: Profile) -> SkillGap:
    required = {skill: row for skill, row in end.items() if not row.is_helpful}
    word = word_for_required(row.importance for row in required.values())
    return SkillGap(move, list(required), required_word=word, is_known=bool(end))
