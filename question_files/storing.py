"""Stores rows as far as they change, and reads the parts of many questions at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from django.db.models import QuerySet

from content.base_models import ContentModel
from interviews.models import Anchor, Probe, Question, QuestionSkill
from packs.validation import validate

PartT = TypeVar("PartT", Anchor, Probe, QuestionSkill)

#: Questions whose parts are read with one query.
CHUNK_SIZE = 500


class StoredParts(Generic[PartT]):
    """The parts of one kind, by question."""

    def __init__(self, rows: "QuerySet[PartT]") -> None:
        """
        :param rows: the parts of all questions in their order, with the rows they refer to.
        """
        self._rows: QuerySet[PartT] = rows
        self._by_question: dict[int, list[PartT]] = {}

    def read(self, question_keys: Iterable[int]) -> None:
        """Read the parts of these questions, unless they were read before."""
        missing = sorted(set(question_keys) - self._by_question.keys())
        for start in range(0, len(missing), CHUNK_SIZE):
            chunk = missing[start : start + CHUNK_SIZE]
            for key in chunk:
                self._by_question[key] = []
            for part in self._rows.filter(question__in=chunk):
                self._by_question[part.question_id].append(part)

    def of(self, question: Question) -> list[PartT]:
        """The parts of a question, as they were when they were read."""
        self.read([question.pk])
        return self._by_question[question.pk]


def store(
    row: ContentModel, values: Mapping[str, object], unique_fields: Collection[str] = ()
) -> bool:
    """Set fields of a row, and save it if it changed or is new. Returns whether it was saved.

    :param unique_fields: see `validate`.
    :raises ValidationError: if the model refuses the values; the row has its former values then.
    """
    former = {name: getattr(row, name) for name in values}
    #: The fields to validate and to write; None for all.
    changed: set[str] | None = None
    if row.pk is not None:
        changed = {name for name, value in values.items() if former[name] != value}
        if not changed:
            return False
    _set_fields(row, values)
    try:
        validate(row, unique_fields, changed)
    except Exception:
        _set_fields(row, former)
        raise
    row.save(update_fields=changed)
    return True


def _set_fields(row: ContentModel, values: Mapping[str, object]) -> None:
    """Set the fields of a row without saving it."""
    for name, value in values.items():
        setattr(row, name, value)


def store_order(rows: Sequence[ContentModel], former: Iterable[ContentModel]) -> bool:
    """Number rows by their order, if they were in another order. Returns whether any was saved.

    :param former: the rows in their former order, among others.
    """
    if list(rows) == [row for row in former if row in rows]:
        return False
    is_changed = False
    for position, row in enumerate(rows, start=1):
        is_changed |= store(row, {"position": position})
    return is_changed


def delete_absent(stored: Iterable[ContentModel], rows: Sequence[ContentModel]) -> bool:
    """Delete the stored rows that are not among the rows. Returns whether any was deleted."""
    absent = [row for row in stored if row not in rows]
    for row in absent:
        row.delete()
    return bool(absent)
