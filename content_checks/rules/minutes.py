"""Whether the minutes of a question set are those its interviewers have."""

import re
from collections.abc import Iterator

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows, Written

SCRIPT = re.compile(r"Script: (\d+) minutes?\b")


@rule("A loop that is longer than the day it is planned for loses its last question, every time.")
def minutes_add_up(pack: PackRows) -> Iterator[Fault]:
    for whole in pack["question_sets"]:
        yield from _compare(whole, whole.parts["set_sections"], 0)
    for section in pack["set_sections"]:
        yield from _compare(section, section.parts["set_items"], _spoken(section))


def _compare(whole: Written, parts: list[Written], besides: int) -> Iterator[Fault]:
    if (added := sum(part.number("minutes") for part in parts) + besides) != whole.number(
        "minutes"
    ):
        yield whole, f"says {whole.number('minutes')} minutes, its parts take {added}"


def _spoken(section: Written) -> int:
    """The minutes that the interviewer speaks in this part, as its script says."""
    found = SCRIPT.match(section.text("script"))
    return int(found[1]) if found else 0
