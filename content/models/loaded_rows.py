"""What a pack said when it was last loaded, so that the next load knows what was edited since."""

from django.db import models

from content.fields import LineField
from content.models.collections import Collection


class LoadedRow(models.Model):
    """One row of a pack as it was stored by the last load."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=400)
    object_id = models.PositiveBigIntegerField()
    #: The columns that packs had then, with blanks between them. A migration that renames a column
    #: of packs renames it here too; one that changes what rows hold does so inside
    #: `preserved_import_records` of `packs.import_records`.
    columns = models.TextField(blank=True, default="")
    #: A digest of what each of the columns held, and one of `extra`, with blanks between them; see
    #: `packs.import_records`.
    cells = models.TextField(blank=True, default="")
    #: Of rows that were loaded before there were `cells`: one of the whole row; see `row_digest`.
    digest = models.CharField(max_length=32, blank=True, default="")
    #: Where the pack put it; empty where rows have no position, or the load was before 0.2.
    position = models.PositiveIntegerField(null=True)
    #: Of lines, which are known by these when their positions change: what the pack said of each.
    external_id = LineField(blank=True)
    text_digest = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["table", "key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "table", "key"],
                name="content_loadedrow_once",
                violation_error_message="This row was loaded already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
