"""Former slugs and titles: they still lead to a row, by address and by search."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet

from content import Row, Untyped
from content.base_models import ContentModel
from content.change_tracking import tracking_changes
from content.fields import LineField, NameListField, SlugField


class SlugHistoryMixin(ContentModel):
    """A row with an address. If its slug changes after publication, the old one redirects to it."""

    name_fields: ClassVar[tuple[str, ...]] = ("slug",)

    class Meta:
        abstract = True

    @property
    def was_ever_published(self) -> bool:
        """Whether visitors ever knew it."""
        return bool(self.published_at)  # type: ignore[attr-defined]

    @property
    def redirect_scope(self) -> dict[str, int]:
        """The fields of `SlugRedirect` that say within what its slug is unique."""
        return {"collection_id": self.collection_id, "within": 0}  # type: ignore[attr-defined]

    def save(
        self, *args: object, update_fields: Iterable[str] | None = None, **kwargs: object
    ) -> None:
        names = self.name_fields
        if update_fields is not None:
            names = tuple(set(names).intersection(update_fields))
        with tracking_changes():
            stored = self.stored_row() if names else None
            if stored is not None:
                self.record_former_names(stored, names)
            super().save(*args, update_fields=update_fields, **kwargs)

    def stored_row(self) -> Self | None:
        """This row as it is stored in the database."""
        return type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None

    def record_former_names(self, former: Self, names: Iterable[str]) -> set[str]:
        """Record the names that visitors knew this row by. The caller saves the row.

        :param former: an earlier state of this row.
        :param names: those of the `name_fields` that may differ from it.
        :returns: those that differ and were public.
        """
        if not former.was_ever_published:
            return set()
        changed = {name for name in names if getattr(self, name) != getattr(former, name)}
        if "slug" in changed:
            SlugRedirect.objects.add_redirect(self, former.slug)  # type: ignore[attr-defined]
        return changed


class TitleHistoryMixin(SlugHistoryMixin):
    """A row that the search also finds by the titles it has had since its first publication."""

    name_fields: ClassVar[tuple[str, ...]] = ("slug", "title")

    former_titles = NameListField(
        blank=True,
        help_text=(
            "Earlier titles since it was first published, one per line. They are added when the "
            "title changes. The search finds them, but no page shows them. Remove any that were "
            "a mistake."
        ),
    )

    class Meta:
        abstract = True

    def save(
        self, *args: object, update_fields: Iterable[str] | None = None, **kwargs: object
    ) -> None:
        if update_fields is not None and set(self.name_fields).intersection(update_fields):
            update_fields = {*update_fields, "former_titles"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def record_former_names(self, former: Self, names: Iterable[str]) -> set[str]:
        changed = super().record_former_names(former, names)
        if changed - {"slug"}:
            self.add_former_titles(str(former))
        return changed

    def add_former_titles(self, *titles: str) -> None:
        """Add those of these titles that are new and not the current one."""
        known = dict.fromkeys([*self.former_titles.splitlines(), *titles])
        self.former_titles = "\n".join(title for title in known if title != str(self))


class SlugRedirectQuerySet(models.QuerySet):
    """Former slugs."""

    def add_redirect(self, row: SlugHistoryMixin, former_slug: str) -> None:
        """Redirect the former slug to the row, and delete the redirect of its current slug."""
        scope: dict[str, Untyped] = {"kind": row._meta.label_lower, **row.redirect_scope}
        self.filter(**scope, slug=row.slug).delete()  # type: ignore[attr-defined]
        self.update_or_create(**scope, slug=former_slug, defaults={"object_id": row.pk})

    def keys(self, model: type[SlugHistoryMixin], slug: str, **scope: object) -> QuerySet:
        """The primary keys of the rows of this model that had this slug in this scope."""
        return self.filter(kind=model._meta.label_lower, slug=slug, **scope).values("object_id")

    def target(self, model: type[Row], key: str) -> Row | None:
        """The published row that had this key before, if any.

        The key has a former slug of the row, or of its collection, or of both.
        """
        collection_slug, _, slug = key.rpartition(":")
        collections = model._meta.get_field("collection").related_model.objects
        renamed = collections.filter(pk__in=self.keys(collections.model, collection_slug))
        if collection_slug:
            owners = collections.filter(slug=collection_slug) | renamed
        else:
            owners = collections.filter(is_home=True)
        had_slug = Q(pk__in=self.keys(model, slug, collection__in=owners))
        is_in_renamed = Q(slug=slug, collection__in=renamed)
        return model.objects.published().filter(had_slug | is_in_renamed).first()


class SlugRedirect(models.Model):
    """A slug that a published row once had; its old address leads to the new one."""

    kind = LineField(help_text="The model, such as roles.role.")
    collection = models.ForeignKey("content.Collection", on_delete=models.CASCADE, related_name="+")
    within = models.PositiveBigIntegerField(
        default=0,
        help_text=(
            "The id of its parent, such as the ladder of a level; 0 if it belongs only to its "
            "collection."
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
                violation_error_message="This former address already redirects somewhere.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
