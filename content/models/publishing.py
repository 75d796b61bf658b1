"""Rows of a collection: owned ones, and those with a page and a publishing state of their own; former addresses."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from content.changes import recording
from content.fields import LineField, MarkdownField, PlainTextField, SlugField
from content.gate import Gated, Lifecycle
from content.models.collections import Collection
from content.querysets import OwnedQuerySet


class Owned(Gated):
    """A row of a collection, addressed by its slug there."""

    gate: ClassVar[tuple[str, ...]] = ("collection",)
    #: Slugs that would hide another page of the site.
    reserved_slugs: ClassVar[frozenset[str]] = frozenset()

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    title = LineField()
    slug = SlugField(help_text="The last part of the address.")
    summary = PlainTextField(blank=True, help_text="One or two plain sentences; shown in lists and search results.")
    external_id = LineField(blank=True, help_text="The identifier this has at its publisher, if it was imported.")
    extra = models.JSONField(
        default=dict, blank=True, help_text="What an import brought and no field holds; kept and given back."
    )

    objects = OwnedQuerySet.as_manager()

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
        """``slug`` in the portal's own collection, else ``collection:slug``; reads `self.collection`."""
        return self.collection.key_of(self.slug)

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": ValidationError("This word is taken by another page.", code="reserved_slug")}
            )


class Publishable(Lifecycle, Owned):
    """A row of a collection with a page, or a place on one, and a publishing state of its own."""

    featured = models.BooleanField(default=False, help_text="Shown on the first page and first in lists.")
    reviewed_on = models.DateField(null=True, blank=True, help_text="When somebody last read it with care.")
    sources = MarkdownField(blank=True, help_text="Where the facts come from, as a list.")

    _stored_slug: str | None

    class Meta:
        abstract = True
        ordering = ["title", "id"]
        constraints = [*Lifecycle.Meta.constraints, *Owned.Meta.constraints]

    @classmethod
    def own_q(cls, prefix: str, within: Lifecycle | None = None) -> Q:
        published = super().own_q(prefix)
        if within is None or within.is_open():
            return published
        return published | (Q(**{f"{prefix}collection": within}) & cls.alive_q(prefix))

    def is_open(self, within: Lifecycle | None = None) -> bool:
        if super().is_open() or within is None or within.is_open():
            return super().is_open()
        return self.is_alive and self.collection_id == within.pk

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Publishable":
        row = super().from_db(*args, **kwargs)
        row._stored_slug = row.__dict__.get("slug")
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A slug that was ever public leaves a redirect behind when it changes."""
        with recording():
            super().save(*args, **kwargs)
            stored = getattr(self, "_stored_slug", None)
            if stored and stored != self.slug and self.published_at:
                SlugRedirect.objects.remember(self, stored)
            self._stored_slug = self.slug


class SlugRedirectQuerySet(models.QuerySet):
    """Former slugs."""

    def remember(self, row: Publishable, old_slug: str) -> None:
        """Lead `old_slug` to `row`; the slug it has now needs no redirect any more."""
        place: dict[str, Any] = {"kind": row._meta.label_lower, "collection": row.collection}
        self.filter(**place, slug=row.slug).delete()
        self.update_or_create(**place, slug=old_slug, defaults={"object_id": row.pk})

    def target(self, model: type[Publishable], key: str) -> Publishable | None:
        """The published row that had this key before, if any."""
        collection, _, slug = key.rpartition(":")
        owner = Q(collection__slug=collection) if collection else Q(collection__is_home=True)
        former = self.filter(owner, kind=model._meta.label_lower, slug=slug)
        return model.objects.published().filter(pk__in=former.values("object_id")).first()


class SlugRedirect(models.Model):
    """A slug that a published row once had; its old address leads to the new one."""

    kind = LineField(help_text="The model, e.g. roles.role.")
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    slug = SlugField()
    object_id = models.PositiveBigIntegerField()

    objects = SlugRedirectQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "collection", "slug"],
                name="content_slugredirect_one_target",
                violation_error_message="This former address leads somewhere already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
