"""The page of one skill."""

from django.db.models import Q, QuerySet

from skills.models import LearningResource, Skill
from skills.proficiencies import described_proficiencies


class SkillPage:
    """What the page of a skill shows, apart from what other packages say about the skill.

    Takes two queries, and one more when the template reads the learning resources.

    :param skill: a skill whose visibility the caller has checked.
    """

    def __init__(self, skill: Skill) -> None:
        self.skill = skill
        self.proficiencies = described_proficiencies(skill)
        self.previous: Skill | None = None
        self.next: Skill | None = None
        self.related: list[Skill] = []
        self._load_neighbors()

    @property
    def resources(self) -> QuerySet[LearningResource]:
        """Works from which the skill can be learned."""
        return LearningResource.objects.filter(skills=self.skill).shown_on(self.skill)

    def _load_neighbors(self) -> None:
        """Read the skills before and after this one in its group, and the related ones.

        One query reads all of them; a related skill may be the next one too.
        """
        group = Skill.objects.filter(group=self.skill.group)
        is_previous, is_next = group.is_beside(self.skill, "position", "title", "id")
        is_related = Q(pk__in=self.skill.related.values("pk"))
        visible = Skill.objects.shown_on(self.skill).filter(is_previous | is_next | is_related)
        rows = visible.order_by("title", "id").annotate(
            is_previous=is_previous, is_next=is_next, is_related=is_related
        )
        for row in rows:
            if row.is_previous:
                self.previous = row
            if row.is_next:
                self.next = row
            if row.is_related:
                self.related.append(row)
