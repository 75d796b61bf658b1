"""The rows that the rubrics of a package become: the anchors of questions.

Rubrics of other programs are kept whole.
"""

from collections.abc import Callable, Iterator
from typing import Any

from interchange.case_checks import CRITERION, CRITERION_LEVEL, RUBRIC, checked, storable
from interchange.case_graph import Graph
from interchange.case_nodes import extension_of
from interchange.case_objects import Object
from interchange.case_rows import Values, blank, dated_as, extra_of, key_for
from interviews.packs import ANCHORS
from packs.errors import UnreadableFile

Row = tuple[str, str, Values]
#: A rubric of another program with the identifiers of the items of the package that it speaks of.
Kept = tuple[list[str], Object]


def rows_of_rubrics(
    rubrics: list[Any], graph: Graph, refuse: Callable[[UnreadableFile], None]
) -> tuple[list[Kept], list[Row]]:
    """The rubrics that other programs wrote, and the anchors in ours."""
    others: list[Kept] = []
    rows: list[Row] = []
    for number, raw in enumerate(rubrics, start=1):
        place = f"CFRubrics {number}"
        try:
            storable(raw, place)
            found = checked(raw, RUBRIC, ["identifier"], place)
            anchors = list(_anchors(found, place, graph))
            if not anchors and not extension_of(found, place).get("derived"):
                others.append((_items(found, place, graph), raw))
            rows += anchors
        except UnreadableFile as error:
            refuse(error)
    return others, rows


def _items(rubric: Object, place: str, graph: Graph) -> list[str]:
    criteria = (checked(raw, CRITERION, [], place) for raw in rubric.get("CFRubricCriteria", []))
    ends = (graph.end(found["CFItemURI"]) for found in criteria if "CFItemURI" in found)
    return [node.identifier for node in ends if node]


def _anchors(rubric: Object, place: str, graph: Graph) -> Iterator[Row]:
    for number, raw in enumerate(rubric.get("CFRubricCriteria", []), start=1):
        here = f"{place}, criterion {number}"
        criterion = checked(raw, CRITERION, ["identifier"], here)
        for position, level in enumerate(criterion.get("CFRubricCriterionLevels", []), start=1):
            there = f"{here}, level {position}"
            found = checked(level, CRITERION_LEVEL, ["identifier"], there)
            own = extension_of(found, there)
            if own.get("table") == ANCHORS.name:
                yield ANCHORS.name, there, _anchor(level, found, own, criterion, there, graph)


def _anchor(
    raw: Object, found: Object, own: Object, criterion: Object, place: str, graph: Graph
) -> Values:
    question = graph.end(criterion["CFItemURI"]) if "CFItemURI" in criterion else None
    if question is None:
        raise UnreadableFile(place, "the criterion names no question of the package")
    values = {
        "question": key_for(ANCHORS, "question", question, place),
        "rating": f"{found.get('score', 0):g}",
        "text": found.get("description", ""),
    }
    return (
        extra_of(own, ANCHORS) | blank(ANCHORS) | values | own.get("row", {}) | dated_as(raw, found)
    )
