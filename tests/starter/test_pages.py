"""Every record of the starter content has a page that is linked; no link is broken."""

import random
from collections import Counter
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from content.models import Collection
from tests.markup import parse
from tests.project.walk import Kind, beyond, kind_of
from tests.project.world import content_models
from tests.samples import is_full_run

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.thorough]

#: Pages that lead to levels, all of which are asked for, as are pages that belong to no record.
LEADING_ON = {"ladders:ladder_detail"}
#: Pages of records that are asked for, of each type; and pages, or files, with the same parameters.
DETAILS, VARIANTS = 3, 1


class Crawl:
    """A visitor who follows links from the first page, and notes where every link leads."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.statuses: dict[str, int] = {}
        self.links: set[str] = {"/"}
        self._asked: Counter[Kind] = Counter()
        waiting = ["/"]
        while waiting:
            here = waiting.pop()
            if here not in self.statuses and self._is_wanted(here):
                waiting += self._ask(here)

    def _ask(self, here: str) -> list[str]:
        """Note the answer; returns the new links, in an order that no two runs share."""
        answer = self.client.get(here)
        self.statuses[here] = answer.status_code
        if not answer["Content-Type"].startswith("text/html"):
            return []
        found = {
            urljoin(here, unescape(link)).partition("#")[0]
            for link in parse(answer.getvalue().decode()).links
        }
        new = {
            link for link in found if link.startswith("/") and not link.startswith("/admin/")
        } - self.links
        self.links |= new
        return random.sample(sorted(new), len(new))

    def _is_wanted(self, address: str) -> bool:
        kind = kind_of(address)
        self._asked[kind] += 1
        is_page_of_list = (
            kind.parameters <= {"page"} and not kind.format and not _arguments(address)
        )
        if is_full_run():
            return not beyond(address) or is_page_of_list
        if is_page_of_list or (kind.view in LEADING_ON and not kind.parameters):
            return True
        return self._asked[kind] <= (VARIANTS if kind.parameters or kind.format else DETAILS)


def _arguments(address: str) -> list[str]:
    """The keys of records that an address names."""
    match = resolve(address.partition("?")[0])
    return [str(argument) for argument in (*match.args, *match.kwargs.values())]


@pytest.fixture(scope="module")
def crawl(starter_content: None, django_db_blocker: pytest.FixtureRequest) -> Crawl:
    """One crawl for all tests."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return Crawl(Client())


def test_every_page_that_is_asked_for_answers(crawl: Crawl) -> None:
    assert {address: status for address, status in crawl.statuses.items() if status != 200} == {}
    assert len({kind_of(address).view for address in crawl.statuses}) > 30
    assert len({kind_of(address) for address in crawl.statuses if kind_of(address).format}) > 8


def test_every_record_has_a_page_that_is_found_from_the_first(crawl: Crawl) -> None:
    models = [model for model in content_models() if hasattr(model, "get_absolute_url")]
    pages = {row.get_absolute_url() for model in models for row in model.objects.published()}
    assert len(pages) > 100
    assert pages - crawl.links == set()


def test_no_link_leads_nowhere(crawl: Crawl) -> None:
    """Those that were not asked for belong to a view, and name published records alone."""
    models = [model for model in content_models() if hasattr(model, "slug")]
    known = {row.slug for model in models for row in model.objects.published()}
    known |= set(Collection.objects.values_list("slug", flat=True)) | {"csv", "xlsx", "md", "json"}
    assert {link: unknown for link in crawl.links if (unknown := _unknown(link, known))} == {}
    assert len(crawl.links) > 2 * len(crawl.statuses)
    assert _unknown("/roles/no-such-role/", known) == ["no-such-role"]
    assert _unknown("/no/such/page/", known) == ["/no/such/page/"]


def _unknown(link: str, known: set[str]) -> list[str]:
    """The arguments of an address that no record has; the address itself where no view answers."""
    try:
        return [argument for argument in _arguments(link) if argument not in known]
    except Resolver404:
        return [link]
