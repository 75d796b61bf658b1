"""Levels and roles have few essential and deciding skills, and proficiencies increase."""

from pathlib import Path

import pytest

from tests.content_checks.packs import STEPS, problems
from tests.pack_files import Pack

RULE = "deciding-skills"


def level(*requirements: str) -> str:
    """The file of a level with these requirements, each with the columns after its skill."""
    lines = [f"  - {{skill: s{number}, {row}}}" for number, row in enumerate(requirements)]
    return "\n".join(["---", "title: Senior", "requirements:", *lines, "---", ""])


def pack_with(tmp_path: Path, *requirements: str, ladder: str = "title: TPM") -> Pack:
    pack = Pack(tmp_path).write("ladders/tpm.md", f"---\n{ladder}\n---\n")
    return pack.write("levels/tpm/senior.md", level(*requirements))


@pytest.mark.parametrize(
    ("deciding", "found"),
    [
        (0, []),
        (2, ["levels/tpm/senior.md: marks 2 deciding skills, 3 to 5 are needed"]),
        (3, []),
        (5, []),
        (6, ["levels/tpm/senior.md: marks 6 deciding skills, 3 to 5 are needed"]),
    ],
)
def test_three_to_five_skills_decide(tmp_path: Path, deciding: int, found: list[str]) -> None:
    rows = ["importance: essential, decides: true"] * deciding + ["importance: essential"] * 7
    assert problems(pack_with(tmp_path, *rows), RULE) == found


def test_a_skill_that_is_not_essential_does_not_decide(tmp_path: Path) -> None:
    essential = "importance: essential, decides: true"
    rows = [essential, "importance: desirable, decides: true", essential, "decides: true"]
    assert problems(pack_with(tmp_path, *rows), RULE) == [
        "levels/tpm/senior.md, requirements 2: s1 decides a promotion but is not essential",
        "levels/tpm/senior.md, requirements 4: s3 decides a promotion but is not essential",
    ]


def test_the_ladder_of_an_organization_is_as_its_source_has_it(tmp_path: Path) -> None:
    ladder = "title: Theirs\norganization: Example"
    assert problems(pack_with(tmp_path, "decides: true", ladder=ladder), RULE) == []
    assert len(problems(pack_with(tmp_path, "decides: true"), RULE)) == 2


def test_a_requirement_in_a_table_of_its_own_counts(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    rows = "level,skill,importance,decides\ntpm/senior,risk,essential,true\n"
    pack.write("level_requirements.csv", rows)
    assert problems(pack, RULE) == [
        "levels/tpm/senior.md: marks 1 deciding skill, 3 to 5 are needed"
    ]


def reference_pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).write("scales/standard.md", STEPS)
    return pack.write("ladders/tpm.md", "---\ntitle: TPM\n---\n")


@pytest.mark.parametrize(
    ("essential", "is_found"), [(5, True), (6, False), (12, False), (13, True)]
)
def test_six_to_twelve_skills_are_essential(tmp_path: Path, essential: int, is_found: bool) -> None:
    rows = ["importance: essential"] * essential + ["importance: helpful"]
    expected = f"has {essential} essential skills, 6 to 12 are needed"
    pack = pack_with(tmp_path, *rows)
    pack.write("roles/lead.md", level(*rows))
    assert (
        problems(pack, "essentials-within-bounds")
        == [f"{location}: {expected}" for location in ("roles/lead.md", "levels/tpm/senior.md")]
        * is_found
    )


def test_a_level_that_states_no_importance_has_no_essential_skills(tmp_path: Path) -> None:
    assert problems(pack_with(tmp_path, "proficiency: expert"), "essentials-within-bounds") == []


def test_featured_roles_require_the_featured_skills(tmp_path: Path) -> None:
    skill = "---\ntitle: {}\nfeatured: {}\n---\n"
    pack = Pack(tmp_path).write("skills/risk.md", skill.format("Risk", "true"))
    pack.write("skills/plan.md", skill.format("Plan", "false"))
    family = "---\ntitle: TPM\nrequirements: [{skill: risk}]\n---\n"
    pack.write("role_families/tpm.md", family)
    role = "---\ntitle: Lead\nfeatured: true\nfamily: {}\n---\n"
    pack.write("roles/lead.md", role.format("tpm"))
    assert problems(pack, "featured-skills-required") == []
    pack.write("roles/lead.md", role.format("other"))
    assert problems(pack, "featured-skills-required") == [
        "roles/lead.md: does not require risk, which is featured"
    ]


@pytest.mark.parametrize(("track", "is_found"), [("individual", True), ("manager", False)])
def test_a_level_that_requires_less_than_the_one_below_is_found(
    tmp_path: Path, track: str, is_found: bool
) -> None:
    pack = reference_pack(tmp_path)
    row = (
        "---\ntitle: {0}\nposition: {0}\ntrack: {1}\n"
        "requirements: [{{skill: risk, proficiency: {2}}}]\n---\n"
    )
    pack.write("levels/tpm/one.md", row.format(1, "individual", "expert"))
    pack.write("levels/tpm/two.md", row.format(2, "individual", "expert"))
    assert problems(pack, "proficiencies-grow") == []
    pack.write("levels/tpm/two.md", row.format(2, track, "awareness"))
    found = "levels/tpm/two.md: requires less of risk than tpm/one"
    assert problems(pack, "proficiencies-grow") == [found] * is_found


@pytest.mark.parametrize(("experts", "is_found"), [(10, False), (11, True)])
def test_a_level_with_many_skills_at_the_top_is_found(
    tmp_path: Path, experts: int, is_found: bool
) -> None:
    pack = reference_pack(tmp_path)
    pack.write("levels/tpm/senior.md", level(*["proficiency: expert"] * experts))
    found = "levels/tpm/senior.md: requires 11 skills at the top of their scale, at most 10"
    assert problems(pack, "few-skills-at-the-top") == [found] * is_found
