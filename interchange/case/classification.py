"""Decides which rows the items of another program become.

They go by their type where it is one of ours, else by their place.

What others stand under is a skill group, what is a level of a skill is its descriptor, the rest are
skills.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from content.fields import SLUG_LENGTH
from interchange.case.items import line
from interchange.case.nodes import Node
from interchange.case.schema import ITEM_HOMES, KINDS, ItemHome, folded
from interchange.slugs import DIGEST_LENGTH, digest, with_digest
from mapping.slugs import slug
from skills.packs import PROFICIENCIES, SCALES, SKILL_DESCRIPTORS, SKILL_GROUPS, SKILLS

GROUP, SKILL, DESCRIPTOR = (
    ITEM_HOMES[table.name] for table in (SKILL_GROUPS, SKILLS, SKILL_DESCRIPTORS)
)
#: A row of a table that no item stands for: its table, place and values.
Made = tuple[str, str, dict[str, str]]


def find_homes(nodes: Iterable[Node], with_children: set[Node]) -> None:
    """Give every item of another program its table.

    :param nodes: parents before children.
    """
    for node in nodes:
        if node.home is None:
            node.home = _home(node, with_children)


def _home(node: Node, with_children: set[Node]) -> ItemHome:
    if node.parent and node.made.get("level"):
        return DESCRIPTOR if node.parent.home is SKILL else SKILL
    typed = KINDS.get(folded(node.found.get("CFItemType", "")))
    is_leaf = node not in with_children
    if typed and typed.has_title and fits(typed, node.parent) and (is_leaf or typed is not SKILL):
        return typed
    return GROUP if node in with_children and fits(GROUP, node.parent) else SKILL


def fits(home: ItemHome, parent: Node | None) -> bool:
    """Whether a row of this table can stand under the row of that item."""
    if parent is None:
        return not home.table.parent
    return bool(home.parent) and parent.home is not None and _model(home) is parent.home.table.model


def _model(home: ItemHome) -> type:
    model: type = home.table.fields[home.parent].related_model
    return model


def find_slugs(nodes: list[Node]) -> None:
    """Name the rows: by code, else by title.

    Where two would have one name, by their identifiers too.

    No order of the package matters, so that the next version of it finds the same rows.
    """
    nodes = [node for node in nodes if not node.own]
    ranks: Counter[tuple[int, Node | None]] = Counter()
    begin = {node: _begin(node) for node in nodes}
    often = Counter((id(node.home), begin[node]) for node in nodes)
    for node in nodes:
        ranks[id(node.home), node.parent] += 1
        node.rank = ranks[id(node.home), node.parent]
        is_own_alone = often[id(node.home), begin[node]] == 1
        node.slug = begin[node] if is_own_alone else with_digest(begin[node], node.identifier)


def _begin(node: Node) -> str:
    names = ("humanCodingScheme", "abbreviatedStatement", "fullStatement")
    return next(
        (made for name in names if (made := slug(node.found.get(name, "")))),
        digest(node.identifier),
    )


def make_scales(nodes: Iterable[Node], taken: set[str]) -> Iterator[Made]:
    """Scales for the skills whose levels are items: skills with the same steps share one.

    :param taken: ids of scales that the package has itself.
    """
    levels: defaultdict[Node, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.home is DESCRIPTOR and not node.own and node.parent:
            levels[node.parent].append(node)
    for skill, steps in levels.items():
        steps.sort(key=lambda step: (step.sequence or 0, step.order))
        titles = _titles(steps)
        scale = f"levels-{digest('|'.join(titles))}"
        skill.made["scale"] = scale
        for step, name in zip(steps, titles, strict=True):
            step.made["proficiency"] = f"{scale}/{name}"
        if scale not in taken:
            taken.add(scale)
            yield from _scale(scale, titles, skill.place)


def _titles(steps: list[Node]) -> dict[str, str]:
    """The titles of the steps by their slugs."""
    titles: dict[str, str] = {}
    for number, step in enumerate(steps, start=1):
        title = line(
            step.found.get("abbreviatedStatement")
            or step.found.get("humanCodingScheme")
            or f"Level {number}"
        )
        begin = slug(title)[: SLUG_LENGTH - DIGEST_LENGTH].rstrip("-") or "step"
        free = (
            name
            for name in (begin, *(f"{begin}-{n}" for n in range(number, 2 * number + 1)))
            if name not in titles
        )
        titles[next(free)] = title
    return titles


def _scale(scale: str, titles: dict[str, str], place: str) -> Iterator[Made]:
    yield SCALES.name, place, {"id": scale, "title": line(" · ".join(titles.values()))}
    for position, (name, title) in enumerate(titles.items(), start=1):
        values = {"scale": scale, "id": name, "title": title, "position": str(position)}
        yield PROFICIENCIES.name, place, values
