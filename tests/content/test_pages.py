"""The decorator of public pages: methods, parameters, cookies, caching, renaming."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from content.base_models import Status
from content.pages import get_visible, public_page
from skills.models import Skill
from tests.factories import CollectionFactory, EditorFactory, SkillFactory, UserFactory

# Django looks for the handlers in the module with urlpatterns.
from tpm_portal.urls import handler400, handler404  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.one_database]

PARAGRAPH = "<p>one and the same sentence</p>"


@public_page(params=("q", "page"))
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{request.get_full_path()}</p>{PARAGRAPH * 20}")


@public_page(params=("raw",))
def title(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponse(get_visible(Skill.objects.all(), request, key).title)


@public_page()
def greeting(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user} {sorted(request.COOKIES)}")


urlpatterns = [
    path("test/echo/", echo),
    path("test/skills/<key:key>/", title, name="title"),
    path("test/greeting/", greeting),
    path("", include("tpm_portal.urls")),
]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_a_page_is_for_reading_only(client: Client, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert getattr(strict, method)("/test/echo/").status_code == 405
    assert client.get("/test/echo/").status_code == client.head("/test/echo/").status_code == 200


def test_a_page_sees_only_the_parameters_it_knows_in_its_own_order(client: Client) -> None:
    known = client.get("/test/echo/?q=risk&page=2")
    assert "<p>/test/echo/?q=risk&page=2</p>" in known.text
    assert client.get("/test/echo/?page=2&utm_source=x&q=risk&fbclid=1").text == known.text


@pytest.mark.parametrize("query", ["q=", "q=%00", "q=a%00b", "page=", "?", "&&&", "x=%ff"])
def test_an_empty_or_unstorable_value_is_no_value(client: Client, query: str) -> None:
    assert "<p>/test/echo/</p>" in client.get(f"/test/echo/?{query}").text


def test_repeated_values_are_kept(client: Client) -> None:
    assert "<p>/test/echo/?q=a&q=b</p>" in client.get("/test/echo/?q=a&page=&q=b").text


@pytest.mark.parametrize(
    "value", ["9" * 400, "x" * 10_000, "%ed%a0%80", "%F0%9F%92%A9", "%C2%85", "'\"<>"]
)
def test_hostile_values_are_passed_on_whole_and_break_nothing(client: Client, value: str) -> None:
    assert client.get(f"/test/echo/?q={value}&page={value}").status_code == 200


def test_more_parameters_than_anybody_needs_are_a_bad_request(client: Client) -> None:
    response = client.get("/test/echo/?" + "q=1&" * 5_000)
    assert response.status_code == 400
    assert "Content-Security-Policy" in response


def test_visitors_get_a_page_that_caches_check_before_they_show_it_again(client: Client) -> None:
    response = client.get("/test/echo/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_a_page_comes_compressed_to_those_who_understand_it(client: Client) -> None:
    plain = client.get("/test/echo/")
    packed = client.get("/test/echo/", headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) == len(gzip.decompress(packed.content))
    assert packed["ETag"] == f"W/{plain['ETag']}"


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_page_that_the_visitor_has_is_not_sent_again(client: Client, encoding: str) -> None:
    accepted = {"accept-encoding": encoding}
    whole = client.get("/test/echo/", headers=accepted)
    again = client.get("/test/echo/", headers=accepted | {"if-none-match": whole["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in (
        "ETag",
        "Cache-Control",
        "Vary",
        "Content-Security-Policy",
        "X-Content-Type-Options",
    ):
        assert again[name] == whole[name]
    assert (
        client.get("/test/echo/", headers=accepted | {"if-none-match": '"other"'}).status_code
        == 200
    )


def test_a_page_sees_no_cookie_and_no_account_of_a_visitor(client: Client) -> None:
    client.cookies.load({"theme": "dark", "csrftoken": "x" * 32, "messages": "forged"})
    response = client.get("/test/greeting/")
    assert response.text == "AnonymousUser []"
    assert "Cookie" not in response.get("Vary", "")


def test_somebody_with_a_session_gets_an_answer_that_nobody_keeps(client: Client) -> None:
    editor = EditorFactory()
    client.force_login(editor)
    response = client.get("/test/greeting/")
    assert response.text.startswith(editor.username)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED])
def test_what_is_not_published_is_answered_as_if_it_were_not_there(
    client: Client, status: Status
) -> None:
    before = client.get("/test/skills/risk/")
    skill = SkillFactory(slug="risk", status=status)
    hidden = client.get("/test/skills/risk/")
    assert hidden.status_code == before.status_code == 404
    assert (hidden.content, dict(hidden.headers)) == (before.content, dict(before.headers))
    skill.status = Status.PUBLISHED
    skill.save()
    assert client.get("/test/skills/risk/").text == skill.title


def test_an_editor_sees_a_draft_at_its_address_and_other_accounts_do_not(client: Client) -> None:
    skill = SkillFactory(slug="risk", status=Status.DRAFT)
    client.force_login(UserFactory())
    assert client.get("/test/skills/risk/").status_code == 404
    client.force_login(EditorFactory())
    assert client.get("/test/skills/risk/").text == skill.title
    assert Client().get("/test/skills/risk/").status_code == 404


def test_a_row_of_another_collection_has_its_own_address(client: Client) -> None:
    SkillFactory(slug="risk", title="Ours")
    SkillFactory(slug="risk", title="Theirs", collection=CollectionFactory(slug="other"))
    assert client.get("/test/skills/risk/").text == "Ours"
    assert client.get("/test/skills/other:risk/").text == "Theirs"


def renamed(slug: str, *, status: Status = Status.PUBLISHED) -> Skill:
    skill = SkillFactory(slug="old")
    skill.slug, skill.status = slug, status
    skill.save()
    return skill


def test_a_former_address_leads_to_the_present_one_with_its_query(client: Client) -> None:
    renamed("new")
    response = client.get("/test/skills/old/?raw=1&utm_source=x")
    assert (response.status_code, response["Location"]) == (
        301,
        "/test/skills/new/?raw=1&utm_source=x",
    )
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(response["Location"]).status_code == 200


def test_a_former_address_of_what_is_hidden_now_leads_nowhere(client: Client) -> None:
    renamed("new", status=Status.ARCHIVED)
    assert client.get("/test/skills/old/").status_code == 404


@pytest.mark.parametrize(
    "key", ["%00", "risk%00", "%ff%fe", "%ed%a0%80", "a" * 81, "A", "a:b:c", "-" * 5000]
)
def test_an_address_that_no_row_can_have_is_not_found(client: Client, key: str) -> None:
    SkillFactory(slug="risk")
    assert client.get(f"/test/skills/{key}/").status_code == 404
    assert client.get("/test/skills/risk/").status_code == 200
