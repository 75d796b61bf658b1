"""The questions that rows of a file name, and what their cells say of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import count
from typing import Any

from django.utils.text import Truncator, slugify

from content.base_models import Status
from content.fields import SLUG_LENGTH, normalize_newlines
from content.markdown import plain_text
from content.models import Collection
from interviews.models import Anchor, Probe, Question, SetItem
from packs.validating import validate
from question_files.anchors import put_anchors
from question_files.facts import Names as Words
from question_files.facts import QuestionRows
from question_files.lookups import Names, Unclear
from question_files.probes import put_probes
from question_files.skills import put_skills
from question_files.storing import ANCHORS as STORED_ANCHORS
from question_files.storing import PROBES, SKILLS, StoredParts, store

ANCHORS = {f"anchor_{rating}": rating for rating in Anchor.Rating.values}
TITLE_LENGTH = 80
#: Questions that one query asks for.
AT_ONCE = 500


class Questions:
    """The questions of one set, and those that a file brings in addition."""

    def __init__(self, items: Iterable[SetItem], collection: Collection) -> None:
        self.collection = collection
        self.by_key: dict[str, Question | None] = {
            item.question.key: item.question for item in items
        }
        #: The questions of the collection that `read_prompts` found or `create` made, by what they
        #: ask.
        self.by_prompt: dict[str, list[Question]] = defaultdict(list)
        self.names = Names()
        asked = [question.pk for question in self.by_key.values() if question]
        steps = (
            Probe.objects.filter(question__in=asked)
            .exclude(step=None)
            .values_list("step__framework", flat=True)
        )
        self.frameworks = set(steps.order_by().distinct())
        self.probes, self.skills, self.anchors = (
            StoredParts(PROBES),
            StoredParts(SKILLS),
            StoredParts(STORED_ANCHORS),
        )
        self._rows, self._words = QuestionRows(with_drafts=True), Words("")

    def with_key(self, key: str) -> Question:
        """
        :raises Unclear: if there is none.
        """
        if key not in self.by_key:
            self.by_key[key] = Question.objects.with_key(key).first()
        found = self.by_key[key]
        if found is None:
            raise Unclear(f"there is no question “{key}”")
        return found

    def read_prompts(self, prompts: Iterable[str]) -> None:
        """Look up the questions that are asked so.

        Neither capitals nor the white space between words matter.
        """
        wanted = {_words_of(prompt) for prompt in prompts}
        rows = Question.objects.filter(collection=self.collection)
        known = rows.values_list("pk", "prompt").iterator() if wanted else ()
        keys = [key for key, prompt in known if _words_of(prompt) in wanted]
        for start in range(0, len(keys), AT_ONCE):
            for question in rows.filter(pk__in=keys[start : start + AT_ONCE]).select_related(
                "collection"
            ):
                self.by_prompt[_words_of(question.prompt)].append(question)

    def with_prompt(self, prompt: str) -> Question | None:
        """The question of the collection that is asked so; None if there is none.

        :raises Unclear: if there are several, and the set asks none or several of them.
        """
        found = self.by_prompt.get(_words_of(prompt), [])
        asked = [each for each in found if each.key in self.by_key]
        if len(asked or found) > 1:
            raise Unclear(
                "several questions are asked in these words: name one of them in “question”"
            )
        return next(iter(asked or found), None)

    def create(self, prompt: str) -> Question:
        """A draft that is asked so.

        :raises ValidationError: if it cannot be stored.
        """
        title = (
            Truncator(plain_text(prompt).strip().partition("\n")[0]).chars(TITLE_LENGTH)
            or "Question"
        )
        question = Question(
            collection=self.collection, title=title, prompt=prompt, status=Status.DRAFT
        )
        question.slug = self._free_slug(title)
        validate(question, ("collection", "slug"))
        question.save()
        self.slugs.add(question.slug)
        self.by_key[question.key] = question
        self.by_prompt[_words_of(prompt)].append(question)
        return question

    @cached_property
    def slugs(self) -> set[str]:
        """All slugs of the collection."""
        return set(
            Question.objects.filter(collection=self.collection).values_list("slug", flat=True)
        )

    def _free_slug(self, title: str) -> str:
        begin = slugify(title.replace("_", " "))[: SLUG_LENGTH - 4].strip("-") or "question"
        names = (f"{begin}-{number}" if number > 1 else begin for number in count(1))
        return next(slug for slug in names if slug not in self.slugs)

    def cells(self, questions: Iterable[Question]) -> dict[int, dict[str, str]]:
        """What an export writes of these questions, by their keys and by column."""
        keys = sorted({question.pk for question in questions})
        found = {row[0]: self._words.facts(row) for row in self._rows.read(keys)} if keys else {}
        return {
            key: {name: normalize_newlines(cell) for name, cell in facts.cells().items()}
            for key, facts in found.items()
        }

    def read_parts(self, column: str, keys: Iterable[int]) -> None:
        """Read at once what `put` must know of the questions whose cells in this column differ."""
        if column in ANCHORS:
            self.anchors.read(keys)
        elif column in ("probes", "skills"):
            (self.probes if column == "probes" else self.skills).read(keys)

    def put(self, question: Question, column: str, cell: str) -> bool:
        """Make a question what this cell says. Whether that was anything new.

        :raises Unclear: if the cell cannot be read.
        :raises ValidationError: if a model refuses it.
        """
        if column == "skills":
            return put_skills(question, self.skills.of(question), cell, self.names)
        if column == "probes":
            return put_probes(question, self.probes.of(question), cell, self.names, self.frameworks)
        if column in ANCHORS:
            stored = [
                anchor for anchor in self.anchors.of(question) if anchor.rating == ANCHORS[column]
            ]
            return put_anchors(question, stored, ANCHORS[column], cell, self.names)
        return store(question, READERS[column](self.names, cell))


def _words_of(prompt: str) -> str:
    """What makes two prompts the same question."""
    return " ".join(prompt.split()).casefold()


READERS: dict[str, Callable[[Names, str], dict[str, Any]]] = {
    "prompt": lambda names, cell: {"prompt": cell},
    "kind": lambda names, cell: {"kind": names.kind(cell)},
    "bands": lambda names, cell: dict(
        zip(("band_from", "band_to"), names.band_range(cell), strict=True)
    ),
}
