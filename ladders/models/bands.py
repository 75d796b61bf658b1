"""The portal's own ranks, which compare levels of different ladders, and how sure that is."""

from django.core.exceptions import ValidationError
from django.db import models

from content.base_models import ContentModel, Positioned
from content.fields import LineField, PlainTextField, SlugField


class Confidence(models.TextChoices):
    """How sure a statement about somebody else's ladder is."""

    HIGH = "high", "High: published by the organisation"
    MEDIUM = "medium", "Medium: many reports, or one from inside"
    LOW = "low", "Low: few reports"


class Relation(models.TextChoices):
    """How a level lies to the band it is mapped to.

    Hardly two ladders cut the same road at the same places.
    """

    EXACT = "exact", "The same as the band"
    NARROWER = "narrower", "A part of the band"
    BROADER = "broader", "Wider than the band"
    OVERLAPS = "overlaps", "Overlaps the band"


class Band(ContentModel, Positioned):
    """The portal's own reference rank, which compares levels of different ladders approximately."""

    slug = SlugField(unique=True, error_messages={"unique": "Another band has this slug."})
    title = LineField()
    summary = PlainTextField(blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


def bands_in_words(lowest: Band | None, highest: Band | None) -> str:
    """From the one to the other; the one, if they are the same or one is open.

    Empty if both are.
    """
    return " to ".join(dict.fromkeys(band.title for band in (lowest, highest) if band))


def refuse_reversed_bands(lowest: Band | None, highest: Band | None) -> None:
    """The highest band, in `band_to`, is not below the lowest; either may be open."""
    if lowest and highest and highest.position < lowest.position:
        error = ValidationError("The bands end below where they begin.", code="reversed_bands")
        raise ValidationError({"band_to": error})
