"""Updates what depends on changed rows once per test, when it is read.

Two thirds of the time of a factory is spent on the visibility of rows and on their search entries,
which most tests never read. So the listeners of `content.change_tracking` are postponed: visibility
until a request starts or a statement reads it, search entries until a statement reads them. Changes
made by a request become visible at once. In a full run (`make test-full`), nothing is postponed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from content import change_tracking
from content.change_tracking import ChangedRows
from content.visibility import update_visibility
from search.index import rebuild
from search.models import SearchEntry

Listener = Callable[[ChangedRows, ChangedRows], None]

#: How the names of the tables begin that each listener writes and nothing else does.
TABLES: dict[Listener, tuple[str, ...]] = {
    update_visibility: ("content_siteversion",),
    rebuild: ("content_search", "content_documents", "content_headings", "content_words"),
}
#: The column that `update_visibility` writes in every table of content.
LIVE_COLUMN = '"is_live"'


class PostponedListener:
    """Takes the place of one listener during one test."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.touched: defaultdict[type[Model], set[int]] = defaultdict(set)
        self.created: defaultdict[type[Model], set[int]] = defaultdict(set)

    def __call__(self, touched: ChangedRows, created: ChangedRows) -> None:
        """Remember what was written."""
        for model, keys in touched.items():
            self.touched[model] |= keys
        for model, keys in created.items():
            self.created[model] |= keys

    def follow_up(self) -> None:
        """Do what was postponed."""
        if self.touched:
            touched, self.touched = self.touched, defaultdict(set)
            created, self.created = self.created, defaultdict(set)
            self.listener(touched, created)

    def is_read_by(self, sql: str) -> bool:
        """Whether a statement reads what this listener writes."""
        if self.listener is update_visibility:
            _, _, conditions = sql.partition(" FROM ")
            if LIVE_COLUMN in conditions:
                return True
        return any(table in sql for table in TABLES[self.listener])


class PostponedListeners:
    """Decides when the listeners of one test do what was postponed."""

    def __init__(self) -> None:
        self.visibility = PostponedListener(update_visibility)
        self.search = PostponedListener(rebuild)
        self.listeners = [self.visibility, self.search]
        assert {each.listener for each in self.listeners} == set(change_tracking.listeners)
        self.is_in_request = False
        #: Whether there are entries of rows that the test may delete.
        self.has_entries = SearchEntry.objects.exists()

    def follow_up(self) -> None:
        self.has_entries = True
        for listener in self.listeners:
            listener.follow_up()

    def react(self, touched: ChangedRows, created: ChangedRows) -> None:
        """Show at once what a request writes.

        Where statements are counted, those for search entries are counted too.
        """
        if connection.queries_logged:
            self.follow_up()
        elif self.is_in_request:
            self.visibility.follow_up()

    def start_request(self, **kwargs: Any) -> None:
        self.visibility.follow_up()
        self.is_in_request = True

    def finish_request(self, **kwargs: Any) -> None:
        self.is_in_request = False

    def execute(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        """Run a statement, after what was postponed if the statement reads it."""
        for listener in self.listeners:
            if listener.touched and listener.is_read_by(sql):
                self.follow_up()
        return execute(sql, *arguments)


@contextmanager
def postponed_listeners() -> Iterator[None]:
    """Postpone within this block, whose changes are rolled back afterward."""
    postponed = PostponedListeners()
    count_queries = CaptureQueriesContext.__enter__

    def count_queries_afterwards(context: CaptureQueriesContext) -> CaptureQueriesContext:
        postponed.follow_up()
        return count_queries(context)

    request_started.connect(postponed.start_request)
    request_finished.connect(postponed.finish_request)
    with ExitStack() as stack:
        stack.callback(request_started.disconnect, postponed.start_request)
        stack.callback(request_finished.disconnect, postponed.finish_request)
        listeners = [*postponed.listeners, postponed.react]
        stack.enter_context(patch.object(change_tracking, "listeners", listeners))
        stack.enter_context(
            patch.object(CaptureQueriesContext, "__enter__", count_queries_afterwards)
        )
        stack.enter_context(connection.execute_wrapper(postponed.execute))
        yield
        if postponed.has_entries:
            postponed.follow_up()
