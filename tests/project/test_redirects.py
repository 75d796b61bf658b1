"""Redirects of the site lead to the right place and preserve the query."""

from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from reversion.models import Version

from content.base_models import Status
from content.models import Collection
from guides.models import Guide
from interviews.models import AnswerFramework, Question, QuestionSet
from ladders.models import Ladder, Level
from roles.models import Role
from skills.models import Skill
from tests.admin_forms import admin_url
from tests.factories import CollectionFactory, EditorFactory, GuideFactory
from tests.project.addresses import FILES, PAGES, path_of
from tests.project.world import World
from tests.showing import set_status

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

#: What some pages know, what none knows, a value twice, another script, and what has to be quoted.
QUERY = "as=markdown&page=2&utm_source=x&q=a&q=b&q=%C3%A9%26%2B+c"
RENAMED: list[Any] = [
    Collection,
    Role,
    Skill,
    Ladder,
    Level,
    Question,
    AnswerFramework,
    QuestionSet,
    Guide,
]
#: Files that are of no row, though an argument says of what kind.
OF_NO_ROW = {
    "hiring:loop_questions",
    "hiring:loop_scorecard_file",
    "question_files:question_file",
    "sitemap_part",
}


def ends_with_query(response: HttpResponse, status: int = 301) -> bool:
    assert response.status_code == status
    return response["Location"].partition("?")[2] == QUERY


def test_a_former_address_keeps_its_query(world: World, client: Client) -> None:
    former = {name: path_of(name, world) for name in names_of_rows(world)}
    for model in RENAMED:
        row = model.objects.get(pk=world[model].pk)
        row.slug = f"new-{row.slug}"
        row.save()
    answers = {name: client.get(f"{path}?{QUERY}") for name, path in former.items()}
    assert [name for name, answer in answers.items() if not ends_with_query(answer)] == []
    again = {name: client.get(path) for name, path in former.items()}
    assert [name for name, answer in again.items() if "?" in answer["Location"]] == []


def test_an_address_in_another_case_leads_to_the_one_in_lower_case(
    world: World, client: Client
) -> None:
    paths = {
        path_of(name, world): in_capitals(path_of(name, world)) for name in names_of_rows(world)
    }
    answers = {path: client.get(f"{capitals}?{QUERY}") for path, capitals in paths.items()}
    assert [path for path, answer in answers.items() if not ends_with_query(answer)] == []
    assert [
        path for path, answer in answers.items() if answer["Location"] != f"{path}?{QUERY}"
    ] == []
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_the_collection_in_an_address_may_stand_in_another_case_too(client: Client) -> None:
    guide = GuideFactory(collection=CollectionFactory(slug="other"))
    for path in (f"/guides/OTHER:{guide.slug}/", f"/guides/other:{guide.slug.upper()}/"):
        assert client.get(path)["Location"] == guide.get_absolute_url()


def test_a_former_address_in_another_case_leads_to_the_new_one_at_once(
    world: World, client: Client
) -> None:
    role = Role.objects.get(pk=world[Role].pk)
    former = role.get_absolute_url()
    role.slug = "renamed"
    role.save()
    assert client.get(in_capitals(former))["Location"] == role.get_absolute_url()


def test_answers_sent_to_an_address_in_another_case_are_sent_on(
    world: World, client: Client
) -> None:
    path = Level.objects.get(pk=world[Level].pk).get_assessment_url()
    answer = client.post(f"{in_capitals(path)}?{QUERY}")
    assert ends_with_query(answer, 308)
    assert answer["Location"].startswith(path)


def test_an_address_in_another_case_says_nothing_about_what_is_hidden(
    world: World, client: Client
) -> None:
    paths = [
        in_capitals(path_of(name, world)) for name in ("roles:role_detail", "ladders:level_detail")
    ]
    assert [client.get(path).status_code for path in paths] == [301, 301]
    for model in (Role, Ladder):
        set_status(world[model], Status.DRAFT)
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert client.get("/roles/No-Such-Role/").status_code == 404


def names_of_rows(world: World) -> list[str]:
    """The names of the addresses of every page and file of a row."""
    names = [
        name for name, keys in (PAGES | FILES).items() if keys(world) and name not in OF_NO_ROW
    ]
    assert len(names) > 15
    return names


def in_capitals(path: str) -> str:
    """The address with the slugs of its row in capitals."""
    found = resolve(path)
    parts = {name: part if name == "form" else part.upper() for name, part in found.kwargs.items()}
    return reverse(found.view_name, kwargs=parts)


def test_answers_that_go_to_another_level_keep_the_query(world: World, client: Client) -> None:
    level = Level.objects.get(pk=world[Level].pk)
    former = level.get_assessment_url()
    level.slug = "renamed"
    level.save()
    assert ends_with_query(client.post(f"{former}?{QUERY}"), 308)
    sent = {"as": "carry", "level": level.key}
    other = Level.objects.create(ladder=level.ladder, title="Other", slug="other", position=9)
    assert ends_with_query(client.post(f"{other.get_assessment_url()}?{QUERY}", sent), 307)


@pytest.mark.parametrize(
    "path", ["/roles", "/skills/a-z", "/interviews/questions", "/search", "/admin"]
)
def test_an_address_without_its_last_slash_keeps_its_query(client: Client, path: str) -> None:
    response = client.get(f"{path}?{QUERY}")
    assert ends_with_query(response)
    assert response["Location"].startswith(f"{path}/?")


def test_the_way_to_https_keeps_the_query(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert ends_with_query(Client().get(f"/roles/?{QUERY}"))


def test_a_log_in_leads_back_to_the_whole_address(client: Client) -> None:
    path = "/admin/interviews/question/?q=risk&kind__exact=technical"
    asked = client.get(path)
    assert (asked.status_code, asked["Location"]) == (
        302,
        f"/admin/login/?next={quote(path, safe='/')}",
    )
    editor = EditorFactory(password="a long pass phrase")
    sent = {"username": editor.username, "password": "a long pass phrase", "next": path}
    assert client.post(asked["Location"], sent)["Location"] == path
    assert client.get(asked["Location"])["Location"] == path


@pytest.mark.parametrize(
    "wanted", ["", "https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_the_log_in_leads_nowhere_else(editor: Client, wanted: str) -> None:
    assert editor.get(f"/admin/login/?next={quote(wanted)}")["Location"] == "/admin/"


def test_a_refused_version_leads_back_to_the_list_as_it_was_filtered(editor: Client) -> None:
    guide = GuideFactory()
    editor.post(admin_url(guide, "delete"), {"post": "yes"})
    GuideFactory(slug=guide.slug)
    path = admin_url(Guide, "recover", Version.objects.get_deleted(Guide).get().pk)
    response = editor.get(f"{path}?_changelist_filters=status__exact%3Ddraft%26q%3Drisk")
    assert response.status_code == 302
    assert response["Location"] == "/admin/guides/guide/?status__exact=draft&q=risk"
