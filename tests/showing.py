"""What all types of pages have in common: visibility of drafts, and numbers of queries."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.base_models import Status
from content.change_tracking import tracking_changes
from tests.factories import UserFactory
from tests.markup import Page
from tests.samples import sample

#: One is drawn for each page and run; `tests/content/test_base_models.py` and the walk of the
#: site try them all.
HIDDEN = [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED]
MOST_QUERIES = 10


def signed_in(*rights: str) -> Client:
    """The browser of someone who has an account and these rights."""
    user: User = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


def set_status(row: Any, status: Status) -> None:
    type(row).objects.filter(pk=row.pk).update(status=status)


def answers_as_missing(client: Client, url: str) -> bool:
    """Whether this address gets, byte by byte, the answer of one that never existed."""
    here, nowhere = client.get(url), client.get(f"{url.rstrip('/')}-never-was/")
    assert nowhere.status_code == 404
    return (here.status_code, here.content, dict(here.headers)) == (
        404,
        nowhere.content,
        dict(nowhere.headers),
    )


def assert_hidden_is_for_editors(row: Any, url: str = "", called: str = "") -> None:
    """What is not published is missing for all but those who may change its kind.

    They see it with a badge.

    :param called: what the row is to the page at `url`, where that page is not its own.
    """
    url, kind = url or row.get_absolute_url(), row._meta.model_name
    editor = signed_in(f"change_{kind}")
    others = [Client(), signed_in(), signed_in(f"view_{kind}", "change_user")]
    for status in sample(HIDDEN, 1):
        set_status(row, status)
        assert all(answers_as_missing(other, url) for other in others), status
        (shown,) = Page.read(editor, url).marked("state")
        assert shown.text == f"{_reason(row, called, status)} Only editors see this page."
        assert editor.get(url)["Cache-Control"] == "private, no-store"
    set_status(row, Status.PUBLISHED)
    for client in (editor, *others):
        assert Page.read(client, url).marked("state") == []


def _reason(row: Any, called: str, status: Status) -> str:
    words = {Status.DRAFT: "a draft", Status.IN_REVIEW: "in review", Status.ARCHIVED: "archived"}
    return f"{called} “{row}” is {words[status]}." if called else f"{status.label}."


def assert_shown_while_published(url: str, row: Any, words: str) -> None:
    """A page says these words exactly as long as the row is published.

    Visitors see them, and so does who edits the page.
    """
    assert words in Page.read(Client(), url)
    for status in sample(HIDDEN, 1):
        set_status(row, status)
        assert words not in Page.read(Client(), url), status
    set_status(row, Status.PUBLISHED)
    assert words in Page.read(Client(), url)


def assert_queries_do_not_grow(url: str, grow: Callable[[], Any]) -> None:
    """A page takes as many queries with thirty rows of everything as with three, and at most ten.

    :param grow: makes one more of everything that the page shows.
    """
    few, many = (_queries_after(number, grow, url) for number in (3, 27))
    assert len(few) == len(many), [query for query in many if query not in few]
    assert len(many) <= MOST_QUERIES, "\n".join(query[:200] for query in many)


def assert_pages_hold(url: str, query: str, words: list[str]) -> None:
    """Three pages of a filtered list lead to their neighbors under the same filter.

    They contain everything once.
    """
    answers = [Page.read(Client(), f"{url}?{query}&page={number}") for number in (1, 2, 3)]
    steps = [page.marked("pages")[0] for page in answers]
    assert [step.text for step in steps] == [
        "Page 1 of 3 Next",
        "Previous Page 2 of 3 Next",
        "Previous Page 3 of 3",
    ]
    assert [step.links for step in steps] == [
        [f"?{query}&page=2"],
        [f"?{query}&page=1", f"?{query}&page=3"],
        [f"?{query}&page=2"],
    ]
    found = [[word for word in words if word in page] for page in answers]
    assert sorted(word for part in found for word in part) == sorted(words)
    assert all(found)
    for asked, given in {"": 1, "x": 1, "0": 1, "-1": 1, "99": 3, "9" * 50: 3}.items():
        page = Page.read(Client(), f"{url}?{query}&page={asked}")
        assert f"Page {given} of 3" in page.marked("pages")[0], asked


def _queries_after(number: int, grow: Callable[[], Any], url: str) -> list[str]:
    with tracking_changes():  # update the search once
        for _ in range(number):
            grow()
    return queries_of(url)


def queries_of(url: str) -> list[str]:
    """What a page that no one has asked for yet reads from the database."""
    with CaptureQueriesContext(connection) as captured:
        Page.read(Client(), url)
    return [query["sql"] for query in captured]
