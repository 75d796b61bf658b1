"""Former names: what visitors ever knew a row by still leads to it, by address and search."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet

from content.base_models import ContentModel
from content.change_tracking import tracking_changes
from content.fields import LineField, PlainTextField, SlugField


class SlugHistoryMixin(ContentModel):
    """A row with an address.

    A slug that was ever public leaves a redirect behind when it is saved with another.
    """

    names: ClassVar[tuple[str, ...]] = ("slug",)

    class Meta:
        abstract = True

    @property
    def was_ever_published(self) -> bool:
        """Whether visitors ever knew it."""
        return bool(self.published_at)  # type: ignore[attr-defined]

    @property
    def place(self) -> dict[str, int]:
        """Where its slug is its own (see `SlugRedirect`)."""
        return {"collection_id": self.collection_id, "within": 0}  # type: ignore[attr-defined]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        with tracking_changes():
            written = {*(self.names if update_fields is None else update_fields)}
            former = self.stored() if written & {*self.names} else None
            if former:
                self.remember(former, written)
            super().save(*args, update_fields=update_fields, **kwargs)

    def stored(self) -> Self | None:
        """This row as the database has it."""
        return type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None

    def remember(self, former: Self, written: Iterable[str]) -> set[str]:
        """Keep the names it had, to be saved with the row.

        :param former: an earlier state of this row.
        :param written: the fields that may differ from it.
        :returns: the fields by which visitors knew it otherwise.
        """
        changed = {
            name
            for name in {*self.names} & {*written}
            if getattr(self, name) != getattr(former, name)
        }
        if not changed or not former.was_ever_published:
            return set()
        if "slug" in changed:
            SlugRedirect.objects.remember(self, former.slug)  # type: ignore[attr-defined]
        return changed


class TitleHistoryMixin(SlugHistoryMixin):
    """A row that the search finds by the titles it had since it was first published as well."""

    names: ClassVar[tuple[str, ...]] = ("slug", "title")

    former_titles = PlainTextField(
        blank=True,
        help_text=(
            "Titles it had since it was first published, one a line. Each is added when the title "
            "changes, is found by the search and shown on no page; take out what was a mistake."
        ),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None and {*self.names} & {*update_fields}:
            update_fields = {*update_fields, "former_titles"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def remember(self, former: Self, written: Iterable[str]) -> set[str]:
        changed = super().remember(former, written)
        if changed - {"slug"}:
            self.add_former_titles(str(former))
        return changed

    def add_former_titles(self, *titles: str) -> None:
        """Add what is new among these; the title it has now is not a former one."""
        known = dict.fromkeys([*self.former_titles.splitlines(), *titles])
        self.former_titles = "\n".join(title for title in known if title != str(self))


class SlugRedirectQuerySet(models.QuerySet):
    """Former slugs."""

    def remember(self, row: SlugHistoryMixin, old_slug: str) -> None:
        """Lead `old_slug` to `row`; the slug it has now needs no redirect any more."""
        place: dict[str, Any] = {"kind": row._meta.label_lower} | row.place
        self.filter(**place, slug=row.slug).delete()  # type: ignore[attr-defined]
        self.update_or_create(**place, slug=old_slug, defaults={"object_id": row.pk})

    def keys(self, model: type[SlugHistoryMixin], slug: str, **place: Any) -> "QuerySet[Any, Any]":
        """The rows of this model that had this slug there."""
        return self.filter(kind=model._meta.label_lower, slug=slug, **place).values("object_id")

    def target(self, model: Any, key: str) -> Any:
        """The published row that had this key before, if any.

        The key holds a former slug of its own, or of its collection.
        """
        collection, _, slug = key.rpartition(":")
        owners = model._meta.get_field("collection").related_model.objects
        renamed = owners.filter(pk__in=self.keys(owners.model, collection))
        owner = (
            owners.filter(slug=collection) | renamed if collection else owners.filter(is_home=True)
        )
        former = Q(pk__in=self.keys(model, slug, collection__in=owner))
        return (
            model.objects.published().filter(former | Q(slug=slug, collection__in=renamed)).first()
        )


class SlugRedirect(models.Model):
    """A slug that a published row once had; its old address leads to the new one."""

    kind = LineField(help_text="The model, e.g. roles.role.")
    collection = models.ForeignKey("content.Collection", on_delete=models.CASCADE, related_name="+")
    within = models.PositiveBigIntegerField(
        default=0,
        help_text=(
            "What it is a part of, e.g. the ladder of a level; 0 if its collection alone owns it."
        ),
    )
    slug = SlugField()
    object_id = models.PositiveBigIntegerField()

    objects = SlugRedirectQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "collection", "within", "slug"],
                name="content_slugredirect_one_target",
                violation_error_message="This former address leads somewhere already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
