"""Rows of a collection: owned ones, and those with a page and a publishing state of their own."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from content.base_models import ContentModel, Status, StatusModel
from content.fields import LineField, MarkdownField, PlainTextField, SlugField
from content.models.collections import Collection
from content.models.redirects import TitleHistoryMixin
from content.querysets import CollectionItemQuerySet, Page

NOTE_AND_DAY = "A note on what changed has its day, and a day its note."


class CollectionItem(ContentModel):
    """A row of a collection, addressed by its slug there."""

    visibility_parents: ClassVar[tuple[str, ...]] = ("collection",)
    #: Slugs that would hide another page of the site.
    reserved_slugs: ClassVar[frozenset[str]] = frozenset()

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    title = LineField()
    slug = SlugField(help_text="The last part of the address.")
    summary = PlainTextField(
        blank=True, help_text="One or two plain sentences; shown in lists and search results."
    )
    external_id = LineField(
        blank=True, help_text="The identifier this has at its publisher, if it was imported."
    )

    objects = CollectionItemQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "slug"],
                name="%(app_label)s_%(class)s_slug_in_collection",
                violation_error_message="Another one in this collection has this slug.",
            ),
            models.UniqueConstraint(
                fields=["collection", "external_id"],
                condition=~Q(external_id=""),
                name="%(app_label)s_%(class)s_external_id_in_collection",
                violation_error_message="Another one in this collection has this external id.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """``slug`` in the portal's own collection, else ``collection:slug``.

        Reads `self.collection`.
        """
        return self.collection.key_of(self.slug)

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {
                    "slug": ValidationError(
                        "This word is taken by another page.", code="reserved_slug"
                    )
                }
            )


class Publishable(TitleHistoryMixin, StatusModel, CollectionItem):
    """A row of a collection with a page, or a place on one, and a publishing state of its own."""

    featured = models.BooleanField(
        default=False, help_text="Shown on the first page and first in lists."
    )
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="When somebody last read it with care."
    )
    change_note = LineField(blank=True, help_text="What changed last, in a sentence for readers.")
    noted_on = models.DateField(
        null=True, blank=True, help_text="The day of that change; no later edit moves it."
    )
    sources = MarkdownField(blank=True, help_text="Where the facts come from, as a list.")

    class Meta:
        abstract = True
        ordering = ["title", "id"]
        constraints = [
            *StatusModel.Meta.constraints,
            *CollectionItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(change_note="", noted_on=None)
                | (~Q(change_note="") & Q(noted_on__isnull=False)),
                name="%(app_label)s_%(class)s_note_has_date",
                violation_error_message=NOTE_AND_DAY,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if bool(self.change_note) != bool(self.noted_on):
            raise ValidationError(
                {"noted_on": ValidationError(NOTE_AND_DAY, code="note_without_day")}
            )

    def last_change(self) -> tuple[str, date | None]:
        """What changed last, and when."""
        return self.change_note, self.noted_on

    @property
    def changed_at(self) -> datetime | None:
        """When it was last written here, or what its note says, whichever is later."""
        noted = datetime.combine(self.noted_on, time(), UTC) if self.noted_on else None
        return max(filter(None, (self.edited_at, noted)), default=None)

    @classmethod
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[Page] = ()) -> Q:
        published = super().own_visibility_q(prefix)
        hidden = [page.collection for page in pages if not page.collection.is_published_itself()]
        return (
            published | (Q(**{f"{prefix}collection__in": hidden}) & cls.not_archived_q(prefix))
            if hidden
            else published
        )

    def is_published_itself(self, page: Page | None = None) -> bool:
        if super().is_published_itself() or page is None or page.collection.is_published_itself():
            return super().is_published_itself()
        return self.status != Status.ARCHIVED and self.collection == page.collection
