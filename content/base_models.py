"""The base classes of content: whether a row is public, and who may see one that is not.

A row is public if it is published itself and all rows that it depends on are public. This module
defines no tables and knows no kind of content. `content.visibility` stores the result.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from content import Untyped
from content.change_tracking import ForeignKeyField, dates_of_change, foreign_keys, tracking_changes
from content.fields import JSONField, LineField, PositiveIntegerField
from content.querysets import ContentQuerySet, PageRow


class EditTimeField(models.DateTimeField):
    """When a person last wrote a row or part of it; empty if only imports have written it."""

    def __init__(self, **kwargs: Untyped) -> None:
        super().__init__(**{"null": True, "blank": True, "editable": False, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        dates = dates_of_change()
        if self.attname in dates:
            setattr(model_instance, self.attname, dates[self.attname])
        return super().pre_save(model_instance, add)


class LiveField(models.BooleanField):
    """Whether visitors may see a row.

    Saving a row does not change the stored value. Only `content.visibility` writes it: otherwise it
    would not notice that the value has changed.
    """

    def __init__(self, **kwargs: Untyped) -> None:
        super().__init__(**{"default": False, "editable": False, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        return False if add else F(self.attname)


class ContentModel(models.Model):
    """A row that visitors may see only if it and all rows that it depends on are published."""

    #: Names of the foreign keys to the rows this one depends on. An empty optional one does not
    #: count.
    visibility_parents: ClassVar[tuple[str, ...]] = ()
    #: Those of them whose own fields `own_visibility_q` reads.
    own_visibility_parents: ClassVar[tuple[str, ...]] = ()
    #: Names of the foreign keys to the rows that this row is part of. It has no page of its own,
    #: so every change of it, published or not, counts as a change of these rows and sets their
    #: `updated_at`. A row with a page, such as a level of a ladder, has dates of its own.
    updated_parents: ClassVar[tuple[str, ...]] = ()
    #: Fields that visitors know a row by. Their former values are recorded by `save`, so they can
    #: only be written by `save`.
    name_fields: ClassVar[tuple[str, ...]] = ()

    #: Whether visitors may see it, as stored by `content.visibility`.
    is_live = LiveField()
    updated_at = models.DateTimeField(auto_now=True, editable=False)
    edited_at = EditTimeField()
    extra = JSONField(
        default=dict,
        blank=True,
        help_text="Unmapped columns of an import; stored and written again by an export.",
    )

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        # Relations write through the base manager (`question.probes.add(…)`). Those writes are
        # tracked too.
        base_manager_name = "objects"

    @classmethod
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[PageRow] = ()) -> Q:
        """The condition on this row alone; see `shown_on_q`."""
        return Q()

    @classmethod
    def is_live_q(cls, *, ignoring: str = "") -> Q:
        """The condition that `is_live` stores, with `is_live` of the rows this one depends on.

        :param ignoring: the name of a foreign key that does not count.
        """
        condition = cls.own_visibility_q()
        for field in foreign_keys(cls, cls.visibility_parents):
            if field.name != ignoring:
                is_parent_live = Q(**{f"{field.name}__is_live": True})
                condition &= _or_empty(is_parent_live, field.name, field)
        return condition

    @classmethod
    def shown_on_q(cls, pages: Sequence[PageRow], prefix: str = "") -> Q:
        """The condition on rows that these pages show, whoever may see the pages.

        Only editors see a page that is not live, and they see it as its readers will: with
        everything on it that only needs this page, or the collection it belongs to, to be
        published. Archived rows are not shown.

        :param pages: rows whose visibility the caller has checked.
        :param prefix: the lookup that leads to the rows, e.g. ``"skill__"``.
        """
        if all(page.is_live for page in pages):
            return Q(**{f"{prefix}is_live": True})
        condition = cls.own_visibility_q(prefix, pages)
        for field in foreign_keys(cls, cls.visibility_parents):
            lookup = f"{prefix}{field.name}"
            parent_condition = field.related_model.shown_on_q(pages, f"{lookup}__")
            condition &= _or_empty(parent_condition, lookup, field)
        keys = [page.pk for page in pages if isinstance(page, cls)]
        if keys:
            condition |= Q(**{f"{prefix}pk__in": keys})
        return condition

    @property
    def changed_at(self) -> datetime | None:
        """When a person last wrote it; None if unknown."""
        return self.edited_at

    @property
    def withheld_fields(self) -> frozenset[str]:
        """Names of the fields that no page or public file shows, even if the row is public."""
        return frozenset()

    @classmethod
    def editable_by(cls, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Whether this user may change rows of this model, and so may preview unpublished ones."""
        permission = f"{cls._meta.app_label}.change_{cls._meta.model_name}"
        return user.has_perm(permission)  # type: ignore[union-attr]

    def is_shown_on(self, page: PageRow) -> bool:
        """The condition of `shown_on_q` for this instance and one page."""
        if self.is_live or self == page:
            return True
        if page.is_live or not self.is_published_itself(page):
            return False
        for name in self.visibility_parents:
            parent = getattr(self, name)
            if parent is not None and not parent.is_shown_on(page):
                return False
        return True

    def is_published_itself(self, page: PageRow | None = None) -> bool:
        """The condition of `own_visibility_q` for this instance."""
        return True

    def unpublished_ancestors(self, description: str = "") -> "dict[ContentModel, str]":
        """The rows that hide this one: itself and those it depends on, if they are not published.

        :param description: what this row is to the first one, e.g. *its collection*; empty for the
            first one itself.
        :returns: the descriptions by row.
        """
        rows: dict[ContentModel, str] = {}
        if not self.is_published_itself():
            rows[self] = description
        for name in self.visibility_parents:
            parent = getattr(self, name)
            if parent is None:
                continue
            parent_description = f"the {name} of {description}" if description else f"its {name}"
            for row, row_description in parent.unpublished_ancestors(parent_description).items():
                rows.setdefault(row, row_description)
        return rows

    def save(
        self, *args: Untyped, update_fields: Iterable[str] | None = None, **kwargs: Untyped
    ) -> None:
        if update_fields:
            update_fields = {*update_fields, "updated_at", "edited_at"}
        with tracking_changes():
            super().save(*args, update_fields=update_fields, **kwargs)

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        with tracking_changes():
            return super().delete(using, keep_parents)


def _or_empty(condition: Q, lookup: str, field: ForeignKeyField) -> Q:
    """The condition, or an empty foreign key if it may be empty."""
    if not field.null:
        return condition
    return condition | Q(**{f"{lookup}__isnull": True})


class Positioned(models.Model):
    """A row with a position among its siblings."""

    position = PositiveIntegerField(
        default=0, help_text="Smaller numbers come first; gaps are allowed."
    )

    class Meta:
        abstract = True


class Identified(models.Model):
    """A part of a row that a later import recognizes by the identifier of its publisher."""

    external_id = LineField(
        blank=True, help_text="The identifier this has at its publisher, if it was imported."
    )

    class Meta:
        abstract = True


class Status(models.TextChoices):
    """The publishing state of a row."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


class StatusModel(ContentModel):
    """A row with its own publishing state, set in `status`."""

    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text=(
            "Visitors see only what is published; all other addresses answer “Page not found”. "
            "Archived content keeps its history, and its address for when it is published again."
        ),
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_date",
                violation_error_message="This is published but has no publication date.",
            ),
        ]

    @classmethod
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[PageRow] = ()) -> Q:
        return Q(**{f"{prefix}status": Status.PUBLISHED})

    @classmethod
    def not_archived_q(cls, prefix: str) -> Q:
        """The condition on rows that are published or may still be published."""
        return ~Q(**{f"{prefix}status": Status.ARCHIVED})

    def is_published_itself(self, page: PageRow | None = None) -> bool:
        return self.status == Status.PUBLISHED

    def clean(self) -> None:
        super().clean()
        self._set_publication_time()

    def save(self, *args: Untyped, **kwargs: Untyped) -> None:
        self._set_publication_time()
        super().save(*args, **kwargs)

    def _set_publication_time(self) -> None:
        """Set the time of first publication.

        `clean` needs it too, because constraints are checked before `save`.
        """
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
