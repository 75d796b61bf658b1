"""The values of questions that files export, read for many questions with one query.

No model instances are made, and titles of other rows are looked up once.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, OrderBy, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Replace
from django.urls import reverse

from content.models import Collection
from content.querysets import ContentQuerySet
from interviews.models import Anchor, AnswerStep, Probe, Question, QuestionSkill
from interviews.models.questions import band_range_in_words
from ladders.models import Band
from question_files.joined_lines import JoinedLines, Sql, concat, concat_if, select_with_lines
from skills.models import Proficiency

#: What every row is read with, whatever columns there are.
IDENTIFYING_FIELDS = ("pk", "slug", "collection")
#: The texts that are joined from rows of other tables.
JOINED_TEXTS = ("skills", "probes", *(f"anchor_{rating}" for rating in Anchor.Rating.values))
#: Further lines of a follow-up begin with this.
INDENT = "  "

#: Parameters in the place of the lowest and the highest key, in a query that is compiled once.
LOWEST, HIGHEST = -1, -2

#: The anchor for all bands is first on both databases, because the others begin with the title of
#: their band.
FOR_ALL_BANDS_FIRST = F("band__position").asc(nulls_first=True)

#: Values of a question by name of the field or joined text. Absent texts are None.
Values = Mapping[str, Any]


class Placement(NamedTuple):
    """A question in a section of a set, or in a list."""

    question: int
    section: str = ""
    minutes: int | None = None
    required: bool | None = None


class ExportRow(NamedTuple):
    """What the columns of one row are exported from."""

    set_title: str
    #: The number of the row in the file, from 1.
    position: int
    placement: Placement
    values: Values
    collection: Collection
    #: The key of the question, see `Collection.key_of`.
    key: str
    labels: "Labels"


class Labels:
    """Titles and labels of what questions refer to."""

    def __init__(self, site: str) -> None:
        """
        :param site: scheme and host, which begin the addresses; may be empty.
        """
        self.kinds = {"": "", **dict(Question.Kind.choices)}
        self.collections = Collection.objects.in_bulk()
        self._bands: dict[int | None, str] = {None: ""}
        self._bands |= dict(Band.objects.values_list("pk", "title"))
        address = site + reverse("interviews:question_detail", args=["0"])
        self._url_start, self._url_end = address.rsplit("0", 1)

    def row(self, set_title: str, position: int, placement: Placement, values: Values) -> ExportRow:
        """The row of a question with these values."""
        collection = self.collections[values["collection"]]
        key = collection.key_of(values["slug"])
        return ExportRow(set_title, position, placement, values, collection, key, self)

    def url(self, key: str) -> str:
        """The address of the question with this key."""
        return f"{self._url_start}{key}{self._url_end}"

    def band_range(self, lowest: int | None, highest: int | None) -> str:
        """The bands with these primary keys, and those between, in words."""
        return band_range_in_words(self._bands[lowest], self._bands[highest])


class QuestionReader:
    """Reads values of questions, and the texts joined from their skills, follow-ups and anchors.

    Rows that are not published are left out of the texts.
    """

    def __init__(self, fields: Sequence[str], *, with_drafts: bool = False) -> None:
        """
        :param fields: the fields of `Question` to read in addition to `IDENTIFYING_FIELDS`.
        :param with_drafts: read also questions that are not published, as if they were.
        """
        self.fields = (*IDENTIFYING_FIELDS, *fields)
        self.with_drafts = with_drafts
        self._skill_line = _skill_line()
        self._probe_line = _probe_line()
        # Read by the range of their keys, which is quick for keys that lie close together.
        self._range_query = self._query(gte=LOWEST, lte=HIGHEST)

    def read(self, keys: Sequence[int]) -> dict[int, Values]:
        """The values of these questions, and sometimes of some others, by primary key."""
        lowest, highest = min(keys), max(keys)
        if highest - lowest < 2 * len(keys):
            sql, params = self._range_query
            replaced: Mapping[object, int] = {LOWEST: lowest, HIGHEST: highest}
            params = [replaced.get(param, param) for param in params]
        else:
            sql, params = self._query(**{"in": keys})
        names = (*self.fields, *JOINED_TEXTS)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}

    def _query(self, **lookups: object) -> Sql:
        """
        :param lookups: conditions on the primary keys of the questions, by lookup.
        """
        questions = Question.objects.filter(_conditions("pk", lookups)).order_by()
        if not self.with_drafts:
            questions = questions.published()
        return select_with_lines(
            questions.values_list(*self.fields), "pk", self._joined_lines(lookups)
        )

    def _visible(self, children: ContentQuerySet) -> ContentQuerySet:
        if self.with_drafts:
            return children.published_ignoring("question")
        # All questions are published. The stored visibility of their children needs no join with
        # the questions, which would scan all of them for each chunk.
        return children.published()

    def _joined_lines(self, lookups: Mapping[str, object]) -> list[JoinedLines]:
        def lines(
            rows: ContentQuerySet, line: Combinable, order: str | OrderBy, group_column: str = ""
        ) -> JoinedLines:
            children = self._visible(rows.filter(_conditions("question", lookups)))
            ratings = Anchor.Rating.values
            return JoinedLines(children, line, "question_id", (order, "id"), group_column, ratings)

        return [
            lines(QuestionSkill.objects.all(), self._skill_line, "position"),
            lines(Probe.objects.all(), self._probe_line, "position"),
            lines(Anchor.objects.all(), _anchor_line(), FOR_ALL_BANDS_FIRST, "rating"),
        ]


def _conditions(column: str, lookups: Mapping[str, object]) -> Q:
    return Q(**{f"{column}__{lookup}": value for lookup, value in lookups.items()})


def _skill_line() -> Combinable:
    """The title of the skill, with the proficiency in parentheses."""
    is_named = Q(proficiency__in=_published_keys(Proficiency))
    proficiency = concat_if(is_named, Value(" ("), "proficiency__title", Value(")"))
    return concat("skill__title", proficiency)


def _probe_line() -> Combinable:
    """The step, the condition in parentheses, and the text, whose further lines are indented."""
    step = concat_if(Q(step__in=_published_keys(AnswerStep)), "step__title", Value(": "))
    condition = concat_if(~Q(condition=""), Value("("), "condition", Value(") "))
    text = Replace("text", Value("\n"), Value(f"\n{INDENT}"), output_field=TextField())
    return concat(step, condition, text)


def _anchor_line() -> Combinable:
    """The band, if the anchor is for one, and the text."""
    return concat(concat_if(Q(band__isnull=False), "band__title", Value(": ")), "text")


def _published_keys(model: type[AnswerStep] | type[Proficiency]) -> list[int]:
    return list(model.objects.published().values_list("pk", flat=True))
