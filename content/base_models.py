"""The base classes of content: whether a row is public, and who may see one that is not.

A row is public if it is published itself and all rows that it stands on are public. This module has
no tables and knows no kind of content; `content.visibility` stores what follows from it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from content.change_tracking import dates_of_change, tracking_changes
from content.fields import JSONField, LineField, PositiveIntegerField
from content.querysets import ContentQuerySet, Page


class EditTimeField(models.DateTimeField):
    """When somebody last wrote a row, or a part of it; empty for what only imports have written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"null": True, "blank": True, "editable": False} | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        dates = dates_of_change()
        if self.attname in dates:
            setattr(model_instance, self.attname, dates[self.attname])
        return super().pre_save(model_instance, add)


class LiveField(models.BooleanField):
    """Whether visitors may see a row.

    Saving the row leaves this as it is stored: `content.visibility` alone writes it, and would not
    notice a change that had been written already.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": False, "editable": False} | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return False if add else F(self.attname)


class ContentModel(models.Model):
    """A row that visitors may see only if it, and all it stands on, is published."""

    #: Names of the relations this row stands on; an empty optional one does not count.
    visibility_parents: ClassVar[tuple[str, ...]] = ()
    #: Those of them whose own fields `own_visibility_q` reads.
    own_visibility_parents: ClassVar[tuple[str, ...]] = ()
    #: Names of the relations to the rows that this row is a part of. It has no page, and so no
    #: history for readers, of its own: whatever changes here is a change of theirs, dated there
    #: (`updated_at`), even if it is not published. What has a page (a level of a ladder, a skill
    #: that is required) is dated itself and dates nothing else.
    part_of: ClassVar[tuple[str, ...]] = ()

    #: Fields that visitors know a row by; saving it keeps the former ones, so they are not written
    #: past `save`.
    names: ClassVar[tuple[str, ...]] = ()

    #: Whether visitors may see it; kept right by `content.visibility`.
    is_live = LiveField()
    updated_at = models.DateTimeField(auto_now=True, editable=False)
    edited_at = EditTimeField()
    extra = JSONField(
        default=dict,
        blank=True,
        help_text="What an import brought and no field holds; kept and given back.",
    )

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        # Relations write through the base manager (`question.probes.add(…)`), and are to be noted
        # too.
        base_manager_name = "objects"

    @classmethod
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[Page] = ()) -> Q:
        """The condition on this row alone; see `shown_on_q`."""
        return Q()

    @classmethod
    def is_live_q(cls, *, ignoring: str = "") -> Q:
        """The condition that `is_live` stores, with what it says of the rows this one stands on.

        :param ignoring: the name of a relation that does not count.
        """
        condition = cls.own_visibility_q()
        for name, field in cls._parent_fields():
            if name != ignoring:
                condition &= _or_empty(Q(**{f"{name}__is_live": True}), name, field)
        return condition

    @classmethod
    def shown_on_q(cls, pages: Sequence[Page], prefix: str = "") -> Q:
        """The condition on rows that these pages show, whoever may see the pages.

        :param pages: rows whose visibility the caller has checked. Only editors see a page that is
            not live, and they see it as its readers will: with everything on it that needs only
            this page, or the collection it belongs to, to be published. Archived rows are not
            shown.
        :param prefix: the relation that leads to the rows, e.g. ``"skill__"``.
        """
        if all(page.is_live for page in pages):
            return Q(**{f"{prefix}is_live": True})
        condition = cls.own_visibility_q(prefix, pages)
        for name, field in cls._parent_fields():
            parent = field.related_model.shown_on_q(pages, f"{prefix}{name}__")
            condition &= _or_empty(parent, f"{prefix}{name}", field)
        if keys := [page.pk for page in pages if isinstance(page, cls)]:
            condition |= Q(**{f"{prefix}pk__in": keys})
        return condition

    @classmethod
    def _parent_fields(cls) -> list[tuple[str, Any]]:
        return [(name, cls._meta.get_field(name)) for name in cls.visibility_parents]

    @property
    def changed_at(self) -> datetime | None:
        """When it was last written by somebody, as far as is known."""
        return self.edited_at

    @property
    def withheld_fields(self) -> frozenset[str]:
        """Names of the fields of this row, published or not, that no page or public file says."""
        return frozenset()

    @classmethod
    def editable_by(cls, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Whether this user edits rows of this kind and so may preview what is not published."""
        return user.has_perm(f"{cls._meta.app_label}.change_{cls._meta.model_name}")  # type: ignore[union-attr]

    def is_shown_on(self, page: Page) -> bool:
        """The condition of `shown_on_q` for the row at hand."""
        if self.is_live or self == page:
            return True
        if page.is_live or not self.is_published_itself(page):
            return False
        parents = (getattr(self, name) for name in self.visibility_parents)
        return all(parent is None or parent.is_shown_on(page) for parent in parents)

    def is_published_itself(self, page: Page | None = None) -> bool:
        """The condition of `own_visibility_q` for the row at hand."""
        return True

    def unpublished_ancestors(self, called: str = "") -> "dict[ContentModel, str]":
        """What hides this row, as far as it is not published.

        That is the row itself (called nothing) and what it stands on.

        :param called: what this row is to the one that was asked first, e.g. *its collection*.
        """
        found: dict[ContentModel, str] = {} if self.is_published_itself() else {self: called}
        for name in self.visibility_parents:
            if parent := getattr(self, name):
                above = parent.unpublished_ancestors(
                    f"the {name} of {called}" if called else f"its {name}"
                )
                found |= {row: words for row, words in above.items() if row not in found}
        return found

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields:
            update_fields = {*update_fields, "updated_at", "edited_at"}
        with tracking_changes():
            super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with tracking_changes():
            return super().delete(*args, **kwargs)


def _or_empty(condition: Q, relation: str, field: Any) -> Q:
    return condition | Q(**{f"{relation}__isnull": True}) if field.null else condition


class Positioned(models.Model):
    """A row with a place among its siblings."""

    position = PositiveIntegerField(
        default=0, help_text="Smaller numbers come first; gaps are allowed."
    )

    class Meta:
        abstract = True


class Identified(models.Model):
    """A part of a row that a later load finds by the identifier its publisher gave it."""

    external_id = LineField(
        blank=True, help_text="The identifier this has at its publisher, if it was imported."
    )

    class Meta:
        abstract = True


class Status(models.TextChoices):
    """The life of a published thing."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


class StatusModel(ContentModel):
    """A row with a publishing state of its own."""

    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text=(
            "Only what is published can be seen by visitors. Archived things keep their history "
            "and their address."
        ),
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_date",
                violation_error_message="This is published without a date of publication.",
            ),
        ]

    @classmethod
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[Page] = ()) -> Q:
        return Q(**{f"{prefix}status": Status.PUBLISHED})

    @classmethod
    def not_archived_q(cls, prefix: str) -> Q:
        """The condition on rows that are published or may yet be."""
        return ~Q(**{f"{prefix}status": Status.ARCHIVED})

    def is_published_itself(self, page: Page | None = None) -> bool:
        return self.status == Status.PUBLISHED

    def clean(self) -> None:
        super().clean()
        self._stamp_publication()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._stamp_publication()
        super().save(*args, **kwargs)

    def _stamp_publication(self) -> None:
        """Set the date on first publication.

        Called from `clean` too: constraints are checked before `save`.
        """
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
