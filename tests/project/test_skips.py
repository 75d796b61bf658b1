"""A skipped test is reported, and fails the run if CI is set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tpm_portal.environment import BASE_DIR

pytestmark = pytest.mark.thorough

MODULE = """
import pytest

def test_passes():
    pass

@pytest.mark.skipif({skipped}, reason="no browser")
def test_may_be_skipped():
    pass
"""


def run(folder: Path, *, skipped: bool, ci: str) -> subprocess.CompletedProcess[str]:
    """Run two tests, one of them perhaps skipped, as the suite is run."""
    module = folder / "test_module.py"
    module.write_text(MODULE.format(skipped=skipped))
    settings = ["-c", str(BASE_DIR / "pyproject.toml"), "-p", "no:cacheprovider"]
    environment = {"PATH": os.environ["PATH"], "CI": ci}
    command = [sys.executable, "-m", "pytest", *settings, str(module)]
    return subprocess.run(
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("skipped", "ci", "status"), [(True, "", 0), (True, "true", 1)])
@pytest.mark.drawn(1)
def test_a_skipped_test_fails_the_run_where_ci_is_set(
    tmp_path: Path, skipped: bool, ci: str, status: int
) -> None:
    ended = run(tmp_path, skipped=skipped, ci=ci)
    assert ended.returncode == status, ended.stdout
    assert ("1 TESTS WERE SKIPPED. Skipped: no browser" in ended.stdout) == skipped
