"""Rubrics of two kinds.

A ladder is a matrix of headings and levels, and a question has what answers show at each rating.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interchange.case_addresses import Addresses
from interchange.case_objects import DATE, Object, dated, extended, filled, written_at
from interchange.written_rows import WrittenRow, WrittenRows, kept, visible_extra
from interviews.models import Anchor
from interviews.packs import ANCHORS, QUESTIONS
from ladders.level_order import LevelOrder
from ladders.models import Expectation
from ladders.packs import EXPECTATIONS, LADDERS, LEVEL_MOVES, LEVEL_REQUIREMENTS, LEVELS
from skills.packs import PROFICIENCIES

#: Which table a heading of the matrix is from, and its key; both empty for what stands under no
#: heading.
Heading = tuple[str, str]
#: What one level states itself under each heading.
Cells = dict[Heading, "Cell"]
DERIVED = extended({"derived": True})
#: Stands for a requirement of which neither proficiency nor importance is stated.
NEEDED = "needed"


@dataclass
class Cell:
    """What one level states itself under one heading."""

    requirement: str = ""
    #: Each with whether levels that include this one inherit it: examples are not inherited.
    texts: list[tuple[str, bool]] = field(default_factory=list)


def rubrics_of(
    rows: WrittenRows, addresses: Addresses, items: dict[str, Object]
) -> Iterator[Object]:
    """All rubrics of a package; its items are written."""
    cells = _cells(rows)
    levels = _children(rows.of(LEVELS), "ladder")
    for ladder in rows.of(LADDERS):
        found = items[addresses.item_of(ladder)["identifier"]]
        chains = _chains(levels[ladder.key], rows.of(LEVEL_MOVES))
        if matrix := _matrix(
            ladder, levels[ladder.key], _in_force(chains, cells), addresses, items
        ):
            yield _rubric(addresses, LADDERS.name, ladder, matrix, found) | DERIVED
    anchors = _children(rows.of(ANCHORS), "question")
    for question in rows.of(QUESTIONS):
        found = items[addresses.item_of(question)["identifier"]]
        if own := anchors[question.key]:
            criterion = _criterion(
                addresses, f"{QUESTIONS.name}/{question.first_key}", found, 1, found[DATE]
            )
            scale = {"CFRubricCriterionLevels": [_anchor(one, addresses) for one in own]}
            yield _rubric(addresses, QUESTIONS.name, question, [criterion | scale], found)


def _children(rows: Iterable[WrittenRow], parent: str) -> defaultdict[str, list[WrittenRow]]:
    found: defaultdict[str, list[WrittenRow]] = defaultdict(list)
    for one in rows:
        found[one.values[parent]].append(one)
    return found


def _cells(rows: WrittenRows) -> dict[str, Cells]:
    """For every level what it states under each heading.

    First comes the proficiency that is needed, then what is expected.
    """
    steps = {one.key: one.values["title"] for one in rows.of(PROFICIENCIES)}
    cells: defaultdict[str, Cells] = defaultdict(lambda: defaultdict(Cell))
    for one in rows.of(LEVEL_REQUIREMENTS):
        step = steps.get(one.values.get("proficiency", ""), "")
        said = " · ".join(filter(None, [step, one.values.get("importance", "")]))
        cells[one.values["level"]][
            "skills", one.values["skill"]
        ].requirement = f"**{said or NEEDED}**"
    for one in rows.of(EXPECTATIONS):
        skill, group = one.values.get("skill", ""), one.values.get("group", "")
        heading = ("skills", skill) if skill else ("skill_groups", group) if group else ("", "")
        is_inherited = one.row.kind == Expectation.Kind.EXPECTATION
        cells[one.values["level"]][heading].texts.append((one.values["text"], is_inherited))
    return cells


def _chains(levels: list[WrittenRow], moves: list[WrittenRow]) -> list[list[WrittenRow]]:
    """Each level with those below that it includes, from the top down."""
    by_key = {one.row.pk: one for one in levels}
    order = LevelOrder([one.row for one in levels], [one.row for one in moves])
    return [[by_key[each.pk] for each in order.included(one.row)] for one in levels]


def _in_force(
    chains: list[list[WrittenRow]], cells: dict[str, Cells]
) -> dict[str, dict[Heading, str]]:
    """For every level what holds under each heading, what it inherits marked as such."""
    found: dict[str, dict[Heading, str]] = {}
    for chain in chains:
        headings = dict.fromkeys(heading for each in chain for heading in cells.get(each.key, ()))
        told = {heading: "\n".join(_lines(chain, heading, cells)) for heading in headings}
        found[chain[0].key] = {heading: text for heading, text in told.items() if text}
    return found


def _lines(chain: list[WrittenRow], heading: Heading, cells: dict[str, Cells]) -> Iterator[str]:
    """The requirement of the nearest level that states one, then the expectations of all.

    What several say in the same words is the nearest one's (see `without_repeats`).
    """
    stated = [
        (each, cells[each.key][heading]) for each in chain if heading in cells.get(each.key, ())
    ]
    for each, cell in [(each, cell) for each, cell in stated if cell.requirement][:1]:
        yield cell.requirement + _source(each, chain)
    said: dict[str, WrittenRow] = {}
    for each, cell in stated:
        for text, up in cell.texts:
            if (up or each is chain[0]) and said.setdefault(text, each) is each:
                yield _bullet(text + _source(each, chain))


def _source(level: WrittenRow, chain: list[WrittenRow]) -> str:
    return "" if level is chain[0] else f" (inherited from {level.row})"


def _bullet(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


def _matrix(
    ladder: WrittenRow,
    levels: list[WrittenRow],
    cells: dict[str, dict[Heading, str]],
    addresses: Addresses,
    items: dict[str, Object],
) -> list[Object]:
    """The criteria of a ladder, one for every heading in the order in which its levels use them."""
    headings = dict.fromkeys(heading for level in levels for heading in cells.get(level.key, ()))
    date = items[addresses.item_of(ladder)["identifier"]][DATE]
    criteria = []
    for position, heading in enumerate(headings, start=1):
        item = addresses.item(*heading)
        key = f"{LADDERS.name}/{ladder.first_key}/{'/'.join(heading)}"
        made = _criterion(
            addresses, key, items[item["identifier"]] if item else None, position, date
        )
        filled_levels = [
            _cell(addresses, key, level, cells[level.key][heading], date)
            for level in levels
            if heading in cells.get(level.key, ())
        ]
        criteria.append(made | {"CFRubricCriterionLevels": filled_levels})
    return criteria


def _cell(addresses: Addresses, key: str, level: WrittenRow, text: str, date: str) -> Object:
    quality = level.values.get("code") or level.values["title"]
    position = int(level.values.get("position", 0))
    made = addresses.made("CFRubricCriterionLevel", f"{key}/{level.first_key}")
    return made | {"quality": quality, "description": text, "position": position, DATE: date}


def _rubric(
    addresses: Addresses, table: str, one: WrittenRow, criteria: list[Object], found: Object
) -> Object:
    made = addresses.made("CFRubric", f"{table}/{one.first_key}")
    return made | {"title": one.values["title"], DATE: found[DATE], "CFRubricCriteria": criteria}


def _criterion(
    addresses: Addresses, key: str, item: Object | None, position: int, date: str
) -> Object:
    made = addresses.made("CFRubricCriterion", key) | {"position": position, DATE: date}
    if item is None:
        return made
    title = item.get("abbreviatedStatement") or item["fullStatement"][:200]
    reference = {"title": title, "identifier": item["identifier"], "uri": item["uri"]}
    return made | {"category": title, "CFItemURI": reference}


def _anchor(one: WrittenRow, addresses: Addresses) -> Object:
    values = dict(one.values)
    rating = int(values.pop("rating"))
    del values["question"]
    said = {"table": ANCHORS.name, "row": values, "extra": visible_extra(one.row)}
    made = addresses.row(one) | {
        "quality": str(Anchor.Rating(rating).label),
        "score": rating,
        "position": rating,
        "description": values.pop("text"),
    }
    return dated(made | extended(filled(said)), kept(one.row), written_at(one.row))
