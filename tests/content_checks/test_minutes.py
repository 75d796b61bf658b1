"""The minutes of sets and their parts add up, the interviewer's own included."""

from pathlib import Path

import pytest

from tests.content_checks.checked import faults
from tests.pack_files import Pack

SET = """\
---
title: Loop
minutes: {whole}
sections:
  - title: First
    minutes: 20
    script: "Script: 5 minutes. Say hello."
    items:
      - {{question: a, minutes: {item}}}
  - title: Second
    minutes: 10
    items:
      - {{question: a, minutes: 10}}
---
Say what comes.
"""


@pytest.mark.parametrize(
    ("whole", "item", "found"),
    [
        (30, 15, []),
        (45, 15, ["question_sets/loop.md: says 45 minutes, its parts take 30"]),
        (30, 20, ["question_sets/loop.md, sections 1: says 20 minutes, its parts take 25"]),
    ],
)
def test_minutes_that_do_not_add_up_are_found(
    tmp_path: Path, whole: int, item: int, found: list[str]
) -> None:
    pack = Pack(tmp_path).write("question_sets/loop.md", SET.format(whole=whole, item=item))
    assert faults(pack, "minutes-add-up") == found
