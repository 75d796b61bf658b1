"""Rubrics: a ladder as a matrix of headings and levels, and what answers to a question show at each rating."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from interviews.models import Anchor
from interviews.packs import ANCHORS, QUESTIONS
from ladders.packs import EXPECTATIONS, LADDERS, LEVEL_REQUIREMENTS, LEVELS
from skills.packs import PROFICIENCIES
from tpm_portal.interchange.case_addresses import Addresses
from tpm_portal.interchange.case_objects import DATE, Object, dated, extended, filled
from tpm_portal.interchange.written_rows import WrittenRow, WrittenRows, kept, visible_extra

#: Which table a heading of the matrix is from, and its key; both empty for what stands under no heading.
Heading = tuple[str, str]
DERIVED = extended({"derived": True})


def rubrics_of(rows: WrittenRows, addresses: Addresses, items: dict[str, Object]) -> Iterator[Object]:
    """All rubrics of a package; its items are written."""
    cells = _cells(rows)
    levels = _children(rows.of(LEVELS), "ladder")
    for ladder in rows.of(LADDERS):
        found = items[addresses.item_of(ladder)["identifier"]]
        if matrix := _matrix(ladder, levels[ladder.key], cells, addresses, items):
            yield _rubric(addresses, LADDERS.name, ladder, matrix, found) | DERIVED
    anchors = _children(rows.of(ANCHORS), "question")
    for question in rows.of(QUESTIONS):
        found = items[addresses.item_of(question)["identifier"]]
        if own := anchors[question.key]:
            criterion = _criterion(addresses, f"{QUESTIONS.name}/{question.first_key}", found, 1, found[DATE])
            scale = {"CFRubricCriterionLevels": [_anchor(one, addresses) for one in own]}
            yield _rubric(addresses, QUESTIONS.name, question, [criterion | scale], found)


def _children(rows: Iterable[WrittenRow], parent: str) -> defaultdict[str, list[WrittenRow]]:
    found: defaultdict[str, list[WrittenRow]] = defaultdict(list)
    for one in rows:
        found[one.values[parent]].append(one)
    return found


def _cells(rows: WrittenRows) -> dict[str, dict[Heading, list[str]]]:
    """For every level what stands under each heading: the proficiency that is needed, then what is expected."""
    steps = {one.key: one.values["title"] for one in rows.of(PROFICIENCIES)}
    cells: defaultdict[str, dict[Heading, list[str]]] = defaultdict(dict)
    for one in rows.of(LEVEL_REQUIREMENTS):
        step = steps.get(one.values.get("proficiency", ""), "")
        said = " · ".join(filter(None, [step, one.values.get("importance", "")]))
        cells[one.values["level"]].setdefault(("skills", one.values["skill"]), []).append(f"**{said}**")
    for one in rows.of(EXPECTATIONS):
        skill, group = one.values.get("skill", ""), one.values.get("group", "")
        heading = ("skills", skill) if skill else ("skill_groups", group) if group else ("", "")
        cells[one.values["level"]].setdefault(heading, []).append(_bullet(one.values["text"]))
    return cells


def _bullet(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


def _matrix(
    ladder: WrittenRow,
    levels: list[WrittenRow],
    cells: dict[str, dict[Heading, list[str]]],
    addresses: Addresses,
    items: dict[str, Object],
) -> list[Object]:
    """The criteria of a ladder, one for every heading in the order in which its levels bring them up."""
    headings = dict.fromkeys(heading for level in levels for heading in cells.get(level.key, ()))
    date = items[addresses.item_of(ladder)["identifier"]][DATE]
    criteria = []
    for position, heading in enumerate(headings, start=1):
        item = addresses.item(*heading)
        key = f"{LADDERS.name}/{ladder.first_key}/{'/'.join(heading)}"
        made = _criterion(addresses, key, items[item["identifier"]] if item else None, position, date)
        filled_levels = [
            _cell(addresses, key, level, "\n".join(cells[level.key][heading]), date)
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


def _rubric(addresses: Addresses, table: str, one: WrittenRow, criteria: list[Object], found: Object) -> Object:
    made = addresses.made("CFRubric", f"{table}/{one.first_key}")
    return made | {"title": one.values["title"], DATE: found[DATE], "CFRubricCriteria": criteria}


def _criterion(addresses: Addresses, key: str, item: Object | None, position: int, date: str) -> Object:
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
    return dated(made | extended(filled(said)), kept(one.row), one.row.updated_at)
