"""Moving to another database with the commands in docs/deployment.md, including the search."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from skills.models import Skill
from tests.admin_forms import admin_url, opened
from tests.factories import (
    EditorFactory,
    LevelRequirementFactory,
    QuestionSkillFactory,
    SkillRequirementFactory,
    editors,
)
from tests.prepared import empty_database
from tests.serving import Portal
from tpm_portal.environment import BASE_DIR

pytestmark = pytest.mark.thorough

GUIDE = (BASE_DIR / "docs/deployment.md").read_text()
SECTION = GUIDE.partition("## Moving from SQLite to PostgreSQL")[2].partition("\n## ")[0]
COMMANDS = [
    shlex.split(line) for line in re.findall(r'ARGS="([^"]+)"', SECTION.replace("\\\n", ""))
]
FILE = "var/portal.json"
MADE_ANEW = [
    "contenttypes",
    "auth.permission",
    "sessions",
    "search.searchword",
    "content.siteversion",
]
KEPT = [
    "dumpdata",
    "--natural-foreign",
    "--natural-primary",
    *(f"--exclude={name}" for name in MADE_ANEW),
    "--output",
]


def with_another_key(group: Group) -> None:
    """What the migrations made need not have the same key in another database."""
    rights = list(group.permissions.all())
    group.delete()
    Group.objects.create(pk=77, name=group.name).permissions.set(rights)


@pytest.fixture
def used(client: Client, db: None) -> None:
    """Content of several kinds, an editor who is logged in, and what that editor has changed."""
    with_another_key(editors())
    for factory in (SkillRequirementFactory, LevelRequirementFactory, QuestionSkillFactory):
        factory()
    client.force_login(EditorFactory())
    address = admin_url(Skill.objects.earliest("pk"), "change")
    assert (
        client.post(address, opened(client, address) | {"title": "Moved mountains"}).status_code
        == 302
    )


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Portal]:
    """A portal that has another database, in which nothing is yet."""
    with empty_database("moved") as database:
        yield Portal(tmp_path, database)


def rows(text: str) -> list[dict[str, Any]]:
    """The content of a dump, sorted. Search entries are identified by their rows."""
    found = json.loads(text.replace(".000Z", "Z"))
    for row in found:
        if row["model"] == "search.searchentry":
            row["pk"] = None
    return sorted(found, key=json.dumps)


@pytest.mark.drawn(2, of="long round trips")
@pytest.mark.usefixtures("used")
def test_the_documented_commands_move_all_that_is_kept(other: Portal, tmp_path: Path) -> None:
    dump, *others = COMMANDS
    moved, wanted, arrived = (
        tmp_path / name for name in ("portal.json", "wanted.json", "arrived.json")
    )
    call_command(*(str(moved) if word == FILE else word for word in dump))
    for command in others:
        other.manage(*(str(moved) if word == FILE else word for word in command))

    call_command(*KEPT, str(wanted))
    other.manage(*KEPT, str(arrived))
    assert rows(arrived.read_text()) == rows(wanted.read_text())
    models = {row["model"] for row in rows(arrived.read_text())}
    assert {
        "auth.user",
        "admin.logentry",
        "reversion.version",
        "search.searchentry",
        "skills.skill",
    } <= models
    assert [command[0] for command in COMMANDS] == ["dumpdata", "migrate", "loaddata"]
