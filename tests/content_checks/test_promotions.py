"""Three to five essential skills decide a promotion into a level of a reference ladder."""

from pathlib import Path

import pytest

from tests.content_checks.packs import problems
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
    ladder = "title: Theirs\norganisation: Example"
    assert problems(pack_with(tmp_path, "decides: true", ladder=ladder), RULE) == []
    assert len(problems(pack_with(tmp_path, "decides: true"), RULE)) == 2


def test_a_requirement_in_a_table_of_its_own_counts(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    rows = "level,skill,importance,decides\ntpm/senior,risk,essential,true\n"
    pack.write("level_requirements.csv", rows)
    assert problems(pack, RULE) == [
        "levels/tpm/senior.md: marks 1 deciding skill, 3 to 5 are needed"
    ]
