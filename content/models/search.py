"""What the search reads: an entry for each published thing, and the words that occur in them."""

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Length

from content.models.collections import Collection


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
    change_note = models.TextField(blank=True)
    noted_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                name="content_searchentry_one_per_row",
                violation_error_message="This row has an entry already.",
            )
        ]

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
