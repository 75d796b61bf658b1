"""Whether links have a target, and whether the minutes of question sets add up."""

import re
from collections.abc import Iterator

from django.urls import Resolver404, resolve

from content.text import number_with_noun
from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRow, PackRows

LINK = re.compile(r"\]\((/[^)\s#?]*)")
#: The first sentence of a script, e.g. “Timing: 2 minutes for the introduction, 3 minutes for the
#: wrap-up.” Scripts of earlier versions begin with “Script:”.
SCRIPT_TIMING = re.compile(r"(?:Timing|Script):[^.]*")
MINUTES = re.compile(r"\b(\d+) minutes?\b")
#: The table whose rows each view shows. The arguments of the view are the key of the row.
TABLES_BY_VIEW = {
    "roles:role_detail": "roles",
    "skills:skill_detail": "skills",
    "ladders:ladder_detail": "ladders",
    "ladders:ladder_cards": "ladders",
    "ladders:level_detail": "levels",
    "interviews:answer_framework_detail": "answer_frameworks",
    "interviews:question_detail": "questions",
    "interviews:question_set_detail": "question_sets",
    "guides:guide_detail": "guides",
}


@rule("A link that leads nowhere costs the reader's trust in all the others.")
def internal_links(pack: PackRows) -> Iterator[Problem]:
    """Reports links to pages that do not exist, or to rows that the pack does not have."""
    for row in pack:
        for path in LINK.findall(row.all_text):
            if not _has_target(pack, path):
                yield row, f"links to {path}, which is not there"


def _has_target(pack: PackRows, path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    table = TABLES_BY_VIEW.get(match.view_name)
    if table is None:
        return True
    key = "/".join(map(str, [*match.args, *match.kwargs.values()]))
    return pack.find(table, key) is not None


@rule("A loop that is longer than the day it is planned for loses its last question, every time.")
def minutes_add_up(pack: PackRows) -> Iterator[Problem]:
    """Reports question sets and sections whose minutes differ from the sum of their parts."""
    for question_set in pack["question_sets"]:
        yield from _compare_minutes(question_set, question_set.children["set_sections"])
    for section in pack["set_sections"]:
        items = section.children["set_items"]
        yield from _compare_minutes(section, items, _script_minutes(section))


def _script_minutes(section: PackRow) -> int:
    """The minutes without a question: the sum of those that the script states."""
    timing = SCRIPT_TIMING.match(section.text("script"))
    return sum(map(int, MINUTES.findall(timing[0]))) if timing else 0


def _compare_minutes(
    parent: PackRow, children: list[PackRow], script_minutes: int = 0
) -> Iterator[Problem]:
    stated = parent.number("minutes")
    total = script_minutes + sum(child.number("minutes") for child in children)
    if total != stated:
        yield parent, f"says {number_with_noun(stated, 'minute')}, its parts take {total}"
