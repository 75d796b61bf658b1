"""On PostgreSQL, the pages of a row and of its parent lock the same rows in the same order.

Both lock the rows before they read them.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.base_models import Status
from editing.forms import EditForm
from interviews.models import Question
from ladders.models import Ladder, Level, LevelMove
from tests.admin_forms import admin_url, opened
from tests.factories import LadderFactory, LevelMoveFactory, ProbeFactory, QuestionFactory
from tests.waiting import is_anybody_waiting
from transactions.row_locks import lock_rows

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """Someone else, with their own connection."""
    other = connection.copy()
    yield other
    other.close()


def is_locked(other: BaseDatabaseWrapper, row: Model) -> bool:
    """Whether someone else would have to wait before they could lock this row."""
    with other.cursor() as cursor:
        try:
            cursor.execute(
                f"SELECT 1 FROM {row._meta.db_table} WHERE id = %s FOR UPDATE NOWAIT", [row.pk]
            )
        except OperationalError:
            return True
    return False


@pytest.fixture
def locked_while_checked(
    other: BaseDatabaseWrapper, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Model, list[Any]], list[bool]]:
    """Saves the form of a row; which of these others are locked while it is checked."""

    def save(row: Model, others: list[Any]) -> list[bool]:
        url = admin_url(row, "change")
        data = opened(editor, url)
        clean, found = EditForm.clean, []

        def clean_and_look(self: EditForm) -> Any:
            found.extend(is_locked(other, each) for each in others)
            return clean(self)

        monkeypatch.setattr(EditForm, "clean", clean_and_look)
        assert editor.post(url, data | {"title": "Mine"}).status_code == 302
        return found

    return save


def test_a_level_is_locked_on_its_own_page_and_on_that_of_its_ladder(
    locked_while_checked: Callable[[Model, list[Any]], list[bool]],
) -> None:
    ladder, another = LadderFactory(levels=2), LadderFactory(levels=1)
    first, second = ladder.levels.all()
    rows = [first, second, another.levels.get()]
    assert locked_while_checked(ladder, rows) == [True, True, False]
    assert locked_while_checked(first, rows) == [True, False, False]


def test_what_a_save_will_date_is_locked_too(
    locked_while_checked: Callable[[Model, list[Any]], list[bool]],
) -> None:
    first, second = LadderFactory(levels=2).levels.all()
    move = LevelMoveFactory(from_level=first, to_level=second)
    assert locked_while_checked(first, [first, second, move]) == [True, True, True]


def test_a_page_that_writes_nothing_locks_nothing(editor: Client) -> None:
    url = admin_url(QuestionFactory(), "history")
    assert editor.post(url).status_code == editor.get(url).status_code == 200


def test_rows_are_locked_in_one_order() -> None:
    first, second = LadderFactory(levels=2).levels.all()
    move = LevelMoveFactory(from_level=second, to_level=first)

    def tables(*models: Any) -> list[str]:
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            lock_rows([model.objects.all() for model in models])
        locks = [query["sql"] for query in queries if query["sql"].endswith("FOR NO KEY UPDATE")]
        assert all("ORDER BY" in sql for sql in locks)
        return [sql.split(" FROM ")[1].split()[0].strip('"') for sql in locks]

    assert move.pk
    order = ["ladders_ladder", "ladders_level", "ladders_levelmove"]
    assert tables(LevelMove, Level, Ladder) == order
    assert tables(Ladder, Level, LevelMove) == order
    assert tables(LevelMove) == order[1:]


def test_a_part_is_locked_with_its_whole(
    locked_while_checked: Callable[[Model, list[Any]], list[bool]],
) -> None:
    question, another = QuestionFactory(), QuestionFactory()
    probe = ProbeFactory(question=question)
    assert locked_while_checked(question, [question, probe, another]) == [True, True, False]


def test_an_action_of_a_list_locks_its_rows_in_the_same_order(editor: Client) -> None:
    rows = [QuestionFactory(status=Status.DRAFT) for _ in range(3)]
    data = {
        "action": "publish",
        "_selected_action": [row.pk for row in reversed(rows)],
        "index": "0",
    }
    with CaptureQueriesContext(connection) as queries:
        assert editor.post(admin_url(Question, "changelist"), data).status_code == 302
    (lock,) = [
        query["sql"]
        for query in queries
        if "FOR NO KEY UPDATE" in query["sql"] or "FOR UPDATE" in query["sql"]
    ]
    assert lock.endswith("ORDER BY 1 ASC FOR NO KEY UPDATE")


def test_a_save_that_the_database_ends_because_of_a_deadlock_is_tried_again(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone else waits for a lock of this save, which then asks for a lock of theirs."""
    question = QuestionFactory(title="Old")
    url = admin_url(question, "change")
    data = opened(editor, url) | {"title": "Mine"}
    clean, theirs = EditForm.clean, []

    def lock_both(first: int, second: int, patience: str, meanwhile: Callable[[], None]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = %s", [patience])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [first])
            meanwhile()
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [second])

    def lock_theirs() -> None:
        lock_both(2, 1, patience="1h", meanwhile=lambda: None)
        connection.close()

    def wait_for_theirs() -> None:
        theirs.append(somebody.submit(lock_theirs))
        while not is_anybody_waiting():
            assert not theirs[0].done()

    def clean_and_lock(self: EditForm) -> Any:
        if not theirs:
            lock_both(1, 2, patience="1ms", meanwhile=wait_for_theirs)
        return clean(self)

    monkeypatch.setattr(EditForm, "clean", clean_and_lock)
    with ThreadPoolExecutor() as somebody:
        assert editor.post(url, data).status_code == 302
    assert theirs[0].exception() is None
    question.refresh_from_db()
    assert question.title == "Mine"
