"""What the search reads: an entry for each published thing, and the words that occur in them."""

from collections.abc import Mapping

from django.db import connection, models, transaction
from django.db.models.functions import Length

from content.models.collections import Collection

#: Words are counted one by one in the same order everywhere, so that writers wait for each other at
#: most.
COUNT = """
    INSERT INTO content_searchword (word, entries) VALUES (%s, %s)
    ON CONFLICT (word) DO UPDATE SET entries = content_searchword.entries + excluded.entries
"""


class SearchEntry(models.Model):
    """One published thing as the search sees it; written only by `search.index`."""

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    url = models.CharField(max_length=300)
    title = models.TextField()
    aliases = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # With its collection go the rows of all entries, and with each row its entry: `search.index`
    # deletes it, because it has to know the words that are no longer used.
    collection = models.ForeignKey(Collection, on_delete=models.DO_NOTHING, related_name="+")
    #: Empty for what an import has brought and nobody has written here.
    changed_at = models.DateTimeField(null=True, db_index=True)
    change_note = models.TextField(blank=True)
    noted_on = models.DateField(null=True)

    class Meta:
        db_table = "content_searchentry"
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

    def change_counts(self, changes: Mapping[str, int]) -> None:
        """Change the number of entries that have each word; a word that no entry has is forgotten.

        :param changes: how many entries more have the word, or fewer, where the number is negative.
        """
        rows = sorted((word, change) for word, change in changes.items() if change)
        if rows:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(COUNT, rows)
                self.filter(entries__lte=0).delete()

    def beginning(self, letters: str, *, limit: int) -> list[str]:
        """Words that begin with these letters, the shortest first."""
        words = self.filter(word__gte=letters, word__lt=f"{letters}\U0010ffff")
        return list(words.order_by(Length("word"), "word").values_list("word", flat=True)[:limit])


class SearchWord(models.Model):
    """A word of some entry.

    The search completes unfinished words with it, and proposes it for misspelled ones.
    """

    word = models.CharField(max_length=40, unique=True)
    entries = models.IntegerField(default=0, db_index=True, help_text="How many entries have it.")

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        db_table = "content_searchword"
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
