"""Every address of the site is in the table, and responds to the right users."""

from collections import Counter
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from content.models import ContentImport, LoadedRow, SiteVersion, SlugRedirect
from search.models import SearchEntry, SearchWord
from skills.models import Skill
from tests.factories import EditorFactory, SuperuserFactory, UserFactory, home_collection
from tests.markup import parse
from tests.project.addresses import (
    ANSWERING,
    FILES,
    FOR_STAFF,
    HEALTH,
    PAGES,
    admin_names,
    admin_paths,
    named_views,
    path_of,
)
from tests.project.conftest import Visit
from tests.project.world import World
from tests.samples import sample
from tpm_portal.environment import BASE_DIR

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.xdist_group("walk"),
    pytest.mark.thorough,
]

TYPES = {
    "collection_pack": "application/zip",
    "collection_case": "application/json",
    "question_files:question_file": "application/json",
    "question_files:question_set_file": "text/markdown",
    "changes_feed": "application/atom+xml",
    "search_suggestions": "application/json",
    "hiring:question_set_scorecard_xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "robots": "text/plain",
    "sitemap": "application/xml",
    "sitemap_part": "application/xml",
}
#: Views that answer to several names.
SEVERAL = {"sitemap_part": "sitemap"}
#: Views that share the test file of their module.
TESTED_WITH = {"healthz": "health", "readyz": "health", "sitemap_part": "sitemap"}
WRITE = ["post", "put", "patch", "delete", "options"]
#: Pages of the admin that answer a superuser otherwise than with 200.
OTHERWISE = {
    "admin:login": 302,
    "admin:view_on_site": 302,
    "admin:content_collection_delete": 302,  # to its page, because it has content
    "admin:logout": 405,
    "admin:autocomplete": 403,
    "admin:content_slugredirect_add": 403,
    "admin:content_contentimport_add": 403,
    "admin:content_contentimport_delete": 403,
    "admin:content_loadedrow_add": 403,
    "admin:content_loadedrow_delete": 403,
    "admin:search_searchentry_add": 403,
    "admin:search_searchentry_delete": 403,
    "admin:search_searchword_add": 403,
    "admin:search_searchword_delete": 403,
    "admin:content_siteversion_add": 403,
    "admin:content_siteversion_delete": 403,
    "admin:axes_accessattempt_add": 403,
    "admin:axes_accesslog_add": 403,
    "admin:axes_accessfailurelog_add": 403,
}
#: Models whose pages are not for editors.
NOT_FOR_EDITORS = (
    "admin:auth_",
    "admin:axes_",
    "admin:search_search",
    "admin:content_siteversion_",
)
HARMLESS = ("SELECT", "(SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "DECLARE")


def ask(method: str, path: str) -> HttpResponse:
    return getattr(Client(), method)(path)


def test_every_address_is_in_the_table() -> None:
    known = [*PAGES, *FILES, *HEALTH, *FOR_STAFF, *admin_names()]
    assert len(known) > 150
    assert sorted(known) == sorted(name for name, _ in named_views())


@pytest.mark.parametrize("name", [*PAGES, *FILES, *HEALTH])
def test_an_address_its_view_its_template_and_its_test_have_one_name(name: str) -> None:
    app, _, short = name.rpartition(":")
    assert dict(named_views())[name].__name__ == SEVERAL.get(short, short)
    assert (
        BASE_DIR / "tests" / (app or "portal") / f"test_{TESTED_WITH.get(short, short)}.py"
    ).exists()
    template = BASE_DIR / "templates" / (app or "tpm_portal") / f"{short}.html"
    assert template.exists() == (name in PAGES)


@pytest.mark.parametrize("name", [*PAGES, *FILES])
@pytest.mark.drawn(20)
def test_a_public_address_is_read_and_not_written(name: str, world: World) -> None:
    path = path_of(name, world)
    page, head = ask("get", path), ask("head", path)
    assert (page.status_code, head.status_code) == (200, 200)
    assert page["Content-Type"].startswith(
        TYPES.get(name, "text/csv" if name in FILES else "text/html")
    )
    assert head["Content-Type"] == page["Content-Type"]
    assert not b"".join(head)
    allowed = ["GET", "HEAD", "POST"] if name in ANSWERING else ["GET", "HEAD"]
    for method in (method for method in WRITE if method.upper() not in allowed):
        refused = ask(method, path)
        assert (refused.status_code, refused["Allow"]) == (405, ", ".join(allowed)), method


@pytest.mark.parametrize("name", HEALTH)
def test_health_is_read_and_not_written(name: str) -> None:
    assert ask("get", reverse(name)).status_code == 200
    assert {ask(method, reverse(name)).status_code for method in WRITE} == {405}


def test_reading_writes_nothing(visit: Visit) -> None:
    assert visit.walk.statuses == {200, 404}
    assert len(visit.statements) > len(visit.walk.answers) > 40
    assert [
        statement for statement in visit.statements if not statement.lstrip().startswith(HARMLESS)
    ] == []


def test_a_link_leads_to_an_answer(visit: Visit) -> None:
    missing = [
        address for address, answer in visit.walk.answers.items() if answer.status_code == 404
    ]
    assert missing == ["/nowhere/"]


def test_every_page_is_a_whole_document_of_its_own(visit: Visit) -> None:
    lists = {address: text for address, text in visit.walk.pages().items() if "?" not in address}
    titles, descriptions = Counter(), Counter()
    for address, text in lists.items():
        page = parse(text)
        assert page.one("html").attributes["lang"] == "en", address
        assert page.one("h1").text, address
        assert page.one("main").attributes["id"] == "main", address
        titles[page.all("title")[0].text] += 1
        described = [
            each for each in page.all("meta") if each.attributes.get("name") == "description"
        ]
        descriptions[" ".join(each.attributes["content"] for each in described)] += 1
    assert len(lists) > len(PAGES)
    assert titles.most_common(1)[0][1] == 1, titles.most_common(3)
    assert descriptions.most_common(1)[0][1] == 1, descriptions.most_common(3)
    assert "" not in descriptions


def test_every_address_on_a_page_exists_on_it(visit: Visit) -> None:
    """Links within a page, labels and headings that name others."""
    named = 0
    for address, text in visit.walk.pages().items():
        page = parse(text)
        ids = Counter(
            element.attributes["id"] for element in page.walk() if "id" in element.attributes
        )
        assert [name for name, count in ids.items() if count > 1] == [], address
        for wanted in _references(page):
            assert wanted in ids, f"{address} has no {wanted}"
            named += 1
    assert named > 200


def _references(page: Any) -> list[str]:
    found = [link[1:] for link in page.links if link.startswith("#")]
    for element in page.walk():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            found += element.attributes.get(attribute, "").split()
    return found


@pytest.fixture
def rows(world: World) -> dict[type[Model], Model]:
    """A row of every model that the admin shows."""
    SlugRedirect.objects.add_redirect(world[Skill], "former")
    AccessAttempt.objects.create(username="x", failures_since_start=1)
    AccessFailureLog.objects.create(username="x")
    AccessLog.objects.create(username="x")
    LoadedRow.objects.create(collection=home_collection(), table="skills", key="risk", object_id=1)
    ContentImport.objects.create(collection=home_collection(), note="Pages: 1 added.")
    others = [
        ContentImport,
        LoadedRow,
        SlugRedirect,
        SearchEntry,
        SearchWord,
        SiteVersion,
        AccessAttempt,
        AccessFailureLog,
        AccessLog,
        Group,
    ]
    return (
        world | {model: model._default_manager.first() for model in others} | {User: UserFactory()}
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_of_the_admin_is_known(rows: dict[type[Model], Model]) -> None:
    assert sorted(admin_paths(rows)) == sorted(admin_names())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("is_known", [False, True], ids=["visitor", "reader"])
def test_the_admin_is_closed_to_all_but_staff(
    rows: dict[type[Model], Model], is_known: bool, method: str
) -> None:
    paths = admin_paths(rows)
    client = signed_in(UserFactory()) if is_known else Client()
    answers = {name: getattr(client, method)(path, {"post": "yes"}) for name, path in paths.items()}
    assert answers.pop("admin:login").status_code == 200
    assert {answer.status_code for answer in answers.values()} == {302}
    assert {answer["Location"].partition("?")[0] for answer in answers.values()} == {
        "/admin/login/",
        "/admin/",
    }
    assert all(model._base_manager.filter(pk=row.pk).exists() for model, row in rows.items())


def test_pages_of_the_admin_answer_a_superuser(rows: dict[type[Model], Model]) -> None:
    """Half of them, drawn at random; a full run opens all."""
    client, paths = signed_in(SuperuserFactory()), admin_paths(rows)
    # Nothing is deleted, so nothing is recovered.
    recovering = {name: 302 for name in paths if name.endswith("_recover")}
    assert recovering
    names = sample(sorted(paths), len(paths) // 2)
    expected = dict.fromkeys(names, 200)
    for name, status in (OTHERWISE | recovering).items():
        if name in expected:
            expected[name] = status
    assert {name: client.get(paths[name]).status_code for name in names} == expected


def test_an_editor_is_refused_what_is_not_content(rows: dict[type[Model], Model]) -> None:
    client, paths = signed_in(EditorFactory()), admin_paths(rows)
    refused = [name for name in paths if name.startswith(NOT_FOR_EDITORS)] + [
        "admin:content_collection_delete"
    ]
    assert len(refused) > 30
    for name in refused:
        assert client.get(paths[name]).status_code == 403, name
        assert client.post(paths[name], {"post": "yes"}).status_code == 403, name
    assert client.get(paths["admin:skills_skill_delete"]).status_code == 200
