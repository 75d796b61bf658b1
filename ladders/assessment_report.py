"""A gap report as Markdown, to talk it over with one's manager."""

from collections.abc import Iterator

from content.markdown import literal, plain_text
from ladders.assessment import Option, Rating, Result, Standing
from ladders.models import Level
from roles.models import Importance

OPENING = "By my own account. No score: it says where to work next and what I can show."


def report(level: Level, result: Result, link: str) -> str:
    """The whole text.

    :param link: the address of the assessment, which tells where the words come from.
    """
    parts = [
        f"# Where I stand: {literal(str(level))}, {literal(level.ladder.title)}",
        OPENING,
        *_parts(result),
        f"{literal(level.ladder.collection.title)}, {literal(level.ladder.collection.licence)}: <{link}>",
    ]
    return "\n\n".join(parts) + "\n"


def _parts(result: Result) -> Iterator[str]:
    for standing, rows in result.by_standing.items():
        if standing == Standing.OPEN:
            yield f"## {standing.label}\n\n{', '.join(literal(row.skill.title) for row in rows)}"
        else:
            yield f"## {standing.label}"
            yield from map(_told, result.gaps if standing == Standing.GAP else rows)


def _told(rating: Rating) -> str:
    lines = [f"### {literal(rating.skill.title)}", _steps(rating)]
    if rating.missing > 0:
        lines += _next(rating.following)
    if rating.note:
        lines.append("Evidence: " + literal(rating.note))
    return "\n\n".join(line for line in lines if line)


def _steps(rating: Rating) -> str:
    asked, own = rating.asked.target, rating.own
    told = [f"Asked: {literal(asked.title)}"] if asked else []
    told += [f"I see myself at: {literal(own.title)}"] if own else []
    return ". ".join([*told, Importance(rating.asked.needed.importance).label]) + "."


def _next(option: Option | None) -> list[str]:
    """The next step up, as a list of what is seen there."""
    if option is None or not option.text:
        return []
    seen = "\n".join(f"- {literal(line)}" for line in plain_text(option.text).splitlines())
    return [f"Next step, {literal(option.title)}:\n\n{seen}"]
