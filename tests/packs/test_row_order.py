"""Rows that were moved in a spreadsheet: numbers decide; if there are none, the report says so."""

from pathlib import Path

import pytest

from roles.models import SkillRequirement
from tests.pack_files import Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = "id,title\nlead,Lead\n"
SKILLS = "id,title\na,A\nb,B\nc,C\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A role that needs three skills in an order, as it was loaded first."""
    pack = Pack(tmp_path).write("skills.csv", SKILLS).write("roles.csv", ROLES)
    pack.write("skill_requirements.csv", "role,skill,position\nlead,a,1\nlead,b,2\nlead,c,3\n")
    assert pack.load().notes == []
    return pack


def needed() -> list[str]:
    return [
        *SkillRequirement.objects.order_by("position", "id").values_list("skill__slug", flat=True)
    ]


def test_rows_dragged_with_their_numbers_emptied_are_reported(pack: Pack) -> None:
    pack.write("skill_requirements.csv", "role,skill,position\nlead,c,\nlead,a,\nlead,b,\n")
    said = (
        "skill_requirements.csv: the rows of lead have no number in “position”, so their order "
        "was ignored"
    )
    assert pack.load(dry_run=True).notes == [said]


def test_a_row_that_was_added_without_a_number_comes_first_and_that_is_said(pack: Pack) -> None:
    pack.write("skills.csv", f"{SKILLS}d,D\n")
    pack.write(
        "skill_requirements.csv", "role,skill,position\nlead,a,1\nlead,b,2\nlead,c,3\nlead,d,\n"
    )
    [note] = pack.load().notes
    assert note.endswith(
        "than the numbers in “position”; the numbers were used, and rows without a number come "
        "first"
    )
    assert needed() == ["d", "a", "b", "c"]


def test_one_row_without_a_number_has_no_order(pack: Pack) -> None:
    assert pack.write("skill_requirements.csv", "role,skill,position\nlead,c,\n").load().notes == []


def test_rows_dragged_in_a_sheet_without_numbers_are_reported(pack: Pack) -> None:
    pack.write("skill_requirements.csv", "role,skill\nlead,c\nlead,a\nlead,b\n")
    said = (
        "skill_requirements.csv: the rows of lead are in a different order than here; the order "
        "here was kept because the file has no column"
    )
    assert pack.load().notes == [f"{said} “position”"]
    assert needed() == ["a", "b", "c"]
    assert (
        pack.write("skill_requirements.csv", "role,skill\nlead,a\nlead,b\nlead,c\n").load().notes
        == []
    )


def test_a_pack_that_never_had_numbers_is_not_reminded_of_them(tmp_path: Path) -> None:
    pack = Pack(tmp_path).write("skills.csv", "id,title\nz,Z\na,A\n")
    assert pack.load().notes == []
    assert pack.load().notes == []
