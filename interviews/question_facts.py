"""What an export says about questions, read for many at a time: no model instances, names looked up once."""

from collections import defaultdict
from typing import NamedTuple

from django.urls import reverse

from content.models import Collection
from interviews.models import Anchor, AnswerStep, Probe, Question, QuestionSkill
from ladders.models import Band
from skills.models import Proficiency


class Facts(NamedTuple):
    """One question in words."""

    key: str
    prompt: str
    kind: str
    bands: str
    minutes: int | None
    url: str
    collection: str
    licence: str


class Names:
    """The words behind the identifiers that questions hold; what is not published has none."""

    def __init__(self, site: str) -> None:
        self.kinds = dict(Question.Kind.choices)
        self.bands: dict[int | None, str] = dict(Band.objects.values_list("pk", "title"))
        self.steps: dict[int | None, str] = dict(AnswerStep.objects.published().values_list("pk", "title"))
        self.proficiencies: dict[int | None, str] = dict(Proficiency.objects.published().values_list("pk", "title"))
        self.collections = Collection.objects.in_bulk()
        address = reverse("interviews:question_detail", args=["0"])
        self.before, self.after = (site + address).rsplit("0", 1)

    def url(self, key: str) -> str:
        """The address of the question with this key."""
        return f"{self.before}{key}{self.after}"

    def band_range(self, *ends: int | None) -> str:
        """The bands from … to … in words."""
        return " to ".join(dict.fromkeys(self.bands[end] for end in ends if end))


class QuestionFacts:
    """The published ones of some questions, with their published skills, their probes and their anchors."""

    def __init__(self, keys: list[int], names: Names) -> None:
        self.names = names
        self.facts = self._facts(keys)
        self.skills = self._skills(keys)
        self.probes = self._probes(keys)
        self.anchors = self._anchors(keys)

    def _facts(self, keys: list[int]) -> dict[int, Facts]:
        rows = Question.objects.filter(pk__in=keys).published()
        columns = ("pk", "slug", "prompt", "kind", "minutes", "band_from", "band_to", "collection")
        return {pk: self._words(*row) for pk, *row in rows.values_list(*columns).order_by()}

    def _words(
        self,
        slug: str,
        prompt: str,
        kind: str,
        minutes: int | None,
        band_from: int | None,
        band_to: int | None,
        owner: int,
    ) -> Facts:
        collection = self.names.collections[owner]
        key = collection.key_of(slug)
        bands = self.names.band_range(band_from, band_to)
        url = self.names.url(key)
        return Facts(key, prompt, self.names.kinds[kind], bands, minutes, url, collection.title, collection.licence)

    def _skills(self, keys: list[int]) -> dict[int, list[str]]:
        rows = QuestionSkill.objects.filter(question__in=keys).published(given="question")
        skills: dict[int, list[str]] = defaultdict(list)
        ordered = rows.order_by("question", "position", "id")
        for question, skill, step in ordered.values_list("question", "skill__title", "proficiency"):
            proficiency = self.names.proficiencies.get(step)
            skills[question].append(f"{skill} ({proficiency})" if proficiency else skill)
        return skills

    def _probes(self, keys: list[int]) -> dict[int, list[str]]:
        rows = Probe.objects.filter(question__in=keys).published(given="question")
        probes: dict[int, list[str]] = defaultdict(list)
        ordered = rows.order_by("question", "position", "id")
        for question, step, condition, text in ordered.values_list("question", "step", "condition", "text"):
            when = " – ".join(filter(None, [self.names.steps.get(step), condition]))
            words = " ".join(text.split())
            probes[question].append(f"{when}: {words}" if when else words)
        return probes

    def _anchors(self, keys: list[int]) -> dict[tuple[int, int], list[str]]:
        rows = Anchor.objects.filter(question__in=keys).published(given="question")
        anchors: dict[tuple[int, int], list[str]] = defaultdict(list)
        ordered = rows.order_by("question", "rating", "band__position", "id")
        for question, rating, band, text in ordered.values_list("question", "rating", "band", "text"):
            anchors[question, rating].append(f"{self.names.bands[band]}: {text}" if band else text)
        return anchors
