"""Records about content: loads of packs, links lost by deletions, and the version of the site."""

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone
from reversion.models import Revision

from content.fields import LineField
from content.models.collections import Collection


class ContentImportQuerySet(models.QuerySet):
    """Imports."""

    def for_readers(self) -> "ContentImportQuerySet":
        """Imports that changed something for visitors; the others have no note."""
        return self.exclude(note="")


class ContentImport(models.Model):
    """One import that wrote something into a collection, for readers and editors."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="imports")
    version = LineField(blank=True)
    imported_at = models.DateTimeField(default=timezone.now)
    note = LineField(help_text="What it changed, in one sentence for readers.")
    origin = LineField(
        blank=True, help_text="Where it came from: the file, and who or what imported it."
    )
    details = models.TextField(
        blank=True, help_text="How many rows of each table it created, changed and retired."
    )

    objects = ContentImportQuerySet.as_manager()

    class Meta:
        ordering = ["-imported_at", "-id"]

    def __str__(self) -> str:
        return f"{self.collection} {self.version}".strip()


class LoadedRow(models.Model):
    """One row of a pack as the last load stored it, so that the next load notices later edits."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=400)
    object_id = models.PositiveBigIntegerField()
    #: The columns that packs had at that time, separated by spaces. A migration that renames a
    #: column of packs renames it here too; one that changes values does so inside
    #: `preserved_import_records` of `packs.import_records`.
    columns = models.TextField(blank=True, default="")
    #: A digest of the value of each of the columns, and one of `extra`, separated by spaces; see
    #: `packs.import_records`.
    cells = models.TextField(blank=True, default="")
    #: A digest of the whole row (`row_digest`), of rows that were loaded before there were `cells`.
    digest = models.CharField(max_length=32, blank=True, default="")
    #: Empty if such rows have no position, or if the load was made before version 0.2.
    position = models.PositiveIntegerField(null=True)
    #: Rows are recognized by the identifier of their publisher if their keys change, and lines of
    #: text also by the digest of their text in the pack.
    external_id = LineField(blank=True)
    text_digest = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["table", "key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "table", "key"],
                name="content_loadedrow_once",
                violation_error_message="This row has already been imported.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class LostLink(models.Model):
    """A link that was lost because its target was deleted; recovering the target restores it.

    It was a foreign key that was set to null, or a many-to-many row or a part that was deleted.
    """

    TITLE_LENGTH: ClassVar = 200

    #: The revision with the target as it was before its deletion.
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    #: The model of the row that referred to it, e.g. ``guides.guide``, and its primary key.
    kind = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH)
    field = models.CharField(max_length=60)
    target_id = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "kind", "object_id", "field", "target_id"],
                name="content_lostlink_once",
                violation_error_message="This link has already been recorded.",
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="content_lostlink_of_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.field} {self.target_id}"


class SiteVersionQuerySet(models.QuerySet):
    """The single row of `SiteVersion`."""

    def bump(self) -> None:
        """Raise the version.

        The lock of its row makes concurrent writers finish one after the other.
        """
        if not self.filter(pk=1).update(version=F("version") + 1):
            self.create(pk=1, version=1)


class SiteVersion(models.Model):
    """A counter of content changes: data that was cached under an older version is outdated."""

    version = models.PositiveBigIntegerField(default=0)

    objects = SiteVersionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.version)
