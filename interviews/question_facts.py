"""What an export says about questions, read for many at a time: no model instances, names looked up once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q, Value
from django.urls import reverse

from content.joined_lines import Lines, phrase, with_lines
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


class Names:
    """The words behind the identifiers that questions hold."""

    def __init__(self, site: str) -> None:
        self.kinds = dict(Question.Kind.choices)
        self.bands: dict[int | None, str] = {None: "", **dict(Band.objects.values_list("pk", "title"))}
        self.collections = Collection.objects.in_bulk()
        address = reverse("interviews:question_detail", args=["0"])
        self.before, self.after = (site + address).rsplit("0", 1)

    def facts(self, row: tuple[Any, ...]) -> Facts:
        """A question in words, from a row of `question_rows`."""
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
        )

    def band_range(self, start: int | None, end: int | None) -> str:
        """The bands from … to … in words."""
        if start and end and start != end:
            return f"{self.bands[start]} to {self.bands[end]}"
        return self.bands[start or end]


def question_rows(keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """The published ones of these questions: `COLUMNS`, then their skills, their probes, an anchor for each rating."""
    of_questions = among("question", keys)
    skills = QuestionSkill.objects.filter(of_questions).published(given="question")
    probes = Probe.objects.filter(of_questions).published(given="question")
    anchors = Anchor.objects.filter(of_questions).published(given="question")
    lines = [
        Lines(skills, SKILL, "question_id", ("position", "id")),
        Lines(probes, PROBE, "question_id", ("position", "id")),
        Lines(anchors, ANCHOR, "question_id", ("band__position", "id"), apart=("rating", Anchor.Rating.values)),
    ]
    questions = Question.objects.filter(among("pk", keys)).published().order_by().values_list(*COLUMNS)
    return with_lines(questions, "pk", lines)


def among(column: str, keys: Sequence[int]) -> Q:
    """These questions; where the keys lie close together also a few of others, which costs less."""
    first, last = min(keys), max(keys)
    if last - first < 2 * len(keys):
        return Q(**{f"{column}__gte": first, f"{column}__lte": last})
    return Q(**{f"{column}__in": keys})
