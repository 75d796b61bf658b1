"""What all content is made of: collections, owned and publishable rows, former addresses, the site's state."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse

from content.changes import recording
from content.fields import LineField, MarkdownField, PlainTextField
from content.gate import Gated, Lifecycle, Positioned
from content.querysets import OwnedQuerySet

validate_slug = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    "Use lower-case letters a–z, digits and single hyphens between them.",
    code="invalid_slug",
)


class Collection(Lifecycle, Positioned):
    """A body of content with one publisher, licence, version and attribution."""

    slug = models.SlugField(max_length=80, unique=True, validators=[validate_slug])
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
    attribution = PlainTextField(help_text="Shown wherever this content is shown, and written into every export.")
    notices = MarkdownField(blank=True, help_text="Trademark notices, share-alike terms, what was modified.")
    source_url = models.URLField("source address", blank=True)

    class Meta(Lifecycle.Meta):
        ordering = ["position", "title", "id"]
        constraints = [
            *Lifecycle.Meta.constraints,
            models.UniqueConstraint(fields=["is_home"], condition=Q(is_home=True), name="content_collection_one_home"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:collection_detail", args=[self.slug])

    def key_of(self, slug: str) -> str:
        """The key by which the row of this collection with this slug is addressed."""
        return slug if self.is_home else f"{self.slug}:{slug}"


class Owned(Gated):
    """A row of a collection, addressed by its slug there."""

    gate: ClassVar[tuple[str, ...]] = ("collection",)
    #: Slugs that would hide another page of the site.
    reserved_slugs: ClassVar[frozenset[str]] = frozenset()

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    title = LineField()
    slug = models.SlugField(max_length=80, validators=[validate_slug], help_text="The last part of the address.")
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
            models.UniqueConstraint(fields=["collection", "slug"], name="%(app_label)s_%(class)s_slug_in_collection"),
            models.UniqueConstraint(
                fields=["collection", "external_id"],
                condition=~Q(external_id=""),
                name="%(app_label)s_%(class)s_external_id_in_collection",
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
    slug = models.SlugField(max_length=80)
    object_id = models.PositiveBigIntegerField()

    objects = SlugRedirectQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "collection", "slug"], name="content_slugredirect_one_target"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class SiteVersionQuerySet(models.QuerySet):
    """The one row that counts changes."""

    def bump(self) -> None:
        """Raise the version. Its row lock makes concurrent writers follow up one after the other."""
        if not self.filter(pk=1).update(version=F("version") + 1):
            self.create(pk=1, version=1)


class SiteVersion(models.Model):
    """How often content has changed: what is stored under an older version is stale."""

    version = models.PositiveBigIntegerField(default=0)

    objects = SiteVersionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.version)


class SearchEntry(models.Model):
    """One published thing as the search sees it; written only by `content.search_index`."""

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    url = models.CharField(max_length=300)
    title = models.TextField()
    aliases = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="content_searchentry_one_per_row")]

    def __str__(self) -> str:
        return self.title


class SearchWordQuerySet(models.QuerySet):
    """The vocabulary of the search."""

    def learn(self, words: Iterable[str]) -> None:
        """Add those of these words that are new."""
        self.bulk_create([SearchWord(word=word) for word in sorted(words)], ignore_conflicts=True)

    def beginning(self, letters: str, *, limit: int) -> list[str]:
        """Words that begin with these letters, the shortest first."""
        words = self.filter(word__gte=letters, word__lt=f"{letters}\U0010ffff")
        return list(words.order_by(Length("word"), "word").values_list("word", flat=True)[:limit])


class SearchWord(models.Model):
    """A word of some entry, by which the search completes an unfinished word. Kept until the index is rebuilt."""

    word = models.CharField(max_length=40, unique=True)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
