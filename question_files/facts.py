"""What an export says about questions, read for many at a time.

There are no model instances, and names are looked up once.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, OrderBy, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Replace
from django.urls import reverse

from content.models import Collection
from interviews.band_ranges import band_range_in_words
from interviews.models import Anchor, AnswerStep, Probe, Question, QuestionSkill
from ladders.models import Band
from question_files.joined_lines import Lines, phrase, with_lines
from skills.models import Proficiency

COLUMNS = ("pk", "slug", "prompt", "kind", "minutes", "band_from", "band_to", "collection")

#: Stand for the lowest and the highest key in a query that is made once and asked often.
FIRST, LAST = -1, -2

#: Where several anchors share a cell, whatever the database: the others begin with their band, so
#: this one can be told.
FOR_ALL_BANDS_FIRST = F("band__position").asc(nulls_first=True)


class Facts(NamedTuple):
    """What is said about one question."""

    key: str
    prompt: str
    kind: str
    skills: str
    bands: str
    minutes: int | None
    probes: str
    anchors: list[str]
    url: str
    collection: str
    licence: str
    attribution: str
    modified: str

    def cells(self) -> dict[str, str]:
        """The columns of a file that say it; the minutes depend on the set too."""
        return {
            "question": self.key,
            "prompt": self.prompt,
            "kind": self.kind,
            "skills": self.skills,
            "bands": self.bands,
            "probes": self.probes,
            **{f"anchor_{rating}": text for rating, text in enumerate(self.anchors, start=1)},
            "url": self.url,
            "collection": self.collection,
            "licence": self.licence,
            "attribution": self.attribution,
            "modified": self.modified,
        }


class Names:
    """The words behind the identifiers that questions hold."""

    def __init__(self, site: str) -> None:
        self.kinds = {"": "", **dict(Question.Kind.choices)}
        self.bands: dict[int | None, str] = {
            None: "",
            **dict(Band.objects.values_list("pk", "title")),
        }
        self.collections = Collection.objects.in_bulk()
        address = reverse("interviews:question_detail", args=["0"])
        self.before, self.after = (site + address).rsplit("0", 1)

    def facts(self, row: tuple[Any, ...]) -> Facts:
        """A question in words, as `QuestionRows` reads it."""
        _, slug, prompt, kind, minutes, band_from, band_to, owner, skills, probes, *anchors = row
        collection = self.collections[owner]
        key = collection.key_of(slug)
        return Facts(
            key,
            prompt,
            self.kinds[kind],
            skills or "",
            self.band_range(band_from, band_to),
            minutes,
            probes or "",
            [text or "" for text in anchors],
            f"{self.before}{key}{self.after}",
            collection.title,
            collection.licence,
            collection.attribution,
            collection.modified,
        )

    def band_range(self, start: int | None, end: int | None) -> str:
        """The bands from … to … in words."""
        return band_range_in_words(self.bands[start], self.bands[end])


class QuestionRows:
    """Reads questions: `COLUMNS`, then their skills, their probes, an anchor for each rating.

    What is not published is neither read nor named.
    """

    def __init__(self, *, with_drafts: bool = False) -> None:
        """
        :param with_drafts: read questions that are not published too, as they would be if they
            were.
        """
        self.with_drafts = with_drafts
        named = {
            model: list(model.objects.published().values_list("pk", flat=True))
            for model in (AnswerStep, Proficiency)
        }
        self.skill = phrase(
            "skill__title",
            phrase(
                Value(" ("),
                "proficiency__title",
                Value(")"),
                when=Q(proficiency__in=named[Proficiency]),
            ),
        )
        self.probe = phrase(
            phrase("step__title", Value(": "), when=Q(step__in=named[AnswerStep])),
            phrase(Value("("), "condition", Value(") "), when=~Q(condition="")),
            Replace("text", Value("\n"), Value("\n  "), output_field=TextField()),
        )
        self.anchor = phrase(phrase("band__title", Value(": "), when=Q(band__isnull=False)), "text")
        self.between = self._query({"gte": FIRST, "lte": LAST})

    def read(self, keys: Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows of these questions.

        Where the keys lie close together also a few of others, which costs less.
        """
        first, last = min(keys), max(keys)
        sql, params = self.between if last - first < 2 * len(keys) else self._query({"in": keys})
        with connection.cursor() as cursor:
            cursor.execute(sql, [{FIRST: first, LAST: last}.get(param, param) for param in params])
            return cursor.fetchall()

    def _query(self, keys: dict[str, Any]) -> tuple[str, list[Any]]:
        def among(column: str) -> Q:
            return Q(**{f"{column}__{lookup}": value for lookup, value in keys.items()})

        def lines(model: Any, line: Combinable, *order: str | OrderBy, **apart: Any) -> Lines:
            parts = model.objects.filter(among("question")).published_ignoring("question")
            return Lines(parts, line, "question_id", order, **apart)

        questions = Question.objects.filter(among("pk"))
        questions = (questions if self.with_drafts else questions.published()).order_by()
        return with_lines(
            questions.values_list(*COLUMNS),
            "pk",
            [
                lines(QuestionSkill, self.skill, "position", "id"),
                lines(Probe, self.probe, "position", "id"),
                lines(
                    Anchor,
                    self.anchor,
                    FOR_ALL_BANDS_FIRST,
                    "id",
                    apart=("rating", Anchor.Rating.values),
                ),
            ],
        )
