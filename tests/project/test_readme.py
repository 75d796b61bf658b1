"""The README says what is so: the columns, the variables, the commands and the files it names are those there are."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from django.core.management import get_commands

from content.packs.mapping.converting import converted
from content.packs.mapping.language import read_mapping
from interviews.question_csv import columns_as_markdown
from tpm_portal.environment import BASE_DIR
from tpm_portal.packs import TABLES, tables_as_markdown

README = (BASE_DIR / "README.md").read_text()
PACKS = (BASE_DIR / "docs/packs.md").read_text()
VARIABLE = re.compile(r'(?:env\.\w+\(|environ\.\w+\(|environ\[)"([A-Z_]+)"')
MAKE_TARGETS = set(re.findall(r"^([a-z-]+):", (BASE_DIR / "Makefile").read_text(), re.MULTILINE))
PATHS = sorted({path for path in re.findall(r"`([\w./-]+)`", README) if "/" in path and not path.startswith("/")})
MADE_LATER = {"var/", "var/secret-key"}


def read_in(*files: str) -> set[str]:
    """The variables these files ask the environment for."""
    return {name for file in files for name in VARIABLE.findall((BASE_DIR / file).read_text())}


def test_every_column_of_the_csv_is_described() -> None:
    assert columns_as_markdown() in README


def test_every_table_of_a_pack_is_described() -> None:
    assert tables_as_markdown() in PACKS


def test_the_mapping_that_is_described_is_one(tmp_path: Path) -> None:
    example = re.search(r"(?:^    .*\n|^\n)+(?=\n## CASE)", PACKS.partition("## Mappings")[2], re.MULTILINE)
    assert example
    (tmp_path / "ours.yml").write_text(dedent(example[0]))
    (tmp_path / "skills.csv").write_text("Skill,Group,Basic,Advanced\nRisk,Delivery,Keeps a list.,\n")
    pack = converted(read_mapping(tmp_path / "ours.yml", TABLES), tmp_path / "skills.csv")
    made = {table.name: len(list(pack.rows(table))) for table in TABLES}
    assert {name: number for name, number in made.items() if number} == {
        "scales": 1, "proficiencies": 2, "skill_groups": 1, "skills": 1, "skill_descriptors": 1,
    }  # fmt: skip


def test_every_variable_is_described() -> None:
    read = read_in("tpm_portal/environment.py", "gunicorn.conf.py", "tests/environment.py") - {"PYTEST_XDIST_WORKER"}
    described = set(re.findall(r"`([A-Z_]+)`", README.partition("## Environment")[2]))
    assert read - described - {"DJANGO_SETTINGS_MODULE"} == set()
    assert {"SECRET_KEY", "PORT", "TEST_DATABASE"} <= read


def test_every_command_exists() -> None:
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", README, re.MULTILINE))
    assert named - MAKE_TARGETS == set()
    assert len(named) >= 6


def test_every_command_of_the_portal_exists_and_is_named_with_what_it_needs() -> None:
    """By `make manage` on one's own machine, by the whole path in a deployment: `manage.py` alone lacks its key."""
    deployment = README.partition("## For visitors")[2]
    named = set(re.findall(r'ARGS="(\w+)', README) + re.findall(r"manage\.py (\w+)", deployment))
    assert named - get_commands().keys() == set()
    assert {"load_pack", "dumpdata", "serve", "clearsessions"} <= named
    assert "manage.py" not in README.partition("## For visitors")[0]


@pytest.mark.parametrize("path", PATHS)
def test_every_path_exists(path: str) -> None:
    assert path in MADE_LATER or Path(BASE_DIR / path).exists()
