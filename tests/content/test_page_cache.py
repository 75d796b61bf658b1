"""Which pages are cached, which never are, and that no outdated page is returned."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.core.cache import caches
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import include, path

from content import page_cache
from content.base_models import Status
from content.models import SiteVersion
from content.page_cache import MAX_BODY, PageCacheMiddleware, cache_key
from content.pages import public_page
from skills.models import Skill
from tests.factories import EditorFactory, SkillFactory

# Django looks for the handlers in the module with urlpatterns.
from tpm_portal.urls import handler400, handler404, handler500  # noqa: F401

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls(__name__),
    pytest.mark.followed_at_once,
    pytest.mark.one_database,
]

built: list[str] = []


def page(
    make: Callable[[HttpRequest], Any], *, params: tuple[str, ...] = ()
) -> Callable[..., HttpResponse]:
    """A public page that counts how often it was rendered."""

    @public_page(params=params)
    def view(request: HttpRequest) -> HttpResponse:
        built.append(request.get_full_path())
        return make(request)

    return view


def titles(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        ", ".join(Skill.objects.published().values_list("title", flat=True)) + "." * 200
    )


def rename_skill() -> None:
    skill = Skill.objects.get()
    skill.title = "Uncertainty"
    skill.save()


def overtaken(request: HttpRequest) -> HttpResponse:
    """Someone writes after the first page was read and before it is stored."""
    response = titles(request)
    if len(built) == 1:
        rename_skill()
    return response


def refused(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the server closed the connection")


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("seen", "1")
    return response


urlpatterns = [
    path("test/titles/", page(titles, params=("q", "page"))),
    path("test/overtaken/", page(overtaken)),
    path("test/unmarked/", titles),
    path("test/long/", page(lambda request: HttpResponse("x" * (MAX_BODY + 1)))),
    path("test/cookie/", page(with_cookie)),
    path("test/token/", page(lambda request: HttpResponse(get_token(request)))),
    path("test/session/", page(lambda request: HttpResponse(str(request.session.get("x"))))),
    path(
        "test/vary/", page(lambda request: HttpResponse("x", headers={"Vary": "Accept-Language"}))
    ),
    path("test/teapot/", page(lambda request: HttpResponse("x", status=418))),
    path("test/stream/", page(lambda request: StreamingHttpResponse(["x"]))),
    path("test/refused/", page(refused)),
    path("", include("tpm_portal.urls")),
]


@pytest.fixture(autouse=True)
def none_built() -> None:
    built.clear()


def test_an_unchanged_page_costs_one_query_and_is_not_built_again(
    client: Client, django_assert_num_queries: Any
) -> None:
    SkillFactory(title="Risk")
    first = client.get("/test/titles/")
    with django_assert_num_queries(1):
        second = client.get("/test/titles/")
    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))
    assert len(built) == 1
    assert "Risk" in second.text


def test_a_change_shows_on_the_very_next_request(client: Client) -> None:
    skill = SkillFactory(title="Risk")
    assert "Risk" in client.get("/test/titles/").text
    skill.title = "Uncertainty"
    skill.save()
    assert "Uncertainty" in client.get("/test/titles/").text
    Skill.objects.update(status=Status.ARCHIVED)
    assert "Uncertainty" not in client.get("/test/titles/").text
    assert len(built) == 3


def test_what_is_rolled_back_changes_nothing(client: Client) -> None:
    skill = SkillFactory(title="Risk")
    client.get("/test/titles/")
    with transaction.atomic():
        rename_skill()
        transaction.set_rollback(True)
    assert skill.title in client.get("/test/titles/").text
    assert len(built) == 1


def test_a_page_built_while_content_changes_is_not_taken_for_the_new_one(client: Client) -> None:
    SkillFactory(title="Risk")
    assert "Risk" in client.get("/test/overtaken/").text
    assert "Uncertainty" in client.get("/test/overtaken/").text


def test_unknown_parameters_and_their_order_do_not_split_a_page(client: Client) -> None:
    client.get("/test/titles/?q=a&page=2")
    client.get("/test/titles/?utm_source=x&page=2&q=a&q=")
    assert len(built) == 1
    client.get("/test/titles/?q=b&page=2")
    client.get("/test/titles/")
    client.get("/test/titles/?utm_source=x")
    assert len(built) == 3


def test_a_question_mark_in_a_path_is_not_a_query(client: Client) -> None:
    assert client.get("/test/titles/?q=a").status_code == 200
    assert client.get("/test/titles/%3Fq=a").status_code == 404


def test_each_scheme_host_and_encoding_has_its_own_answer(client: Client) -> None:
    client.get("/test/titles/")
    client.get("/test/titles/", headers={"host": "localhost"})
    client.get("/test/titles/", secure=True)
    packed = client.get("/test/titles/", headers={"accept-encoding": "gzip"})
    assert len(built) == 4
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/test/titles/")
    assert len(built) == 4


def test_head_and_get_share_an_answer(client: Client) -> None:
    head = client.head("/test/titles/")
    got = client.get("/test/titles/")
    assert head.content == b""
    assert head["Content-Length"] == got["Content-Length"] == str(len(got.content))
    assert len(built) == 1


def test_an_answer_to_head_has_no_body_that_the_server_would_complain_about(
    rf: RequestFactory,
) -> None:
    answer = PageCacheMiddleware(
        lambda request: HttpResponse("x", headers={"Content-Length": "1"})
    )(rf.head("/x/"))
    assert isinstance(answer, HttpResponse)
    assert (answer.content, answer["Content-Length"]) == (b"", "1")


def test_a_stored_page_that_the_visitor_has_is_not_sent_again(client: Client) -> None:
    stored = client.get("/test/titles/")
    again = client.get("/test/titles/", headers={"if-none-match": f'"other", {stored["ETag"]}'})
    assert (again.status_code, len(built)) == (304, 1)
    SkillFactory(title="Risk")
    assert client.get("/test/titles/", headers={"if-none-match": stored["ETag"]}).status_code == 200


def test_a_foreign_host_is_refused_even_for_a_stored_page(client: Client) -> None:
    client.get("/test/titles/")
    response = client.get("/test/titles/", headers={"host": "evil.test"})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response


@pytest.mark.parametrize(
    "name", ["unmarked", "long", "cookie", "token", "vary", "teapot", "stream", "session"]
)
def test_only_whole_pages_that_are_the_same_for_everybody_are_stored(
    client: Client, name: str
) -> None:
    client.get(f"/test/{name}/")
    assert not stored_pages()
    client.get("/test/titles/")
    assert len(stored_pages()) == 1


def test_what_an_editor_sees_is_neither_stored_nor_answered_from_the_store(client: Client) -> None:
    client.get("/test/titles/")
    client.force_login(EditorFactory())
    for _ in range(2):
        assert client.get("/test/titles/")["Cache-Control"] == "private, no-store"
    assert len(built) == 3
    assert len(stored_pages()) == 1


def test_the_store_is_bounded(client: Client) -> None:
    most = caches["pages"]._max_entries  # type: ignore[attr-defined]
    for number in range(most + 10):
        client.get(f"/test/titles/?q={number}")
    assert 0 < len(stored_pages()) <= most


def test_a_database_that_is_away_is_a_503_with_all_headers_and_nothing_is_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    client.get("/test/titles/")
    with monkeypatch.context() as patch:
        patch.setattr(page_cache, "VERSION_SQL", "SELECT version FROM nowhere")
        with transaction.atomic():
            sick = client.get("/test/titles/")
            transaction.set_rollback(True)
    assert sick.status_code in {
        500,
        503,
    }  # SQLite calls a missing table operational, PostgreSQL does not
    assert "Content-Security-Policy" in sick
    away = client.get("/test/refused/")
    assert (away.status_code, away["Retry-After"]) == (503, "5")
    assert client.get("/test/titles/").status_code == 200
    assert len(built) == 2


def test_a_portal_without_any_change_yet_has_a_version(client: Client) -> None:
    SiteVersion.objects.all().delete()
    client.get("/test/titles/")
    client.get("/test/titles/")
    assert len(built) == 1


def test_a_debug_server_stores_nothing(settings: Any) -> None:
    settings.DEBUG = True
    handler_calls: list[HttpRequest] = []
    with pytest.raises(page_cache.MiddlewareNotUsed):
        PageCacheMiddleware(lambda request: handler_calls.append(request) or HttpResponse())


def test_many_threads_get_the_same_page(rf: RequestFactory) -> None:
    store = PageCacheMiddleware(lambda request: pytest.fail("was stored"))
    store.pages.set(cache_key(rf.get("/x/")), (1, HttpResponse(b"x" * 1000)))
    answers: list[bytes] = []

    def ask() -> None:
        for _ in range(50):
            request = rf.get("/x/")
            request.site_version = 1  # type: ignore[attr-defined]
            answers.append(store(request).content)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"x" * 1000] * 400


def stored_pages() -> dict[str, Any]:
    """The pages that this process has cached."""
    return caches["pages"]._cache  # type: ignore[attr-defined]
