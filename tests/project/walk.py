"""Walks the site as crawlers and curious visitors do: links, the sitemap, options of filters.

For each view, it requests a few addresses for each set of parameters, and every address that
`always` matches.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urljoin
from zipfile import ZipFile

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.samples import is_full_run

HOST = "http://testserver"
#: Addresses in addition to the home page to which no link leads.
UNLINKED = ["robots", "sitemap"]
#: Not for visitors.
APART = ("/static/", "/admin/")
#: Options of one filter that are tried.
OPTIONS = 4
#: Addresses of a view that are asked for: pages without parameters, and pages or files with the
#: same ones. A full run asks for all of them.
PLAIN, WITH_PARAMETERS = 4, 2
#: Later pages of a list, other draws of questions, and loops that differ by a step: their documents
#: are followed.
beyond = re.compile(r"[?&]page=(?![12]\b)|[?&]draw=|/interviews/builder/\?.*loop=").search
#: A workbook is a zip of XML.
ARCHIVES = {"application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
#: More answers than any test needs mean that addresses breed addresses.
ENOUGH = 1500

find_links = re.compile(r'(?:href|src|action)="([^"#]+)|<loc>([^<]+)<').findall
find_selects = re.compile(r'<select[^>]* name="(\w+)"(.*?)</select>', re.DOTALL).findall
find_options = re.compile(r'<option value="([^"]+)"').findall


class Walk:
    """The answers that someone gets who follows the links of the site, by address.

    :param seeds: addresses to begin with, besides those that every visitor knows.
    :param always: a pattern; an address that it matches is asked for, however many of its kind
        there are.
    :param most: how many addresses of a kind are asked for, without and with parameters.
    """

    def __init__(
        self,
        client: Client,
        seeds: Iterable[str] = (),
        *,
        always: str = "",
        most: tuple[int, int] = (PLAIN, WITH_PARAMETERS),
    ) -> None:
        self.client = client
        self._most_plain, self._most_with_parameters = most
        self.answers: dict[str, HttpResponse] = {}
        #: What the answers say.
        self.texts: dict[str, str] = {}
        self._is_always_asked = re.compile(always).search if always else lambda address: None
        self._asked: Counter[Kind] = Counter()
        for seed in ["/", *map(reverse, UNLINKED), *seeds]:
            self._follow(seed)

    def _follow(self, seed: str) -> None:
        """Request an address, and the wanted addresses that it links to."""
        waiting = deque([seed])
        while waiting:
            address = waiting.popleft()
            if address not in self.answers and (address == seed or self._is_wanted(address)):
                assert len(self.answers) < ENOUGH
                self._ask(address)
                waiting += addresses_in(address, self.texts[address])

    def _is_wanted(self, address: str) -> bool:
        """Whether it is one of the first of its kind, or has to be asked for."""
        kind = kind_of(address)
        self._asked[kind] += 1
        has_parameters = bool(kind.format or kind.parameters)
        limit = self._most_with_parameters if has_parameters else self._most_plain
        return is_full_run() or self._asked[kind] <= limit or bool(self._is_always_asked(address))

    def _ask(self, address: str) -> None:
        self.answers[address] = answer = self.client.get(address)
        self.texts[address] = text_of(answer)

    def ask_again(self, addresses: Iterable[str]) -> None:
        """Ask for some of the addresses once more, and forget what the others answered."""
        self.answers, self.texts = {}, {}
        for address in addresses:
            self._ask(address)

    @property
    def statuses(self) -> set[int]:
        return {answer.status_code for answer in self.answers.values()}

    def where(self, mark: str) -> set[str]:
        """The addresses whose responses, headers included, contain this.

        Addresses that only repeat their input are left out.
        """
        unasked = [address for address in self.texts if mark not in address.partition("?")[2]]
        return {
            each
            for each in unasked
            if mark in self.texts[each] or mark in str(self.answers[each].headers)
        }

    def pages(self) -> dict[str, str]:
        """The texts of the pages that people read."""
        html = {
            address: self.texts[address]
            for address, answer in self.answers.items()
            if answer["Content-Type"].startswith("text/html") and answer.status_code == 200
        }
        assert html
        return html


class Kind(NamedTuple):
    """What addresses have in common whose responses are made in the same way."""

    view: str
    #: The ending of the name of a file; its parameters do not matter, for they select the same rows
    #: as on the page.
    format: str
    parameters: frozenset[str]


def kind_of(address: str) -> Kind:
    """Return what an address asks for, whatever it asks it of."""
    path, _, query = address.partition("?")
    ending = path.rpartition("/")[2].rpartition(".")[2]
    parameters = () if ending else parse_qs(query, keep_blank_values=True)
    return Kind(view_name(address), ending, frozenset(parameters))


def text_of(answer: HttpResponse) -> str:
    """The body, streamed or not; of an archive what its files contain."""
    if answer["Content-Type"] in ARCHIVES:
        with ZipFile(BytesIO(answer.getvalue())) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return answer.getvalue().decode()


def addresses_in(here: str, text: str) -> Iterator[str]:
    """The addresses on this site that a response links to.

    For a list, also those of the options of its filters.
    """
    for link, place in find_links(text):
        address = urljoin(HOST + here, unescape(link or place))
        path = address.removeprefix(HOST)
        if address.startswith(HOST) and not path.startswith(APART) and not beyond(path):
            yield path
    if "?" not in here:
        for name, options in find_selects(text):
            chosen = find_options(options)[:OPTIONS]
            yield from (f"{here}?{urlencode({name: unescape(value)})}" for value in chosen)


def view_name(address: str) -> str:
    """The name of the view that answers here; empty where there is none."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""
