"""Requests from crawlers, scanners and mistyped addresses, for every public list."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import GuideFactory, LadderFactory, QuestionFactory, RoleFactory, SkillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.thorough]

PROBES = Path(settings.BASE_DIR).parent / "shared" / "corpora" / "http-probes" / "probes.json"
LISTS = [
    "home",
    "search",
    "roles:role_list",
    "skills:skill_list",
    "ladders:ladder_list",
    "interviews:interview_home",
    "interviews:question_list",
    "guides:guide_list",
]
#: What no answer may tell.
INSIDE = ["Traceback", "SELECT ", "site-packages", str(settings.BASE_DIR)]
VALUES = [
    "%00",
    "a%00b",
    "%ed%a0%80",
    "%ff%fe",
    "9" * 400,
    "-1",
    "x" * 10_000,
    "%25%5F*?[",
    "'\";--",
    "%F0%9F%92%A9",
]
PARAMETERS = [
    "q",
    "page",
    "kind",
    "skill",
    "role",
    "band",
    "family",
    "group",
    "audience",
    "collection",
    "unknown",
]


def probes() -> list[Any]:
    """The probes, or one test that is skipped aloud where they are not at hand."""
    if not PROBES.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"no probes at {PROBES}"))]
    found = json.loads(PROBES.read_text())["probes"]
    return [pytest.param(probe, id=f"{probe['method']} {probe['why']}") for probe in found]


def targets(target: str) -> list[str]:
    """The first slash is replaced by the address of every public list."""
    rest = target[1:]
    return (
        [reverse(name) + rest for name in LISTS] if not rest or rest.startswith("?") else [target]
    )


def ask(client: Client, method: str, target: str, headers: dict[str, str] | None) -> HttpResponse:
    """Send the target unchanged; the client would read two slashes as another host."""
    path, _, query = target.partition("?")
    line = {"PATH_INFO": unquote_to_bytes(path).decode("iso-8859-1"), "QUERY_STRING": query}
    return client.generic(method, "/", headers=headers, **line)


@pytest.fixture(autouse=True)
def content() -> None:
    for factory in (GuideFactory, LadderFactory, QuestionFactory, RoleFactory, SkillFactory):
        factory()


@pytest.mark.parametrize("probe", probes())
@pytest.mark.drawn(12)
def test_a_probe_gets_one_of_the_answers_it_may_get(probe: dict[str, Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    for target in targets(probe["target"]):
        response = ask(client, probe["method"], target, probe.get("headers"))
        assert response.status_code in probe["expect"], target
        assert not response.cookies, target
        assert not any(word in response.text for word in INSIDE), target
        assert response.get("Location", "/").startswith("/"), target
        assert not response.get("Location", "/").startswith("//"), target
        assert "Access-Control-Allow-Origin" not in response
        assert "evil.test" not in response.text


@pytest.mark.parametrize("name", LISTS)
def test_a_value_that_makes_no_sense_is_a_4xx_or_ignored(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200
    for value in VALUES:
        query = "&".join(f"{parameter}={value}" for parameter in PARAMETERS)
        assert client.get(f"{reverse(name)}?{query}").status_code in {200, 400, 404}, value
