"""CFRubrics that are exported, of two kinds.

A ladder is a matrix: one criterion for each skill or skill group, with the requirements and
expectations of each level. A question has one criterion with its anchors.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from interchange.case.identifiers import PackageIdentifiers
from interchange.case.import_records import import_record, with_date
from interchange.case.objects import (
    LAST_CHANGE,
    LINK_TITLE_LENGTH,
    ItemValues,
    changed_at,
    with_extension,
    with_row_extension,
)
from interchange.files import Object
from interchange.packs import ExportRow, ExportRows
from interviews.models import Anchor
from interviews.packs import ANCHORS, QUESTIONS
from ladders.level_order import LevelOrder
from ladders.models import Expectation
from ladders.packs import EXPECTATIONS, LADDERS, LEVEL_MOVES, LEVEL_REQUIREMENTS, LEVELS
from skills.packs import PROFICIENCIES, SKILL_GROUPS, SKILLS

#: The name of a table and the key of a row of it, which is a criterion of the matrix; both are
#: empty for expectations without a skill or skill group.
Heading = tuple[str, str]
NO_HEADING: Heading = ("", "")
#: A level and the levels whose expectations it includes, from the top down.
LevelChain = list[ExportRow]
#: Marks objects that repeat what other objects of the package express, so that no import reads
#: them.
DERIVED = with_extension({"derived": True})
#: For a requirement without proficiency and importance.
REQUIRED = "needed"


class StatedText(NamedTuple):
    """An expectation; levels above include it if it is inherited, which examples are not."""

    text: str
    is_inherited: bool


@dataclass
class StatedCell:
    """What a level itself states under a heading."""

    requirement: str = ""
    texts: list[StatedText] = field(default_factory=list)


#: What levels state, by the key of the level.
StatedCells = defaultdict[str, defaultdict[Heading, StatedCell]]
#: The texts of the matrix of a ladder, by the key of the level.
Matrix = dict[str, dict[Heading, str]]


class RubricWriter:
    """Writes the rubrics of a package after its items."""

    def __init__(
        self, rows: ExportRows, identifiers: PackageIdentifiers, items: dict[str, ItemValues]
    ) -> None:
        """
        :param items: the items of the package by identifier, with their dates.
        """
        self._rows = rows
        self._identifiers = identifiers
        self._items = items

    def rubrics(self) -> list[Object]:
        return [*self._ladder_rubrics(), *self._question_rubrics()]

    def _ladder_rubrics(self) -> Iterator[Object]:
        stated = _stated_cells(self._rows)
        levels_by_ladder = _by_parent(self._rows.in_table(LEVELS), "ladder")
        moves = self._rows.in_table(LEVEL_MOVES)
        for ladder in self._rows.in_table(LADDERS):
            levels = levels_by_ladder[ladder.key]
            matrix = _matrix(_level_chains(levels, moves), stated)
            criteria = self._ladder_criteria(ladder, levels, matrix)
            if criteria:
                yield self._rubric(ladder, criteria) | DERIVED

    def _question_rubrics(self) -> Iterator[Object]:
        anchors_by_question = _by_parent(self._rows.in_table(ANCHORS), "question")
        for question in self._rows.in_table(QUESTIONS):
            anchors = anchors_by_question[question.key]
            if anchors:
                item = self._item_of(question)
                key = f"{QUESTIONS.name}/{question.stable_key}"
                criterion = self._criterion(key, item, 1, item[LAST_CHANGE])
                criterion["CFRubricCriterionLevels"] = list(map(self._anchor, anchors))
                yield self._rubric(question, [criterion])

    def _item_of(self, row: ExportRow) -> ItemValues:
        return self._items[self._identifiers.of_item(row)["identifier"]]

    def _rubric(self, row: ExportRow, criteria: list[Object]) -> Object:
        return {
            **self._identifiers.of_object("CFRubric", f"{row.table.name}/{row.stable_key}"),
            "title": row.values["title"],
            LAST_CHANGE: self._item_of(row)[LAST_CHANGE],
            "CFRubricCriteria": criteria,
        }

    def _ladder_criteria(
        self, ladder: ExportRow, levels: list[ExportRow], matrix: Matrix
    ) -> list[Object]:
        """A criterion for each heading, in the order in which the levels use them."""
        date = self._item_of(ladder)[LAST_CHANGE]
        levels_by_heading: defaultdict[Heading, list[ExportRow]] = defaultdict(list)
        for level in levels:
            for heading in matrix[level.key]:
                levels_by_heading[heading].append(level)
        criteria = []
        for position, (heading, heading_levels) in enumerate(levels_by_heading.items(), start=1):
            key = f"{LADDERS.name}/{ladder.stable_key}/{'/'.join(heading)}"
            identity = self._identifiers.find_item(*heading)
            item = self._items[identity["identifier"]] if identity else None
            criterion = self._criterion(key, item, position, date)
            criterion["CFRubricCriterionLevels"] = [
                self._criterion_level(key, level, matrix[level.key][heading], date)
                for level in heading_levels
            ]
            criteria.append(criterion)
        return criteria

    def _criterion(self, key: str, item: ItemValues | None, position: int, date: str) -> Object:
        """
        :param item: that the criterion is about, if any.
        """
        criterion: Object = {
            **self._identifiers.of_object("CFRubricCriterion", key),
            "position": position,
            LAST_CHANGE: date,
        }
        if item is not None:
            title = item.get("abbreviatedStatement") or item["fullStatement"][:LINK_TITLE_LENGTH]
            criterion["category"] = title
            criterion["CFItemURI"] = {
                "title": title,
                "identifier": item["identifier"],
                "uri": item["uri"],
            }
        return criterion

    def _criterion_level(self, key: str, level: ExportRow, text: str, date: str) -> Object:
        return {
            **self._identifiers.of_object("CFRubricCriterionLevel", f"{key}/{level.stable_key}"),
            "quality": level.values.get("code") or level.values["title"],
            "description": text,
            "position": int(level.values.get("position", 0)),
            LAST_CHANGE: date,
        }

    def _anchor(self, anchor: ExportRow) -> Object:
        values = dict(anchor.values)
        del values["question"]
        rating = int(values.pop("rating"))
        criterion_level: Object = {
            **self._identifiers.of_row(anchor),
            "quality": str(Anchor.Rating(rating).label),
            "score": rating,
            "position": rating,
            "description": values.pop("text"),
        }
        criterion_level |= with_row_extension(anchor, values)
        return with_date(criterion_level, import_record(anchor.row), changed_at(anchor.row))


def _by_parent(rows: Iterable[ExportRow], parent_column: str) -> defaultdict[str, list[ExportRow]]:
    groups: defaultdict[str, list[ExportRow]] = defaultdict(list)
    for row in rows:
        groups[row.values[parent_column]].append(row)
    return groups


def _stated_cells(rows: ExportRows) -> StatedCells:
    """The requirements and expectations of all levels."""
    proficiencies = {row.key: row.values["title"] for row in rows.in_table(PROFICIENCIES)}
    stated: StatedCells = defaultdict(lambda: defaultdict(StatedCell))
    for row in rows.in_table(LEVEL_REQUIREMENTS):
        proficiency = proficiencies.get(row.values.get("proficiency", ""), "")
        words = [proficiency, row.values.get("importance", "")]
        requirement = " · ".join(filter(None, words)) or REQUIRED
        cell = stated[row.values["level"]][SKILLS.name, row.values["skill"]]
        cell.requirement = f"**{requirement}**"
    for row in rows.in_table(EXPECTATIONS):
        is_inherited = row.row.kind == Expectation.Kind.EXPECTATION
        cell = stated[row.values["level"]][_heading_of(row)]
        cell.texts.append(StatedText(row.values["text"], is_inherited))
    return stated


def _heading_of(expectation: ExportRow) -> Heading:
    for table, column in ((SKILLS, "skill"), (SKILL_GROUPS, "group")):
        if column in expectation.values:
            return table.name, expectation.values[column]
    return NO_HEADING


def _level_chains(levels: list[ExportRow], moves: list[ExportRow]) -> list[LevelChain]:
    """A chain for each level of a ladder."""
    rows_by_pk = {level.row.pk: level for level in levels}
    order = LevelOrder([level.row for level in levels], [move.row for move in moves])
    chains = []
    for level in levels:
        chains.append([rows_by_pk[lower.pk] for lower in order.included(level.row)])
    return chains


def _matrix(chains: list[LevelChain], stated: StatedCells) -> Matrix:
    """The matrix of a ladder, with what its levels include from others."""
    matrix: Matrix = {}
    for chain in chains:
        headings: dict[Heading, None] = {}
        for level in chain:
            headings |= dict.fromkeys(stated[level.key])
        texts: dict[Heading, str] = {}
        for heading in headings:
            text = _matrix_text(chain, heading, stated)
            if text:
                texts[heading] = text
        matrix[chain[0].key] = texts
    return matrix


def _matrix_text(chain: LevelChain, heading: Heading, stated: StatedCells) -> str:
    """The requirement of the nearest level that has one, then the expectations of all levels.

    What several levels say in the same words is the nearest one's (see `without_repeats`).
    """
    requirement = ""
    bullets = []
    nearest_levels: dict[str, ExportRow] = {}
    for level in chain:
        cell = stated[level.key].get(heading, StatedCell())
        is_own_level = level is chain[0]
        source = "" if is_own_level else f" (inherited from {level.row})"
        if cell.requirement and not requirement:
            requirement = cell.requirement + source
        for text, is_inherited in cell.texts:
            applies = is_own_level or is_inherited
            if applies and nearest_levels.setdefault(text, level) is level:
                indented = f"{text}{source}".replace("\n", "\n  ")
                bullets.append(f"- {indented}")
    return "\n".join(filter(None, [requirement, *bullets]))
