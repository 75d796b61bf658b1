"""A run takes some of the cases of a test that is marked so; a full run takes all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tpm_portal.environment import BASE_DIR

pytestmark = pytest.mark.thorough

MODULE = """
import pytest

@pytest.mark.drawn(2)
@pytest.mark.parametrize("number", range(9))
def test_of_which_two_are_drawn(number):
    pass

@pytest.mark.drawn(1, of="expensive tests")
def test_of_which_this_may_run():
    pass

@pytest.mark.drawn(1, of="expensive tests")
def test_or_this():
    pass

@pytest.mark.parametrize("number", range(3))
def test_of_which_all_run(number):
    pass
"""


def names_of_cases(folder: Path, *options: str, draw: str, text: str = MODULE) -> list[str]:
    """The tests of the module that a run would take."""
    (folder / "test_module.py").write_text(text)
    settings = [
        "-c",
        str(BASE_DIR / "pyproject.toml"),
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
    ]
    command = [
        sys.executable,
        "-m",
        "pytest",
        *settings,
        "--collect-only",
        "-q",
        *options,
        str(folder),
    ]
    environment = {"PATH": os.environ["PATH"], "TEST_DRAW": draw}
    ended = subprocess.run(
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    return [line.rpartition("::")[2] for line in ended.stdout.splitlines() if "::test_" in line]


def test_a_fast_run_takes_some_of_the_tests_with_a_database(tmp_path: Path) -> None:
    assert len(names_of_cases(tmp_path, "--fast", draw="1")) == 2 + 1 + 3
    text = MODULE.replace("import pytest", "import pytest\npytestmark = pytest.mark.django_db")
    with_database = text.replace("def test_or_this", "@pytest.mark.thorough\ndef test_or_this")
    assert 0 < len(names_of_cases(tmp_path, "--fast", draw="1", text=with_database)) < 4


def test_a_run_takes_as_many_cases_as_are_marked_and_a_full_run_all(tmp_path: Path) -> None:
    drawn, all_of_them = (
        names_of_cases(tmp_path, draw="1"),
        names_of_cases(tmp_path, "--full", draw="1"),
    )
    assert len(drawn) == 2 + 1 + 3
    assert len(all_of_them) == 9 + 2 + 3
    assert {*drawn} < {*all_of_them}
