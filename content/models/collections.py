"""Collections, and the base classes of their rows."""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, date, datetime, time
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, resolve, reverse

from content.base_models import ContentModel, Positioned, Status, StatusModel
from content.fields import LineField, MarkdownField, PastDateField, PlainTextField, SlugField
from content.licenses import License, license_of
from content.models.redirects import SlugHistoryMixin, TitleHistoryMixin
from content.querysets import CollectionItemQuerySet, PageRow

NOTE_AND_DAY = "A change note needs a date, and a date needs a change note."


class Collection(SlugHistoryMixin, StatusModel, Positioned):
    """A body of content with one publisher, license, version and attribution."""

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
    publisher = LineField(help_text="The person or organization that publishes it.")
    version = LineField(blank=True, help_text="The version as its publisher names it.")
    language = models.CharField(
        max_length=35, default="en", help_text="A BCP 47 language tag, such as en, en-US or ar."
    )
    license = LineField(help_text="SPDX identifier, such as CC-BY-4.0, or the name of the license.")
    license_url = models.URLField("license address", blank=True)
    attribution = PlainTextField(help_text="Shown on every page of this content.")
    modified = PlainTextField(
        "changes made here",
        blank=True,
        help_text=(
            "How this differs from the publisher's version. Shown on every page, as many "
            "licenses require."
        ),
    )
    notices = MarkdownField(
        blank=True, help_text="Trademark notices and other terms that apply to it."
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
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[PageRow] = ()) -> Q:
        is_published = super().own_visibility_q(prefix)
        if not pages:
            return is_published
        previewed = [page.collection.pk for page in pages]
        return is_published | Q(**{f"{prefix}pk__in": previewed})

    def is_published_itself(self, page: PageRow | None = None) -> bool:
        return super().is_published_itself() or (page is not None and self == page.collection)

    def get_absolute_url(self) -> str:
        return reverse("collection_detail", args=[self.slug])

    @property
    def terms(self) -> License:
        """The terms of its license."""
        return license_of(self.license)

    @property
    def redirect_scope(self) -> dict[str, int]:
        return {"collection_id": self.pk, "within": 0}

    def key_of(self, slug: str) -> str:
        """The key of the row of this collection with this slug."""
        return slug if self.is_home else f"{self.slug}:{slug}"


def refuse_reserved_slug(address: Callable[[], str], argument: str, slug: str) -> None:
    """Check that the address of a row is not that of another page.

    :param address: returns the address of the row, as if its collection were the portal's own.
    :param argument: the argument of the address that is the slug.
    :raises ValidationError: for the field `slug`, with the code ``reserved_slug``.
    """
    try:
        path = address()
    except NoReverseMatch:
        return  # the field refuses the slug
    if resolve(path).kwargs.get(argument) != slug:
        error = ValidationError(
            ("Another page of the portal uses this word. Choose another slug."),
            code="reserved_slug",
        )
        raise ValidationError({"slug": error})


class CollectionItem(ContentModel):
    """A row of a collection, addressed by its slug there."""

    visibility_parents: ClassVar[tuple[str, ...]] = ("collection",)

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
                violation_error_message="Another row of this collection has this slug.",
            ),
            models.UniqueConstraint(
                fields=["collection", "external_id"],
                condition=~Q(external_id=""),
                name="%(app_label)s_%(class)s_external_id_in_collection",
                violation_error_message="Another row of this collection has this external id.",
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
        if hasattr(self, "get_absolute_url"):
            # Applies to all collections, because any of them may become the portal's own.
            row = copy(self)
            row.collection = Collection(is_home=True)
            refuse_reserved_slug(row.get_absolute_url, "key", self.slug)


class Publishable(TitleHistoryMixin, StatusModel, CollectionItem):
    """A row of a collection with a publishing state, sources and a note on its last change."""

    featured = models.BooleanField(
        default=False, help_text="Shown on the first page and first in lists."
    )
    reviewed_on = PastDateField(null=True, blank=True, help_text="When someone last reviewed it.")
    change_note = LineField(blank=True, help_text="What changed last, in one sentence for readers.")
    noted_on = PastDateField(
        null=True, blank=True, help_text="The date of that change; later edits do not change it."
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
        """When a person last wrote it, or the day of its change note, whichever is later."""
        if self.noted_on is None:
            return self.edited_at
        noted = datetime.combine(self.noted_on, time(), UTC)
        return noted if self.edited_at is None else max(self.edited_at, noted)

    @classmethod
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[PageRow] = ()) -> Q:
        is_published = super().own_visibility_q(prefix)
        hidden = [page.collection for page in pages if not page.collection.is_published_itself()]
        if not hidden:
            return is_published
        is_in_hidden = Q(**{f"{prefix}collection__in": hidden})
        return is_published | (is_in_hidden & cls.not_archived_q(prefix))

    def is_published_itself(self, page: PageRow | None = None) -> bool:
        if super().is_published_itself():
            return True
        if page is None or page.collection.is_published_itself():
            return False
        return self.status != Status.ARCHIVED and self.collection == page.collection
