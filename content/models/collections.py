"""Collections: who publishes a body of content, under which licence."""

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.urls import reverse

from content.fields import LineField, MarkdownField, PlainTextField, SlugField
from content.gate import Lifecycle, Positioned, Status
from content.licences import Licence, licence_of
from content.models.former_names import Renamable

#: Their keys, as SQL that costs nothing to build: it stands in nearly every query.
PUBLISHED_COLLECTIONS = RawSQL("SELECT id FROM content_collection WHERE status = %s", [Status.PUBLISHED])


class Collection(Renamable, Lifecycle, Positioned):
    """A body of content with one publisher, licence, version and attribution."""

    slug = SlugField(unique=True, error_messages={"unique": "Another collection has this slug."})
    title = LineField()
    summary = PlainTextField(blank=True, help_text="What this collection is, in one or two sentences.")
    is_home = models.BooleanField(
        "the portal's own",
        default=False,
        help_text="Exactly one collection is the portal's own; its pages have the short addresses.",
    )
    publisher = LineField(help_text="The person or organisation that publishes it.")
    version = LineField(blank=True, help_text="The version as its publisher names it.")
    language = models.CharField(max_length=35, default="en", help_text="BCP 47, e.g. en, en-GB, ar.")
    licence = LineField(help_text="SPDX identifier, e.g. CC-BY-4.0, or the licence's name.")
    licence_url = models.URLField("licence address", blank=True)
    attribution = PlainTextField(help_text="Shown on every page of this content.")
    modified = PlainTextField(
        "what was changed",
        blank=True,
        help_text="What differs here from what its publisher offers. Shown on every page, as many licences ask for.",
    )
    notices = MarkdownField(blank=True, help_text="Trademark notices and other terms that travel with it.")
    source_url = models.URLField("source address", blank=True)

    class Meta(Lifecycle.Meta):
        ordering = ["position", "title", "id"]
        constraints = [
            *Lifecycle.Meta.constraints,
            models.UniqueConstraint(
                fields=["is_home"],
                condition=Q(is_home=True),
                name="content_collection_one_home",
                violation_error_message="Another collection is the portal's own: only one can be.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def behind_q(cls, relation: str, within: Lifecycle | None = None) -> Q:
        """Asked apart: joined, SQLite would begin with the few collections and sort all their rows for one page."""
        published = Q(**{f"{relation}__in": PUBLISHED_COLLECTIONS})
        return published if within is None or within.is_open() else published | Q(**{relation: within})

    def is_open(self, within: Lifecycle | None = None) -> bool:
        return super().is_open() or self == within

    def get_absolute_url(self) -> str:
        return reverse("content:collection_detail", args=[self.slug])

    @property
    def terms(self) -> Licence:
        """What its licence asks for."""
        return licence_of(self.licence)

    @property
    def place(self) -> dict[str, int]:
        return {"collection_id": self.pk, "within": 0}

    def key_of(self, slug: str) -> str:
        """The key by which the row of this collection with this slug is addressed."""
        return slug if self.is_home else f"{self.slug}:{slug}"
