"""Levels in packs: their requirements, and what decides a promotion."""

from pathlib import Path

import pytest

from ladders.models import Level, LevelRequirement
from tests.pack_files import Pack, counts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LEVEL = """\
---
title: Senior
not_yet_expected: Setting the direction of a department.
requirements:
  - {skill: risk, proficiency: expert, decides: true}
  - {skill: plans}
---
"""


def deciding() -> set[str]:
    rows = LevelRequirement.objects.filter(decides=True)
    return {f"{row.level.slug} {row.skill.slug}" for row in rows}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).with_skill()
    pack.write("skills/plans.md", "---\ntitle: Plans\n---\n")
    pack.write("ladders/tpm.md", "---\ntitle: Ladder\n---\n")
    return pack.write("levels/tpm/senior.md", LEVEL)


def test_a_level_names_what_decides_and_what_is_not_yet_expected(pack: Pack) -> None:
    assert pack.load().refusals == []
    assert deciding() == {"senior risk"}
    assert Level.objects.get().not_yet_expected == "Setting the direction of a department."


def test_an_empty_cell_means_that_a_requirement_does_not_decide(pack: Pack) -> None:
    pack.write("levels/tpm/senior.md", "---\ntitle: Senior\n---\n")
    pack.write("levels/tpm/staff.md", "---\ntitle: Staff\n---\n")
    rows = "level,skill,decides\ntpm/senior,risk,true\ntpm/staff,risk,\ntpm/staff,plans,false\n"
    pack.write("level_requirements.csv", rows)
    assert pack.load().refusals == []
    assert deciding() == {"senior risk"}
    assert counts(pack.load())[:2] == (0, 0)


def test_other_words_in_the_cell_are_refused(pack: Pack) -> None:
    pack.write("level_requirements.csv", "level,skill,decides\ntpm/senior,risk,often\n")
    assert "decides" in pack.refusals()[0]
