"""Search results, and a fixture that compares the whole index with the published rows."""

from collections.abc import Iterator

import pytest

from search.index import indexed_models
from search.models import SearchEntry
from search.results import find_entries


def found(text: str) -> set[str]:
    """The titles of what is found by all these words."""
    result = find_entries(text)
    return (
        {each.entry.title for each in result.results(result.of_kind(""))}
        if result.has_all_words
        else set()
    )


@pytest.fixture
def index_right_after_all() -> Iterator[None]:
    """After each test the index says exactly what is published, neither more nor less."""
    yield
    published = {
        (model.search_kind, row.pk, row.get_absolute_url(), row.search_title())
        for model in indexed_models()
        for row in model.objects.published()
    }
    assert set(SearchEntry.objects.values_list("kind", "object_id", "url", "title")) == published
