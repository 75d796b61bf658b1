"""Career ladders."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from content.base_models import Positioned
from content.fields import LineField, MarkdownField, StatedField
from content.models import Publishable
from content.querysets import CollectionItemQuerySet
from ladders.models.bands import Confidence
from roles.models import Role
from search.index import Searchable


class LadderQuerySet(CollectionItemQuerySet):
    """Ladders."""

    def for_role(self, role: Role) -> "LadderQuerySet":
        """The ladders that serve this role, as their own or among others."""
        return self.filter(Q(role=role) | Q(pk__in=role.shared_ladders.values("pk")))

    def without_reference(self) -> "LadderQuerySet":
        """All but the portal's own reference ladders."""
        return self.exclude(organisation="", collection__is_home=True)


class Ladder(Publishable, Positioned, Searchable):
    """An ordered career ladder of one role at one organisation, or a reference ladder."""

    class Rule(models.TextChoices):
        """How its publisher decides whether somebody is at a level."""

        PER_SKILL = "per_skill", "Every skill at its proficiency"
        POINTS = "points", "Points over all skills"
        JUDGEMENT = "judgement", "Judgement over the whole"

    search_kind = "ladder"
    search_list = "ladders:ladder_list"

    role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.SET_NULL, related_name="ladders"
    )
    other_roles = models.ManyToManyField(
        Role,
        blank=True,
        related_name="shared_ladders",
        help_text="Further roles that this ladder serves.",
    )
    organisation = LineField(
        blank=True, help_text="Whose ladder it is; empty for a reference ladder."
    )
    source_url = models.URLField("source address", blank=True, max_length=500)
    observed_on = models.DateField(
        null=True, blank=True, help_text="When it was read at its source."
    )
    confidence = StatedField(max_length=10, choices=Confidence)
    rule = StatedField(max_length=10, choices=Rule)
    body = MarkdownField(blank=True, help_text="How to read this ladder.")

    objects = LadderQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["position", "title", "id"]

    def get_absolute_url(self) -> str:
        return reverse("ladders:ladder_detail", args=[self.key])

    @property
    def is_reference(self) -> bool:
        """Whether it is one of the portal's own ladders, which define the bands."""
        return not self.organisation and self.collection.is_home

    @property
    def is_published_by_owner(self) -> bool:
        """Whether its organization published it, rather than others who report of it."""
        is_of_publisher = not self.organisation and not self.collection.is_home
        return self.confidence == Confidence.HIGH or (is_of_publisher and not self.confidence)

    @property
    def owner_name(self) -> str:
        """Whose ladder it is: the organization's, else the publisher's of its collection."""
        return self.organisation or (
            "Reference ladder" if self.is_reference else self.collection.publisher
        )

    def search_aliases(self) -> str:
        return self.organisation

    def search_body(self) -> str:
        return self.body
