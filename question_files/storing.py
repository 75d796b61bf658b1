"""The parts of questions: read for many questions at once, and stored as far as they change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from interviews.models import Anchor, Probe, Question, QuestionSkill
from packs.validating import validate

#: Questions whose parts one query reads.
AT_ONCE = 500
PROBES = Probe.objects.select_related("step__framework__collection").order_by("position", "id")
ANCHORS = Anchor.objects.select_related("band")
SKILLS = QuestionSkill.objects.select_related("skill__collection", "proficiency__scale__collection")


class StoredParts:
    """The parts of one kind, by question.

    :param rows: all of them, with what is read of them, in their order.
    """

    def __init__(self, rows: Any) -> None:
        self.rows = rows
        self._found: dict[int, list[Any]] = {}

    def read(self, keys: Iterable[int]) -> None:
        """Read the parts of the questions with these keys."""
        wanted = sorted({*keys} - self._found.keys())
        for start in range(0, len(wanted), AT_ONCE):
            found = defaultdict(list)
            for part in self.rows.filter(question__in=(chunk := wanted[start : start + AT_ONCE])):
                found[part.question_id].append(part)
            self._found |= {key: found[key] for key in chunk}

    def of(self, question: Question) -> list[Any]:
        """The parts of a question, as they were when they were read."""
        self.read([question.pk])
        return self._found[question.pk]


def store(row: Any, values: Mapping[str, Any]) -> bool:
    """Give a row these values, if it has others or is not stored yet. Whether it was written.

    :raises ValidationError: if the model refuses them; the row has the former ones then.
    """
    before = {name: getattr(row, name) for name in values}
    changed = (
        values.keys()
        if row.pk is None
        else {name for name in values if before[name] != values[name]}
    )
    if not changed:
        return False
    _set(row, values)
    try:
        validate(row, changed=None if row.pk is None else {*changed})
    except Exception:
        _set(row, before)
        raise
    row.save(update_fields=None if row.pk is None else changed)
    return True


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
