"""The probes of a question, put as a cell says."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from content.fields import normalize_newlines
from interviews.models import AnswerStep, Probe, Question
from question_files.lines import INDENT, matched, paired, with_indented
from question_files.lookups import Names, Unclear
from question_files.order import put_in_order
from question_files.storing import store


class Words(NamedTuple):
    """What a probe says."""

    step: AnswerStep | None
    condition: str
    text: str


def put_probes(
    question: Question, stored: list[Probe], cell: str, names: Names, near: Collection[int]
) -> bool:
    """Make these the probes of the question. Whether any changed.

    :param stored: the probes that it has.
    :param near: the answer frameworks of the set, one of whose steps is meant rather than a
        namesake.
    :raises Unclear: if a step could be one of several.
    :raises ValidationError: if a probe cannot be stored.
    """
    found = paired(with_indented(matched(cell, stored, line)), stored, line)
    steps = _Steps(names.steps, [text for text, _ in found], stored, near)
    rows = [probe or Probe(question=question) for _, probe in found]
    changes = [_put(row, text, steps) for row, (text, _) in zip(rows, found, strict=True)]
    gone = [probe for probe in stored if probe not in rows]
    for probe in gone:
        probe.delete()
    return put_in_order(rows, stored) | any(changes) | bool(gone)


def line(probe: Probe) -> str:
    """The lines that an export writes."""
    step = f"{probe.step.title}: " if probe.step and probe.step.is_live else ""
    condition = f"({probe.condition}) " if probe.condition else ""
    return normalize_newlines(step + condition + probe.text.replace("\n", f"\n{INDENT}"))


def _put(row: Probe, text: str, steps: "_Steps") -> bool:
    if row.pk and text in (line(row), line(row).replace(f"\n{INDENT}", "\n")):
        return False
    return store(row, _words(text, row, steps)._asdict())


def _words(text: str, row: Probe, steps: "_Steps") -> Words:
    is_hidden = row.step is not None and not row.step.is_live
    step, rest = (row.step, text) if is_hidden else steps.step_of(text, row)
    condition, rest = _condition(rest, row)
    return Words(step, condition, rest)


def _condition(text: str, row: Probe) -> tuple[str, str]:
    """When to ask, in brackets before the text.

    Brackets that a text began with before are its own.
    """
    if row.condition and text.startswith(f"({row.condition}) "):
        return row.condition, text.removeprefix(f"({row.condition}) ")
    end = _closing(text)
    is_own = not row.condition and row.text.startswith(text[: end + 1])
    if end < 2 or is_own or text[end + 1 : end + 2] != " ":
        return "", text
    return text[1:end], text[end + 2 :]


def _closing(text: str) -> int:
    """Where the bracket closes that the text opens with.

    0 if it opens with none, or does not close it.
    """
    depth = 0
    for place, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth <= 0:
            return place
    return 0


class _Steps:
    """The steps of answer frameworks, for the cell of one question."""

    def __init__(
        self,
        steps: Sequence[AnswerStep],
        texts: Sequence[str],
        stored: Sequence[Probe],
        near: Collection[int],
    ) -> None:
        self.steps = steps
        own = {probe.step.framework_id for probe in stored if probe.step}
        self.near = [own, self._holding_all(texts), near]

    def _holding_all(self, texts: Sequence[str]) -> set[int]:
        """The frameworks that have a step for every title of one that stands in the cell."""
        named = {
            step.title
            for step in self.steps
            for text in texts
            if text.startswith(f"{step.title}: ")
        }
        titles: dict[int, set[str]] = {}
        for step in self.steps:
            titles.setdefault(step.framework_id, set()).add(step.title)
        return {framework for framework, has in titles.items() if named <= has}

    def step_of(self, text: str, row: Probe) -> tuple[AnswerStep | None, str]:
        """The step that the text begins with, and the rest.

        What a text began with before is its own.

        :raises Unclear: if it could be one of several.
        """
        found = [step for step in self.steps if text.startswith(f"{step.title}: ")]
        if row.pk and row.step is None:
            found = [step for step in found if not row.text.startswith(f"{step.title}: ")]
        if row.step in found:
            found = [step for step in found if step == row.step]
        for frameworks in self.near:
            found = [step for step in found if step.framework_id in frameworks] or found
        if len(found) > 1:
            named = " and of ".join(step.framework.title for step in found)
            raise Unclear(
                f"“{found[0].title}” is a step of {named}; the admin's own form can say which"
            )
        return (found[0], text.removeprefix(f"{found[0].title}: ")) if found else (None, text)
