"""The lock files match pyproject.toml, with hashes for every file and no index address."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tpm_portal.environment import BASE_DIR

PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = RUNTIME + PROJECT["dependency-groups"]["dev"]
LOCKS = [("requirements.txt", RUNTIME), ("requirements-dev.txt", DEVELOPMENT)]
PIN = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)",
    re.MULTILINE,
)


def pins(lock: Path) -> dict[str, str]:
    """The locked version of every package."""
    return {name: version for name, version, _, _ in PIN.findall(lock.read_text())}


def everything_needed(wanted: list[str]) -> Iterator[tuple[str, Requirement]]:
    """What these requirements need, all the way down, as the installed packages say."""
    waiting = [(Requirement(line), "") for line in wanted]
    seen = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        yield name, requirement
        for extra in requirement.extras | {""}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += [(Requirement(line), extra) for line in requires(name) or []]


@pytest.mark.parametrize(("lock", "wanted"), LOCKS)
def test_the_lock_holds_what_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    locked = pins(BASE_DIR / lock)
    needed = dict.fromkeys(name for name, _ in everything_needed(wanted))
    unfit = [
        str(need)
        for name, need in everything_needed(wanted)
        if locked.get(name, "") not in need.specifier
    ]
    assert unfit == []
    assert len(needed) > len(wanted)


@pytest.mark.parametrize(("lock", "wanted"), LOCKS)
def test_the_lock_holds_nothing_else(lock: str, wanted: list[str]) -> None:
    text = (BASE_DIR / lock).read_text()
    elsewhere = {name for name, _, marker, _ in PIN.findall(text) if marker}
    needed = {name for name, _ in everything_needed(wanted)}
    assert pins(BASE_DIR / lock).keys() - elsewhere - needed == set()


@pytest.mark.parametrize("lock", [name for name, _ in LOCKS])
def test_every_line_is_a_pin_with_its_hashes(lock: str) -> None:
    text = (BASE_DIR / lock).read_text()
    rest = re.sub(r"^#.*$", "", PIN.sub("", text), flags=re.MULTILINE).strip()
    assert rest == ""
    assert "://" not in text


def test_both_locks_agree() -> None:
    runtime, development = (pins(BASE_DIR / lock) for lock, _ in LOCKS)
    assert runtime.items() <= development.items()


@pytest.mark.parametrize("file", ["Makefile", "docs/deployment.md"])
def test_what_is_not_locked_is_never_installed(file: str) -> None:
    """Without --no-deps an older pip looks up again what is asked for with an extra.

    It then refuses a newer release.
    """
    installs = [
        line for line in (BASE_DIR / file).read_text().splitlines() if "pip install" in line
    ]
    assert [line for line in installs if "--require-hashes --no-deps" not in line] == []
    assert installs
