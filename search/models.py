"""What the search reads: an entry for each published row, the words of entries, and synonyms."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models.functions import Length

from content.base_models import ContentModel, Positioned
from content.fields import LineField, NameListField, SlugField
from content.models.collections import Collection
from content.querysets import ContentQuerySet
from search.text import words_of

#: Every writer counts words in the same order, so that writers may wait for each other but never
#: deadlock.
COUNT = """
    INSERT INTO content_searchword (word, entries) VALUES (%s, %s)
    ON CONFLICT (word) DO UPDATE SET entries = content_searchword.entries + excluded.entries
"""


class SearchEntry(models.Model):
    """One published row as the search sees it; written only by `search.index`."""

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    url = models.CharField(max_length=300)
    title = models.TextField()
    aliases = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # Deleting a collection deletes its rows, and `search.index` deletes the entry of each row: it
    # has to count the words that the entry no longer uses.
    collection = models.ForeignKey(Collection, on_delete=models.DO_NOTHING, related_name="+")
    #: Empty for rows that only imports have written.
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
                violation_error_message="This row already has an entry.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SynonymQuerySet(ContentQuerySet):
    """Groups of synonyms."""

    def phrases(self) -> dict[str, list[str]]:
        """The other phrases of a group, by each folded phrase of it. One query."""
        synonyms: dict[str, list[str]] = {}
        for text in self.order_by("position", "id").values_list("terms", flat=True):
            group = [" ".join(words_of(line)) for line in text.splitlines()]
            for phrase in filter(None, group):
                others = [other for other in group if other and other != phrase]
                synonyms.setdefault(phrase, []).extend(others)
        return synonyms


class SynonymGroup(ContentModel, Positioned):
    """Words and phrases that mean the same: the search finds each by any other."""

    slug = SlugField(
        unique=True, error_messages={"unique": "Another group of synonyms has this slug."}
    )
    title = LineField(help_text="What the words and phrases mean. Editors only.")
    terms = NameListField(help_text="One word or phrase per line.")

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if len({" ".join(words_of(line)) for line in self.terms.splitlines()} - {""}) < 2:
            raise ValidationError({"terms": "Enter at least two different words or phrases."})


class SearchWordQuerySet(models.QuerySet):
    """The vocabulary of the search."""

    def change_counts(self, changes: Mapping[str, int]) -> None:
        """Change the number of entries that have each word; words that no entry has are deleted.

        :param changes: how many entries more have the word, or fewer, where the number is negative.
        """
        rows = sorted((word, change) for word, change in changes.items() if change)
        if rows:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(COUNT, rows)
                self.filter(entries__lte=0).delete()

    def starting_with(self, prefix: str, *, limit: int) -> list[str]:
        """Words that start with this prefix, the shortest first."""
        words = self.filter(word__gte=prefix, word__lt=f"{prefix}\U0010ffff")
        return list(words.order_by(Length("word"), "word").values_list("word", flat=True)[:limit])


class SearchWord(models.Model):
    """A word of an entry: completes unfinished words and corrects misspelled ones."""

    word = models.CharField(max_length=40, unique=True)
    entries = models.IntegerField(
        default=0, db_index=True, help_text="The number of search entries that contain this word."
    )

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        db_table = "content_searchword"
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
