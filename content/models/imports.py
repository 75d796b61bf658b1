"""What imports have brought, as readers and editors are told of it."""

from django.db import models
from django.utils import timezone

from content.fields import LineField
from content.models.collections import Collection


class ContentImportQuerySet(models.QuerySet):
    """Imports."""

    def for_readers(self) -> "ContentImportQuerySet":
        """Those that changed something for visitors; the others have no note."""
        return self.exclude(note="")


class ContentImport(models.Model):
    """One import that wrote something into a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="imports")
    version = LineField(blank=True)
    imported_at = models.DateTimeField(default=timezone.now)
    note = LineField(help_text="What it changed, in a sentence for readers.")
    origin = LineField(
        blank=True, help_text="Where it came from: the file, and who or what loaded it."
    )
    details = models.TextField(
        blank=True, help_text="How many rows of each table it created, changed and retired."
    )

    objects = ContentImportQuerySet.as_manager()

    class Meta:
        ordering = ["-imported_at", "-id"]

    def __str__(self) -> str:
        return f"{self.collection} {self.version}".strip()
