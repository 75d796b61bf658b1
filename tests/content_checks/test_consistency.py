"""Links need a target, and the minutes of question sets must add up."""

from pathlib import Path

import pytest

from tests.content_checks.packs import problems
from tests.pack_files import Pack

SET = """\
---
title: Loop
minutes: {whole}
sections:
  - title: First
    minutes: 20
    script: "Timing: 2 minutes for the introduction, 3 minutes for the wrap-up. Wait 9 minutes."
    items:
      - {{question: a, minutes: {item}}}
  - title: Second
    minutes: 10
    items:
      - {{question: a, minutes: 10}}
---
Say what comes.
"""


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    pack = Pack(tmp_path).with_skill()
    pack.write("ladders/tpm.md", "---\ntitle: TPM\n---\n").write(
        "levels/tpm/senior.md", "---\ntitle: Senior\n---\n"
    )
    sound = (
        "/skills/risk/ /ladders/tpm/ /ladders/tpm/cards/ /ladders/tpm/senior/ /ladders/bands/ "
        "/interviews/ /skills/#top".split()
    )
    broken = [
        "/skills/none/",
        "/ladders/tpm/none/",
        "/ladders/none/cards/",
        "/nowhere/",
        "/roles/risk/",
    ]
    pack.write(
        "guides/a.md",
        "---\ntitle: A\n---\n" + "".join(f"[here]({path}) " for path in [*sound, *broken]),
    )
    assert problems(pack, "internal-links") == [
        f"guides/a.md: links to {path}, which is not there" for path in broken
    ]


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
    assert problems(pack, "minutes-add-up") == found
