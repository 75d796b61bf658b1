"""The page of one role."""

from roles.models import Role, RoleMove, SkillRequirement


class RolePage:
    """What the page of a role shows, apart from what other packages say about the role.

    Takes four queries.

    :param role: a role whose visibility the caller has checked.
    """

    def __init__(self, role: Role) -> None:
        self.role = role
        self.previous: Role | None
        self.next: Role | None
        family = Role.objects.filter(family=role.family)
        self.previous, self.next = family.neighbours(role, "position", "title", "id")
        requirements = SkillRequirement.objects.filter(role=role).shown_on(role)
        self.requirements = list(requirements.with_skills().with_ranks())
        moves_in = RoleMove.objects.filter(to_role=role).exclude(kind=RoleMove.Kind.RELATED)
        self.moves_in = list(moves_in.shown_on(role).select_related("from_role__collection"))
        self.moves_out: list[RoleMove] = []
        self.related: list[Role] = []
        self._load_moves_out()

    @property
    def is_on_career_map(self) -> bool:
        """Whether the career map shows a move of this role."""
        has_moves = bool(self.moves_in or self.moves_out)
        return has_moves and self.role.collection.is_home

    def _load_moves_out(self) -> None:
        moves = RoleMove.objects.filter(from_role=self.role).shown_on(self.role)
        for move in moves.select_related("to_role__collection"):
            if move.kind == RoleMove.Kind.RELATED:
                self.related.append(move.to_role)
            else:
                self.moves_out.append(move)
