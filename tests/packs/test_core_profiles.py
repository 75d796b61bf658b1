"""The core profile of a role family in packs: in Markdown, in tables, and in exports."""

from pathlib import Path

import pytest

from interchange.packs import TABLES
from packs.exporting import export_files
from roles.models import FamilyRequirement, RoleFamily, SkillRequirement
from tests.pack_files import SCALE, SKILL, Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FAMILY = """\
---
title: Technical program management
position: 1
summary: Roles that lead technical programs.
requirements:
  - {skill: risk, proficiency: working, importance: essential, note: Every week.}
  - {skill: plan, proficiency: expert, importance: expected}
---
"""
ROLE = """\
---
title: Lead
family: tpm
requirements:
  - {skill: risk, proficiency: expert}
---
"""
TABLE = """\
family,skill,proficiency,importance,note,position
tpm,risk,working,essential,Every week.,1
tpm,plan,expert,expected,,2
"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).write("scales/standard.md", SCALE).write("skills/risk.md", SKILL)
    pack.write("skills/plan.md", SKILL.replace("Risk", "Plan"))
    return pack.write("role_families/tpm.md", FAMILY).write("roles/lead.md", ROLE)


def rows() -> list[tuple[str, str, str, str, str, int]]:
    return list(
        FamilyRequirement.objects.values_list(
            "family__slug", "skill__slug", "proficiency__slug", "importance", "note", "position"
        )
    )


ROWS = [
    ("tpm", "risk", "working", "essential", "Every week.", 1),
    ("tpm", "plan", "expert", "expected", "", 2),
]


def test_a_family_is_a_markdown_file_with_its_requirements(pack: Pack) -> None:
    assert pack.refusals() == []
    family = RoleFamily.objects.get()
    assert (family.title, family.position) == ("Technical program management", 1)
    assert family.summary == "Roles that lead technical programs."
    assert rows() == ROWS
    assert SkillRequirement.objects.get().proficiency.slug == "expert"


def test_tables_say_the_same(pack: Pack) -> None:
    (pack.folder / "role_families" / "tpm.md").unlink()
    pack.write(
        "role_families.csv",
        "id,title,position,summary\n"
        "tpm,Technical program management,1,Roles that lead technical programs.\n",
    ).write("family_requirements.csv", TABLE)
    assert pack.refusals() == []
    assert rows() == ROWS


def test_an_export_contains_the_core_profile_once_and_loads_again(
    pack: Pack, tmp_path: Path
) -> None:
    pack.load()
    collection = RoleFamily.objects.get().collection
    files = export_files(collection, TABLES, drafts=True)
    assert (
        b"tpm,risk,standard/working,essential,,,Every week.,1" in files["family_requirements.csv"]
    )
    assert files["skill_requirements.csv"].count(b"\n") == 2
    exported = Pack(tmp_path / "exported")
    for name, content in files.items():
        exported.write(name, content)
    report = exported.load()
    assert report.created.total() + report.changed.total() + len(report.conflicts) == 0
    assert export_files(collection, TABLES, drafts=True) == files


def test_a_load_leaves_what_was_edited_here(pack: Pack) -> None:
    pack.load()
    FamilyRequirement.objects.filter(skill__slug="risk").update(note="Every day.")
    pack.write("role_families/tpm.md", FAMILY.replace("Every week", "Every month")).load()
    assert FamilyRequirement.objects.get(skill__slug="risk").note == "Every day."
    assert pack.load(overwrite=True).conflicts == []
    assert FamilyRequirement.objects.get(skill__slug="risk").note == "Every month."


def test_what_a_core_profile_loses_is_retired(pack: Pack) -> None:
    pack.load()
    start, _, _ = FAMILY.partition("  - {skill: plan")
    pack.write("role_families/tpm.md", start + "---\n")
    pack.load()
    assert FamilyRequirement.objects.count() == 2
    pack.load(retire=True)
    assert rows() == ROWS[:1]


@pytest.mark.parametrize("nothing", ["", " []", " ~"])
def test_a_family_may_require_nothing(pack: Pack, nothing: str) -> None:
    pack.load()
    start, _, _ = FAMILY.partition("requirements:")
    pack.write("role_families/tpm.md", f"{start}requirements:{nothing}\n---\n")
    report = pack.load(retire=True)
    assert (report.refusals, rows()) == ([], [])


@pytest.mark.parametrize("word", ["desirable", "helpful"])
def test_the_former_word_for_helpful_is_read(pack: Pack, word: str) -> None:
    pack.write("role_families/tpm.md", FAMILY.replace("expected", word))
    assert pack.refusals() == []
    assert FamilyRequirement.objects.get(skill__slug="plan").importance == "helpful"
