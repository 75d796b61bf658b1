"""What people type finds its page among the first three results of the starter content."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from search.search_page import SearchPage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OWN_LIST = Path(__file__).with_name("search_queries.json")
REVIEW_LIST = Path(settings.BASE_DIR).parent / "shared" / "review" / "search-queries.json"
FIRST = 3
#: Queries about topics that the starter content does not have.
WITHOUT_PAGE = {
    "resume",
    "salary",
    "jira",
    "launch checklist",
    "microservices",
    "amazon leadership principles",
    "google interview",
    "layoff",
    "glossary",
}


def first_urls(text: str) -> list[str]:
    """The addresses of the first results, tools included."""
    page = SearchPage(RequestFactory().get("/search/", {"q": text}))
    tools = [tool.url for tool in page.fixed_pages]
    results = page.matches.results(list(page.matches.ranking)[:FIRST])
    return [*tools, *(result.entry.url for result in results)][:FIRST]


@pytest.mark.parametrize("path", [OWN_LIST, REVIEW_LIST], ids=lambda path: path.name)
def test_at_least_95_of_100_queries_find_their_page(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not at {path.parent}")
    missed = []
    queries = [each for each in json.loads(path.read_text()) if each["query"] not in WITHOUT_PAGE]
    assert len(queries) > 40
    for query in queries:
        urls = first_urls(query["query"])
        if not any(re.search(query["wanted"], url) for url in urls):
            missed.append((query["query"], urls))
    assert len(missed) <= 0.05 * len(queries), missed
