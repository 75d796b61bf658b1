"""What an export says about questions, read for many at a time: no model instances, names looked up once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, Value
from django.urls import reverse

from content.joined_lines import joined_lines, phrase
from content.models import Collection
from interviews.models import Anchor, AnswerStep, Probe, Question, QuestionSkill
from ladders.models import Band
from skills.models import Proficiency

COLUMNS = ("pk", "slug", "prompt", "kind", "minutes", "band_from", "band_to", "collection")

#: One line for each skill, probe and anchor. What is not published is not named.
SKILL = phrase(
    "skill__title",
    phrase(Value(" ("), "proficiency__title", Value(")"), when=Proficiency.published_q("proficiency__")),
)
PROBE = phrase(
    phrase("step__title", Value(": "), when=AnswerStep.published_q("step__")),
    phrase(Value("("), "condition", Value(") "), when=~Q(condition="")),
    "text",
)
ANCHOR = phrase(phrase("band__title", Value(": "), when=Q(band__isnull=False)), "text")


#: Key, prompt, kind, bands, minutes, address, collection, licence.
Facts = tuple[str, str, str, str, int | None, str, str, str]


class Names:
    """The words behind the identifiers that questions hold."""

    def __init__(self, site: str) -> None:
        self.kinds = dict(Question.Kind.choices)
        self.bands: dict[int | None, str] = {None: "", **dict(Band.objects.values_list("pk", "title"))}
        self.collections = Collection.objects.in_bulk()
        address = reverse("interviews:question_detail", args=["0"])
        self.before, self.after = (site + address).rsplit("0", 1)

    def facts(self, columns: tuple[Any, ...]) -> Facts:
        """A question in words, from its columns."""
        _, slug, prompt, kind, minutes, band_from, band_to, owner = columns
        collection = self.collections[owner]
        key = collection.key_of(slug)
        url = f"{self.before}{key}{self.after}"
        bands = self.band_range(band_from, band_to)
        return key, prompt, self.kinds[kind], bands, minutes, url, collection.title, collection.licence

    def band_range(self, start: int | None, end: int | None) -> str:
        """The bands from … to … in words."""
        if start and end and start != end:
            return f"{self.bands[start]} to {self.bands[end]}"
        return self.bands[start or end]


class QuestionFacts:
    """The published ones of some questions, with their published skills, their probes and their anchors."""

    def __init__(self, keys: Sequence[int], names: Names) -> None:
        questions = among(Question, "pk", keys).published().order_by().values_list(*COLUMNS)
        self.facts = {row[0]: names.facts(row) for row in questions}
        self.skills = dict(_lines(QuestionSkill, SKILL, keys, order=("position", "id")))
        self.probes = dict(_lines(Probe, PROBE, keys, order=("position", "id")))
        ratings = ("rating", Anchor.Rating.values)
        anchors = _lines(Anchor, ANCHOR, keys, order=("band__position", "id"), apart=ratings)
        self.anchors = {row[0]: row[1:] for row in anchors}


def _lines(model: Any, line: Any, keys: Sequence[int], **joined: Any) -> list[tuple[Any, ...]]:
    rows = among(model, "question", keys).published(given="question")
    return joined_lines(rows, line, by="question_id", **joined)


def among(model: Any, column: str, keys: Sequence[int]) -> Any:
    """The rows of these questions; where the keys lie close together also a few of others, which costs less."""
    first, last = min(keys), max(keys)
    if last - first < 2 * len(keys):
        return model.objects.filter(**{f"{column}__gte": first, f"{column}__lte": last})
    return model.objects.filter(**{f"{column}__in": keys})
