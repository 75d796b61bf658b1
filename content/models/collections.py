"""Collections: who publishes a body of content, under which licence."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.urls import reverse

from content.base_models import Positioned, StatusModel
from content.fields import LineField, MarkdownField, PlainTextField, SlugField
from content.licences import Licence, licence_of
from content.models.redirects import SlugHistoryMixin
from content.querysets import Page


class Collection(SlugHistoryMixin, StatusModel, Positioned):
    """A body of content with one publisher, licence, version and attribution."""

    slug = SlugField(unique=True, error_messages={"unique": "Another collection has this slug."})
    title = LineField()
    summary = PlainTextField(
        blank=True, help_text="What this collection is, in one or two sentences."
    )
    is_home = models.BooleanField(
        "the portal's own",
        default=False,
        help_text="Exactly one collection is the portal's own; its pages have the short addresses.",
    )
    publisher = LineField(help_text="The person or organisation that publishes it.")
    version = LineField(blank=True, help_text="The version as its publisher names it.")
    language = models.CharField(
        max_length=35, default="en", help_text="BCP 47, e.g. en, en-GB, ar."
    )
    licence = LineField(help_text="SPDX identifier, e.g. CC-BY-4.0, or the licence's name.")
    licence_url = models.URLField("licence address", blank=True)
    attribution = PlainTextField(help_text="Shown on every page of this content.")
    modified = PlainTextField(
        "what was changed",
        blank=True,
        help_text=(
            "What differs here from what its publisher offers. Shown on every page, as many "
            "licences ask for."
        ),
    )
    notices = MarkdownField(
        blank=True, help_text="Trademark notices and other terms that travel with it."
    )
    source_url = models.URLField("source address", blank=True)

    class Meta(StatusModel.Meta):
        ordering = ["position", "title", "id"]
        constraints = [
            *StatusModel.Meta.constraints,
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
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[Page] = ()) -> Q:
        previewed = [page.collection.pk for page in pages]
        return (
            super().own_visibility_q(prefix) | Q(**{f"{prefix}pk__in": previewed})
            if pages
            else super().own_visibility_q(prefix)
        )

    def is_published_itself(self, page: Page | None = None) -> bool:
        return super().is_published_itself() or (page is not None and self == page.collection)

    def get_absolute_url(self) -> str:
        return reverse("collection_detail", args=[self.slug])

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
