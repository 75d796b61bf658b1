"""Follows up the changes of a test once, when the portal is first asked for something.

Following up once for every row would take long.

Two thirds of the time of a factory go to the search entries and the site version, which most tests
never read. What a request changes is followed up at once, as it is in a full run (`make test-full`)
for everything.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from content import change_tracking
from content.change_tracking import ChangedRows
from search.models import SearchEntry

#: How the names of tables begin that only listeners of change tracking write.
FOLLOWING_TABLES = (
    "content_search",
    "content_siteversion",
    "content_documents",
    "content_headings",
    "content_words",
)
#: The column that they write in every table of content.
LIVE_COLUMN = '"is_live"'


def _reads_what_follows(sql: str) -> bool:
    """Whether the answer depends on what listeners write: their tables, or which rows are live."""
    _, _, conditions = sql.partition(" FROM ")
    return LIVE_COLUMN in conditions or any(table in sql for table in FOLLOWING_TABLES)


class PostponedFollowers:
    """Takes the place of the listeners of `content.change_tracking` during one test."""

    def __init__(self) -> None:
        self.listeners = list(change_tracking.listeners)
        self.touched: defaultdict[type[Model], set[int]] = defaultdict(set)
        self.created: defaultdict[type[Model], set[int]] = defaultdict(set)
        self.is_in_request = False
        #: Whether there are entries that later changes may have to delete.
        self.has_entries = SearchEntry.objects.exists()

    def __call__(self, touched: ChangedRows, created: ChangedRows) -> None:
        """Remember what was written, and follow it up now only if a request wrote it."""
        for model, keys in touched.items():
            self.touched[model] |= keys
        for model, keys in created.items():
            self.created[model] |= keys
        if self.is_in_request:
            self.follow_up()

    def follow_up(self) -> None:
        """Do what was postponed."""
        if self.touched:
            touched, self.touched = self.touched, defaultdict(set)
            created, self.created = self.created, defaultdict(set)
            self.has_entries = True
            for listener in self.listeners:
                listener(touched, created)

    def start_request(self, **kwargs: Any) -> None:
        self.follow_up()
        self.is_in_request = True

    def finish_request(self, **kwargs: Any) -> None:
        self.is_in_request = False

    def execute(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        """Run a statement, after what was postponed if that could show in it."""
        if self.touched and _reads_what_follows(sql):
            self.follow_up()
        return execute(sql, *arguments)


@contextmanager
def postponed_listeners() -> Iterator[None]:
    """Postpone within this block, whose changes are rolled back afterwards."""
    postponed = PostponedFollowers()
    count_queries = CaptureQueriesContext.__enter__

    def count_queries_afterwards(context: CaptureQueriesContext) -> CaptureQueriesContext:
        postponed.follow_up()
        return count_queries(context)

    request_started.connect(postponed.start_request)
    request_finished.connect(postponed.finish_request)
    try:
        with (
            patch.object(change_tracking, "listeners", [postponed]),
            patch.object(CaptureQueriesContext, "__enter__", count_queries_afterwards),
            connection.execute_wrapper(postponed.execute),
        ):
            yield
            if postponed.has_entries:
                postponed.follow_up()
    finally:
        request_started.disconnect(postponed.start_request)
        request_finished.disconnect(postponed.finish_request)
