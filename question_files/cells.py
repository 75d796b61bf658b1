"""Imports single cells of a question file into a question.

Each import returns whether it changed anything, and raises `UnreadableCell` if the cell cannot be
read or is ambiguous, and `ValidationError` if a model refuses what it says.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from content.text import normalize_newlines
from interviews.models import Anchor, AnswerStep, Probe, Question, QuestionSkill
from ladders.models import Band
from question_files.lookups import Lookups, SkillReference, UnreadableCell
from question_files.multiline import join_indented, match_lines, pair_changed
from question_files.question_values import INDENT
from question_files.storing import StoredParts, delete_absent, store, store_order
from skills.models import Proficiency

#: A kind of parts of a question, as `ImportContext` names it.
PartsName = Literal["skills", "probes", "anchors"]

WITHHELD = (
    "the answers of this question are hidden, so files do not contain its anchors; edit them in "
    "the form of the question"
)


class ImportContext:
    """What the import of a cell needs in addition to the question and the cell."""

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


#: Changes a question to what a cell says.
CellImport = Callable[[Question, str, ImportContext], bool]


def import_text(field: str, question: Question, cell: str, context: ImportContext) -> bool:
    """Store the cell in a text field of the question."""
    return store(question, {field: cell})


def import_kind(question: Question, cell: str, context: ImportContext) -> bool:
    """Store the kind of question that the cell names by its label; an empty cell names none."""
    return store(question, {"kind": context.lookups.kind(cell)})


def import_bands(question: Question, cell: str, context: ImportContext) -> bool:
    """Store the lowest and the highest band that the cell names; see `Lookups.band_range`."""
    lowest, highest = context.lookups.band_range(cell)
    return store(question, {"band_from": lowest, "band_to": highest})


def import_skills(question: Question, cell: str, context: ImportContext) -> bool:
    """Replace the visible skills of the question. Those that visitors do not see stay."""
    stored = context.skills.of(question)
    visible = list(filter(attrgetter("skill.is_live"), stored))
    references = _skill_references(question, cell, visible, context)
    is_changed = False
    existing = {row.skill_id: row for row in stored}
    rows = []
    for skill_key, (skill, proficiency) in references.items():
        row = existing.get(skill_key) or QuestionSkill(question=question, skill=skill)
        is_changed |= _store_proficiency(row, proficiency)
        rows.append(row)
    is_changed |= delete_absent(visible, rows)
    return store_order(rows, stored) or is_changed


def skill_line(row: QuestionSkill) -> str:
    """The line that an export writes of a skill."""
    text = row.skill.title
    if row.proficiency and row.proficiency.is_live:
        text = f"{text} ({row.proficiency.title})"
    return normalize_newlines(text)


def _skill_references(
    question: Question, cell: str, visible: Sequence[QuestionSkill], context: ImportContext
) -> dict[int, SkillReference]:
    """The skills in a cell by primary key, in their order.

    :raises UnreadableCell: if a line names no skill, or one that another line names.
    """
    stored = context.skills.of(question)
    references: list[SkillReference] = []
    for match in match_lines(cell, visible, skill_line):
        if match.part:
            references.append(SkillReference(match.part.skill, match.part.proficiency))
        elif match.text.strip():
            references.append(context.lookups.skill(match.text, question.collection, stored))
    by_key: dict[int, SkillReference] = {}
    for reference in references:
        if reference.skill.pk in by_key:
            raise UnreadableCell(f"the skill “{reference.skill.title}” appears twice")
        by_key[reference.skill.pk] = reference
    return by_key


def _store_proficiency(row: QuestionSkill, proficiency: Proficiency | None) -> bool:
    """Store the proficiency of a skill, and the skill itself if it is new."""
    # A file does not show a proficiency that is not published, so it does not clear it either.
    is_hidden = row.proficiency is not None and not row.proficiency.is_live
    if is_hidden and proficiency is None:
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
    is_changed |= delete_absent(stored, rows)
    return store_order(rows, stored) or is_changed


def probe_line(probe: Probe) -> str:
    """The lines that an export writes of a follow-up."""
    step = f"{probe.step.title}: " if probe.step and probe.step.is_live else ""
    condition = f"({probe.condition}) " if probe.condition else ""
    text = probe.text.replace("\n", f"\n{INDENT}")
    return normalize_newlines(f"{step}{condition}{text}")


def _store_probe(row: Probe, text: str, parser: "_ProbeParser") -> bool:
    """Store a follow-up, unless the text is what an export writes of it, indented or not.

    :raises UnreadableCell: if several steps could be meant.
    """
    line = probe_line(row)
    if text in (line, line.replace(f"\n{INDENT}", "\n")):
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
        titles_in_cell: set[str] = set()
        for text in texts:
            titles_in_cell.update(map(attrgetter("title"), self._steps_at_start(text)))
        titles_by_framework: dict[int, set[str]] = defaultdict(set)
        for step in self._steps:
            titles_by_framework[step.framework_id].add(step.title)
        frameworks = set()
        for framework, titles in titles_by_framework.items():
            if titles_in_cell <= titles:
                frameworks.add(framework)
        return frameworks

    def parse(self, text: str, row: Probe) -> _ProbeFields:
        """The step, the condition in parentheses, and the rest.

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
        """The step whose title begins the text."""
        steps = self._steps_at_start(text)
        if row.step in steps:
            return row.step
        if row.pk and row.step is None:
            # Where the stored text begins with the title of a step, it does not name the step.
            in_stored_text = self._steps_at_start(row.text)
            steps = [step for step in steps if step not in in_stored_text]
        steps = self._preferred_steps(steps)
        if len(steps) > 1:
            titles = " and of ".join(map(attrgetter("framework.title"), steps))
            raise UnreadableCell(
                f"“{steps[0].title}” is a step of {titles}; choose one in the form of the question"
            )
        return steps[0] if steps else None

    def _preferred_steps(self, steps: list[AnswerStep]) -> list[AnswerStep]:
        """Those of the steps that are in the most preferred frameworks."""
        for frameworks in self._preferred_frameworks:
            preferred = [step for step in steps if step.framework_id in frameworks]
            steps = preferred or steps
        return steps

    def _steps_at_start(self, text: str) -> list[AnswerStep]:
        """The steps whose title begins a text. Several frameworks can have a step of one title."""
        return [step for step in self._steps if text.startswith(f"{step.title}: ")]


def _split_condition(text: str, row: Probe) -> tuple[str, str]:
    """The condition, in parentheses before the text, and the rest.

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
    stored: dict[Band | None, Anchor] = {}
    for anchor in context.anchors.of(question):
        if anchor.rating == rating:
            stored[anchor.band] = anchor
    texts = _texts_by_band(cell, stored.values(), context.lookups)
    stored_texts = {band: anchor.text for band, anchor in stored.items()}
    if question.withholds_answers and stored and texts != stored_texts:
        raise UnreadableCell(WITHHELD)
    is_changed = False
    rows = []
    for band, text in texts.items():
        row = stored.get(band) or Anchor(question=question, rating=rating, band=band)
        is_changed |= store(row, {"text": text})
        rows.append(row)
    return delete_absent(stored.values(), rows) or is_changed


def _texts_by_band(cell: str, stored: Iterable[Anchor], lookups: Lookups) -> dict[Band | None, str]:
    """
    :raises UnreadableCell: if there are several texts for a band.
    """
    texts: dict[Band | None, str] = {}
    for band, text in _anchor_texts(cell, stored, lookups):
        if band in texts:
            raise UnreadableCell(f"the band “{band}” appears twice")
        texts[band] = text
    return texts


def _anchor_texts(
    cell: str, stored: Iterable[Anchor], lookups: Lookups
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
