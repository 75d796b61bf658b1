"""Imports single cells of a question file into a question.

Each import returns whether it changed anything, and raises `UnreadableCell` if the cell cannot be
read or is ambiguous, and `ValidationError` if a model refuses what it says.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from content.fields import normalize_newlines
from interviews.models import Anchor, AnswerStep, Probe, Question, QuestionSkill
from ladders.models import Band
from question_files.lookups import Lookups, SkillReference, UnreadableCell
from question_files.multiline import join_indented, match_lines, pair_changed
from question_files.question_values import INDENT
from question_files.storing import StoredParts, store, store_order
from skills.models import Proficiency

#: A kind of parts of a question.
PartsName = Literal["skills", "probes", "anchors"]

WITHHELD = (
    "the answers of this question are kept back, so no file shows the anchor that is stored here; "
    "the admin's own form does"
)


class ImportContext:
    """What the import of a cell needs beside the question and the cell."""

    def __init__(self, frameworks: Collection[int]) -> None:
        """
        :param frameworks: the primary keys of the answer frameworks that the set uses.
        """
        self.frameworks = frameworks
        self.lookups = Lookups()
        self.skills = StoredParts(
            QuestionSkill.objects.select_related(
                "skill__collection", "proficiency__scale__collection"
            )
        )
        self.probes = StoredParts(
            Probe.objects.select_related("step__framework__collection").order_by("position", "id")
        )
        self.anchors = StoredParts(Anchor.objects.select_related("band"))

    def read_parts(self, name: PartsName, question_keys: Iterable[int]) -> None:
        """Read the parts of many questions at once."""
        if name == "skills":
            self.skills.read(question_keys)
        elif name == "probes":
            self.probes.read(question_keys)
        else:
            self.anchors.read(question_keys)


#: Changes a question to what a cell says.
CellImport = Callable[[Question, str, ImportContext], bool]


def import_prompt(question: Question, cell: str, context: ImportContext) -> bool:
    return store(question, {"prompt": cell})


def import_kind(question: Question, cell: str, context: ImportContext) -> bool:
    return store(question, {"kind": context.lookups.kind(cell)})


def import_bands(question: Question, cell: str, context: ImportContext) -> bool:
    lowest, highest = context.lookups.band_range(cell)
    return store(question, {"band_from": lowest, "band_to": highest})


def import_skills(question: Question, cell: str, context: ImportContext) -> bool:
    """Replace the visible skills of the question. Those that visitors do not see stay."""
    stored = context.skills.of(question)
    visible = [row for row in stored if row.skill.is_live]
    references = _skill_references(question, cell, visible, context)
    skill_keys = {reference.skill.pk for reference in references}
    removed = [row for row in visible if row.skill_id not in skill_keys]
    for row in removed:
        row.delete()
    existing = {row.skill_id: row for row in stored}
    is_changed = bool(removed)
    rows = []
    for skill, proficiency in references:
        row = existing.get(skill.pk) or QuestionSkill(question=question, skill=skill)
        is_changed |= _store_proficiency(row, proficiency)
        rows.append(row)
    return store_order(rows, stored) or is_changed


def skill_line(row: QuestionSkill) -> str:
    """The line that an export writes of a skill."""
    text = row.skill.title
    if row.proficiency and row.proficiency.is_live:
        text = f"{text} ({row.proficiency.title})"
    return normalize_newlines(text)


def _skill_references(
    question: Question, cell: str, visible: Sequence[QuestionSkill], context: ImportContext
) -> list[SkillReference]:
    """
    :raises UnreadableCell: if a line names no skill, or one that another line names.
    """
    stored = context.skills.of(question)
    references: list[SkillReference] = []
    for match in match_lines(cell, visible, skill_line):
        if match.part:
            references.append(SkillReference(match.part.skill, match.part.proficiency))
        elif match.text.strip():
            references.append(context.lookups.skill(match.text, question.collection, stored))
    skill_keys = set()
    for reference in references:
        if reference.skill.pk in skill_keys:
            raise UnreadableCell(f"the skill “{reference.skill.title}” stands twice")
        skill_keys.add(reference.skill.pk)
    return references


def _store_proficiency(row: QuestionSkill, proficiency: Proficiency | None) -> bool:
    # A file does not show a proficiency that is not published, so it does not clear it either.
    is_hidden = row.proficiency is not None and not row.proficiency.is_live
    if row.pk and proficiency is None and is_hidden:
        return False
    return store(row, {"proficiency": proficiency})


def import_probes(question: Question, cell: str, context: ImportContext) -> bool:
    """Replace the follow-ups of the question."""
    stored = context.probes.of(question)
    texts = join_indented(match_lines(cell, stored, probe_line))
    matches = pair_changed(texts, stored, probe_line)
    parser = _ProbeParser(context, [match.text for match in matches], stored)
    is_changed = False
    rows = []
    for match in matches:
        row = match.part or Probe(question=question)
        is_changed |= _store_probe(row, match.text, parser)
        rows.append(row)
    for probe in stored:
        if probe not in rows:
            probe.delete()
            is_changed = True
    return store_order(rows, stored) or is_changed


def probe_line(probe: Probe) -> str:
    """The lines that an export writes of a follow-up."""
    step = f"{probe.step.title}: " if probe.step and probe.step.is_live else ""
    condition = f"({probe.condition}) " if probe.condition else ""
    text = probe.text.replace("\n", f"\n{INDENT}")
    return normalize_newlines(f"{step}{condition}{text}")


def _store_probe(row: Probe, text: str, parser: "_ProbeParser") -> bool:
    line = probe_line(row) if row.pk else ""
    if row.pk and text in (line, line.replace(f"\n{INDENT}", "\n")):
        return False
    return store(row, parser.parse(text, row)._asdict())


class _ProbeFields(NamedTuple):
    """The fields of a follow-up that a text says."""

    step: AnswerStep | None
    condition: str
    text: str


class _ProbeParser:
    """Reads the texts of the follow-ups in one cell."""

    def __init__(
        self, context: ImportContext, texts: Sequence[str], stored: Sequence[Probe]
    ) -> None:
        """
        :param texts: all texts of the cell.
        :param stored: the follow-ups of the question.
        """
        self._steps = context.lookups.steps
        own_frameworks = {probe.step.framework_id for probe in stored if probe.step}
        #: Frameworks by primary key. A step of an earlier group is preferred if several steps have
        #: the same title.
        self._preferred_frameworks: list[Collection[int]] = [
            own_frameworks,
            self._frameworks_with_all_steps(texts),
            context.frameworks,
        ]

    def _frameworks_with_all_steps(self, texts: Sequence[str]) -> set[int]:
        """The frameworks that have a step for each title of a step that begins a text."""
        titles_in_cell = set()
        titles_by_framework: dict[int, set[str]] = {}
        for step in self._steps:
            titles_by_framework.setdefault(step.framework_id, set()).add(step.title)
            if any(text.startswith(f"{step.title}: ") for text in texts):
                titles_in_cell.add(step.title)
        return {
            framework
            for framework, titles in titles_by_framework.items()
            if titles_in_cell <= titles
        }

    def parse(self, text: str, row: Probe) -> _ProbeFields:
        """The step, the condition in brackets, and the rest.

        :param row: the follow-up that the text changes, or a new one.
        :raises UnreadableCell: if several steps could be meant.
        """
        if row.step is not None and not row.step.is_live:
            # A file does not show a step that is not published, so it stays.
            step: AnswerStep | None = row.step
        else:
            step = self._step(text, row)
            text = text.removeprefix(f"{step.title}: ") if step else text
        condition, text = _split_condition(text, row)
        return _ProbeFields(step, condition, text)

    def _step(self, text: str, row: Probe) -> AnswerStep | None:
        steps = [step for step in self._steps if text.startswith(f"{step.title}: ")]
        if row.step in steps:
            return row.step
        if row.pk and row.step is None:
            # The text itself began with the title of a step before.
            steps = [step for step in steps if not row.text.startswith(f"{step.title}: ")]
        for frameworks in self._preferred_frameworks:
            preferred = [step for step in steps if step.framework_id in frameworks]
            steps = preferred or steps
        if len(steps) > 1:
            titles = " and of ".join(step.framework.title for step in steps)
            raise UnreadableCell(
                f"“{steps[0].title}” is a step of {titles}; the admin's own form can say which"
            )
        return steps[0] if steps else None


def _split_condition(text: str, row: Probe) -> tuple[str, str]:
    """The condition, in brackets before the text, and the rest.

    Brackets that the stored text begins with are not a condition.
    """
    stored_condition = f"({row.condition}) "
    if row.condition and text.startswith(stored_condition):
        return row.condition, text.removeprefix(stored_condition)
    end = _closing_bracket(text)
    in_brackets, rest = text[: end + 1], text[end + 1 :]
    is_in_stored_text = not row.condition and row.text.startswith(in_brackets)
    if end < 2 or is_in_stored_text or not rest.startswith(" "):
        return "", text
    return in_brackets[1:-1], rest[1:]


def _closing_bracket(text: str) -> int:
    """The index of the bracket that closes the one at the beginning; 0 if there is none."""
    depth = 0
    for index, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        if depth <= 0:
            return index
    return 0


def import_anchors(rating: int, question: Question, cell: str, context: ImportContext) -> bool:
    """Replace the anchors of the question at one rating: for all bands, and for single bands."""
    stored = [anchor for anchor in context.anchors.of(question) if anchor.rating == rating]
    texts: dict[Band | None, str] = {}
    for band, text in _anchor_texts(cell, stored, context.lookups):
        if band in texts:
            raise UnreadableCell(f"the band “{band}” stands twice")
        texts[band] = text
    stored_texts = {anchor.band: anchor.text for anchor in stored}
    if question.withholds_answers and stored and texts != stored_texts:
        raise UnreadableCell(WITHHELD)
    existing = {anchor.band: anchor for anchor in stored}
    is_changed = False
    for band, anchor in existing.items():
        if band not in texts:
            anchor.delete()
            is_changed = True
    for band, text in texts.items():
        row = existing.get(band) or Anchor(question=question, rating=rating, band=band)
        is_changed |= store(row, {"text": text})
    return is_changed


def _anchor_texts(
    cell: str, stored: Sequence[Anchor], lookups: Lookups
) -> Iterator[tuple[Band | None, str]]:
    """The texts by band.

    A line inside a stored text begins no other text, even if it looks as if it named a band.
    """
    if not cell.strip():
        return
    inner_lines: set[str] = set()
    for anchor in stored:
        lines = anchor.text.split("\n")
        inner_lines.update(lines[1:] if anchor.band else lines)
    band: Band | None = None
    lines = []
    for line in cell.split("\n"):
        prefix = None if line in inner_lines else lookups.band_prefix(line)
        if prefix is None:
            lines.append(line)
            continue
        if lines:
            yield band, "\n".join(lines)
        band, rest = prefix
        lines = [rest]
    yield band, "\n".join(lines)
