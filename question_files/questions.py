"""Finds the questions that the rows of a file name, or creates them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import count

from django.utils.text import Truncator, slugify

from content.base_models import Status
from content.fields import SLUG_LENGTH
from content.markdown import plain_text
from content.models import Collection
from content.text import normalize_newlines
from interviews.models import Question
from packs.validation import validate
from question_files.columns import QUESTION_COLUMNS, QUESTION_FIELDS, READ_ONLY_COLUMNS
from question_files.lookups import UnreadableCell
from question_files.question_values import Labels, Placement, QuestionReader

TITLE_LENGTH = 80
#: Questions that are read with one query.
CHUNK_SIZE = 500
#: Characters of a slug that are left free for a number.
NUMBER_LENGTH = 4


class QuestionFinder:
    """The questions of a set, and others of its collection."""

    def __init__(self, in_set: Iterable[Question], collection: Collection) -> None:
        """
        :param collection: in which questions are found by their prompt, or created.
        """
        self._collection = collection
        self._by_key: dict[str, Question | None] = {question.key: question for question in in_set}
        #: Those that `read_prompts` found or `create` created, by their normalized prompt.
        self._by_prompt: dict[str, list[Question]] = defaultdict(list)

    def with_key(self, key: str) -> Question:
        """
        :raises UnreadableCell: if there is no such question.
        """
        if key not in self._by_key:
            self._by_key[key] = Question.objects.with_key(key).first()
        question = self._by_key[key]
        if question is None:
            raise UnreadableCell(f"there is no question “{key}”")
        return question

    def read_prompts(self, prompts: Iterable[str]) -> None:
        """Read the questions of the collection that have one of these prompts."""
        normalized = set(map(_normalized, prompts))
        if not normalized:
            return
        questions = Question.objects.filter(collection=self._collection)
        keys = []
        for key, prompt in questions.values_list("pk", "prompt").iterator():
            if _normalized(prompt) in normalized:
                keys.append(key)
        for start in range(0, len(keys), CHUNK_SIZE):
            chunk = questions.filter(pk__in=keys[start : start + CHUNK_SIZE])
            for question in chunk.select_related("collection"):
                self._by_prompt[_normalized(question.prompt)].append(question)

    def with_prompt(self, prompt: str) -> Question | None:
        """The question with this prompt, after `read_prompts`. Questions of the set are preferred.

        :raises UnreadableCell: if there are several.
        """
        questions = self._by_prompt.get(_normalized(prompt), [])
        in_set = [question for question in questions if question.key in self._by_key]
        candidates = in_set or questions
        if len(candidates) > 1:
            raise UnreadableCell(
                "several questions have this text: identify one of them in “question”"
            )
        return next(iter(candidates), None)

    def create(self, prompt: str) -> Question:
        """A new draft, which takes its title from the first line of the prompt.

        :raises ValidationError: if the prompt cannot be stored.
        """
        first_line = plain_text(prompt).strip().partition("\n")[0]
        title = Truncator(first_line).chars(TITLE_LENGTH) or "Question"
        question = Question(
            collection=self._collection, title=title, prompt=prompt, status=Status.DRAFT
        )
        question.slug = self._free_slug(title)
        validate(question, ("collection", "slug"))
        question.save()
        self._slugs.add(question.slug)
        self._by_key[question.key] = question
        self._by_prompt[_normalized(prompt)].append(question)
        return question

    @cached_property
    def _slugs(self) -> set[str]:
        """All slugs of the collection."""
        questions = Question.objects.filter(collection=self._collection)
        return set(questions.values_list("slug", flat=True))

    def _free_slug(self, title: str) -> str:
        slug = slugify(title.replace("_", " "))[: SLUG_LENGTH - NUMBER_LENGTH].strip("-")
        slug = first = slug or "question"
        numbers = count(2)
        while slug in self._slugs:
            slug = f"{first}-{next(numbers)}"
        return slug


def _normalized(prompt: str) -> str:
    """The prompt without differences of case and white space."""
    return " ".join(prompt.split()).casefold()


class QuestionExporter:
    """The cells that an export writes of questions, in columns that do not depend on a set.

    Questions that are not published have cells too.
    """

    def __init__(self) -> None:
        self._labels = Labels(site="")
        self._reader = QuestionReader(QUESTION_FIELDS, with_drafts=True)

    def cells(self, questions: Iterable[Question]) -> dict[int, dict[str, str]]:
        """The cells by column, by primary key of the question."""
        keys = sorted({question.pk for question in questions})
        if not keys:
            return {}
        cells = {}
        columns = QUESTION_COLUMNS | READ_ONLY_COLUMNS
        for key, values in self._reader.read(keys).items():
            row = self._labels.row("", 0, Placement(key), values)
            cells[key] = {
                name: normalize_newlines(column.export(row)) for name, column in columns.items()
            }
        return cells
