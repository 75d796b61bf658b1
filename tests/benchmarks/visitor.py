"""A visitor who requests pages in this process, and knows all of them."""

import re
from collections import defaultdict

from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.browser.page_types import MISSING, SITE

HOST = "localhost"
#: Pages that the sitemap does not name, and lists as they are when someone uses them.
USED = [
    *(path for path in SITE if path != MISSING),
    "/interviews/questions/?q=risk",
    "/skills/?q=a",
    "/robots.txt",
]


class Visitor:
    """Asks as a browser does."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": HOST, "accept-encoding": "gzip"})

    def ask(self, path: str) -> HttpResponse:
        """The page, which has to be there."""
        response = self.client.get(path)
        if response.status_code != 200:
            raise AssertionError(f"{path} answers {response.status_code}")
        return response

    def ask_anew(self, path: str) -> HttpResponse:
        """The page, built for this request."""
        caches["pages"].clear()
        return self.ask(path)

    def queries(self, path: str) -> int:
        """How many queries it takes to build the page, with everything warm that stays warm."""
        self.ask_anew(path)
        with CaptureQueriesContext(connection) as captured:
            self.ask_anew(path)
        return len(captured)

    def pages(self) -> list[str]:
        """The address of every public page."""
        listed = re.findall(rf"<loc>http://{HOST}(.*?)</loc>", self._text("/sitemap.xml"))
        return list(dict.fromkeys(listed + USED))

    def page_types(self) -> dict[str, list[str]]:
        """The same by the name of their view."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for path in self.pages():
            kinds[resolve(path.partition("?")[0]).view_name].append(path)
        return kinds

    def reference_ladder(self) -> str:
        """The ladder with the most levels among the portal's own."""
        ladders = [path for path in self.page_types()["ladders:ladder_detail"] if ":" not in path]
        return max(ladders, key=lambda path: len(self._text(path)))

    def _text(self, path: str) -> str:
        return self.client.get(path, headers={"accept-encoding": "identity"}).text
