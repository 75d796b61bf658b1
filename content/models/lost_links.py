"""Links that a deletion took from rows which stayed, so that taking it back can make them again."""

from typing import ClassVar

from django.db import models
from reversion.models import Revision


class LostLink(models.Model):
    """A link that was lost because its target was deleted.

    It was a foreign key that was set to null, or a many-to-many row or a part that went.
    """

    TITLE_LENGTH: ClassVar = 200

    #: The revision that holds the target as it was before its deletion.
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    #: The row that pointed at it, e.g. ``guides.guide`` and its key.
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
                violation_error_message="This link was noted already.",
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="content_lostlink_of_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.field} {self.target_id}"
