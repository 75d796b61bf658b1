"""Every address of the site is in the table below, and answers as it says."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
import reversion
from django.contrib import admin
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from reversion.models import Version

from content.editing.history import HistoryAdmin
from content.models import Collection
from guides.models import Guide
from interviews.models import AnswerFramework, Question, QuestionSet
from ladders.models import Ladder, Level
from roles.models import Role
from skills.models import Skill
from tests.factories import EditorFactory, SuperuserFactory, UserFactory
from tests.markup import parse
from tests.project.walk import Walk, text_of
from tests.project.world import World
from tpm_portal.environment import BASE_DIR

pytestmark = pytest.mark.django_db

#: Pages that people read, with what stands in their address.
PAGES: dict[str, Callable[[World], list[str]]] = {
    "home": lambda world: [],
    "search": lambda world: [],
    "content:collection_detail": lambda world: [world[Collection].slug],
    "roles:role_list": lambda world: [],
    "roles:role_detail": lambda world: [world[Role].key],
    "skills:skill_list": lambda world: [],
    "skills:skill_detail": lambda world: [world[Skill].key],
    "ladders:ladder_list": lambda world: [],
    "ladders:band_map": lambda world: [],
    "ladders:ladder_detail": lambda world: [world[Ladder].key],
    "ladders:level_detail": lambda world: [world[Ladder].key, world[Level].slug],
    "interviews:interview_home": lambda world: [],
    "interviews:question_list": lambda world: [],
    "interviews:question_detail": lambda world: [world[Question].key],
    "interviews:answer_framework_detail": lambda world: [world[AnswerFramework].key],
    "interviews:question_set_detail": lambda world: [world[QuestionSet].key],
    "guides:guide_list": lambda world: [],
    "guides:guide_detail": lambda world: [world[Guide].key],
}
#: What programs read, with its type.
FILES: dict[str, tuple[Callable[[World], list[str]], str]] = {
    "interviews:question_csv": (lambda world: [], "text/csv"),
    "interviews:question_set_csv": (lambda world: [world[QuestionSet].key], "text/csv"),
    "robots": (lambda world: [], "text/plain"),
    "sitemap": (lambda world: [], "application/xml"),
    "sitemap_part": (lambda world: ["skills"], "application/xml"),
}
HEALTH = ["healthz", "readyz"]
FOR_STAFF = ["content:markdown_preview"]
#: Pages of the admin that stand for themselves, and what a superuser who only looks is answered.
ADMIN_PAGES = {
    "index": 200,
    "login": 302,
    "logout": 405,
    "password_change": 200,
    "password_change_done": 200,
    "autocomplete": 403,
    "jsi18n": 200,
    "view_on_site": 404,
    "app_list": 200,
    "auth_user_password_change": 200,
}
ROW_PAGES = ["changelist", "add", "change", "delete", "history"]
HISTORY_PAGES = ["recoverlist", "recover", "revision"]
#: Actions that nobody has, for what the site or the throttle of the login keeps for itself.
NOBODY = {
    "content_slugredirect": {"add"},
    "content_searchentry": {"add", "delete"},
    "content_siteversion": {"add", "delete"},
    "axes_accessattempt": {"add"},
    "axes_accesslog": {"add"},
    "axes_accessfailurelog": {"add"},
}
#: Without a name: what leads an admin address without its end to the right one, and what catches the rest.
UNNAMED = 2

READ, WRITE = ["get", "head"], ["post", "put", "patch", "delete"]


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The names of all addresses; nameless ones as the prefix alone."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or "")
        else:
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def admin_names() -> set[str]:
    """What the admin has for every model, by rule."""
    found = set(ADMIN_PAGES)
    for model, registered in admin.site._registry.items():
        pages = ROW_PAGES + (HISTORY_PAGES if isinstance(registered, HistoryAdmin) else [])
        found |= {f"{model._meta.app_label}_{model._meta.model_name}_{page}" for page in pages}
    return found


def address(name: str, world: World) -> str:
    arguments = PAGES.get(name) or FILES[name][0]
    return reverse(name, args=arguments(world))


def ask(method: str, path: str, client: Client | None = None) -> HttpResponse:
    return getattr(client or Client(), method)(path)


def test_every_address_is_in_the_table() -> None:
    known = [*PAGES, *FILES, *HEALTH, *FOR_STAFF, *(f"admin:{name}" for name in admin_names())]
    found = [name for name in names(get_resolver()) if name != "admin:"]
    assert sorted(found) == sorted(known)
    assert len(found) > 150


def test_a_view_its_template_and_its_test_have_the_name_of_the_address() -> None:
    for name in [*PAGES, *FILES, *HEALTH]:
        app, _, short = name.rpartition(":")
        view = get_resolver().reverse_dict and reverse_view(name)
        short = {"sitemap_part": "sitemap", "healthz": "health", "readyz": "health"}.get(short, short)
        assert view.__name__ in {short, "healthz", "readyz"}
        assert (BASE_DIR / "tests" / (app or "portal") / f"test_{short}.py").exists(), name
        if name in PAGES:
            assert (BASE_DIR / "templates" / (app or "tpm_portal") / f"{short}.html").exists(), name


def reverse_view(name: str) -> Any:
    return name


@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_a_public_address_is_read_and_nothing_else(name: str, world: World) -> None:
    path = address(name, world)
    page = ask("get", path)
    assert page.status_code == 200
    assert page["Content-Type"].startswith(FILES[name][1] if name in FILES else "text/html")
    head = ask("head", path)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert head["Content-Type"] == page["Content-Type"]
    for method in WRITE:
        refused = ask(method, path)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_reading_writes_nothing(client: Client, world: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        walk = Walk(client)
    assert len(captured) > len(walk.answers) > 50
    assert [query["sql"] for query in captured if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []


@pytest.mark.parametrize("name", HEALTH)
def test_health_is_read_only(name: str) -> None:
    assert ask("get", reverse(name)).status_code == 200
    assert [ask(method, reverse(name)).status_code for method in WRITE] == [405] * len(WRITE)


def test_the_preview_is_for_staff() -> None:
    path = reverse("content:markdown_preview")
    assert ask("get", path).status_code == 405
    assert ask("post", path).status_code == 403
