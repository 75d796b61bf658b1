"""Career ladders, and the bands by which levels of different ladders are compared."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from content.base_models import ContentModel, Positioned
from content.fields import (
    LineField,
    MarkdownField,
    PastDateField,
    PlainTextField,
    SlugField,
    StatedField,
)
from content.former_spellings import VALUES as FORMER_VALUES
from content.models import Publishable
from content.querysets import CollectionItemQuerySet
from roles.models import Role
from search.index import Searchable


class Confidence(models.TextChoices):
    """How reliable a statement about the ladder of another organization is."""

    HIGH = "high", "High: published by the organization"
    MEDIUM = "medium", "Medium: multiple self-reports, or one insider source"
    LOW = "low", "Low: few reports"


class BandConfidence(models.TextChoices):
    """How reliable the band of a level is."""

    HIGH = "high", "High: clear evidence for this band"
    MEDIUM = "medium", "Medium: some evidence for this band"
    LOW = "low", "Low: little evidence for this band"


class Relation(models.TextChoices):
    """How the range of a level compares with the band it is mapped to."""

    EXACT = "exact", "Matches the band"
    NARROWER = "narrower", "Part of the band"
    BROADER = "broader", "Wider than the band"
    OVERLAPS = "overlaps", "Overlaps the band"


class Band(ContentModel, Positioned):
    """The portal's own rank, by which levels of different ladders are compared approximately."""

    slug = SlugField(unique=True, error_messages={"unique": "Another band has this slug."})
    title = LineField()
    summary = PlainTextField(blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def rank_key(self) -> tuple[int, int]:
        """What orders it among all bands; several may have the same position."""
        return self.position, self.pk


def refuse_reversed_bands(lowest: Band | None, highest: Band | None) -> None:
    """Check that the highest band is not below the lowest; either may be empty.

    :raises ValidationError: for the field `band_to`, with the code ``reversed_bands``.
    """
    if lowest and highest and highest.rank_key < lowest.rank_key:
        error = ValidationError("The highest band is below the lowest band.", code="reversed_bands")
        raise ValidationError({"band_to": error})


class LadderQuerySet(CollectionItemQuerySet):
    """Ladders with the choices that lists of ladders need."""

    def for_role(self, role: Role) -> "LadderQuerySet":
        """The ladders of this role, and those that it shares with other roles."""
        return self.filter(Q(role=role) | Q(pk__in=role.shared_ladders.values("pk")))

    def without_reference(self) -> "LadderQuerySet":
        """All but the portal's own reference ladders."""
        return self.exclude(organization="", collection__is_home=True)


class Ladder(Publishable, Positioned, Searchable):
    """An ordered career ladder at one organization, or a reference ladder of the portal."""

    class Rule(models.TextChoices):
        """How its publisher decides whether someone is at a level."""

        PER_SKILL = "per_skill", "Every skill at its proficiency"
        POINTS = "points", "Points across all skills"
        JUDGMENT = "judgment", "Overall judgment"

    search_kind = "ladder"
    search_list = "ladders:ladder_list"

    role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.SET_NULL, related_name="ladders"
    )
    other_roles = models.ManyToManyField(
        Role,
        blank=True,
        related_name="shared_ladders",
        help_text="Other roles that this ladder covers.",
    )
    organization = LineField(
        blank=True,
        help_text="The organization that uses the ladder. Leave blank for a reference ladder.",
    )
    source_url = models.URLField("source address", blank=True, max_length=500)
    observed_on = PastDateField(null=True, blank=True, help_text="When it was read at its source.")
    confidence = StatedField(max_length=10, choices=Confidence)
    rule = StatedField(max_length=10, choices=Rule, renamed_values=FORMER_VALUES)
    body = MarkdownField(blank=True, help_text="How to read this ladder.")

    objects = LadderQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["position", "title", "id"]

    def get_absolute_url(self) -> str:
        return reverse("ladders:ladder_detail", args=[self.key])

    @property
    def is_reference(self) -> bool:
        """Whether it is a ladder of the portal itself, without an organization."""
        return not self.organization and self.collection.is_home

    @property
    def is_published_by_owner(self) -> bool:
        """Whether its organization published it, rather than others who report about it."""
        if self.confidence:
            return self.confidence == Confidence.HIGH
        return not self.organization and not self.collection.is_home

    @property
    def owner_name(self) -> str:
        """The organization of the ladder, or else the publisher of its collection."""
        if self.is_reference:
            return "Reference ladder"
        return self.organization or self.collection.publisher

    def search_aliases(self) -> str:
        return self.organization

    def search_body(self) -> str:
        return self.body
