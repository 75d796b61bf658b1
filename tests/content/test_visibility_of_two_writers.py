"""Two people change visibility at the same time. Only PostgreSQL allows several writers."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from content.base_models import ContentModel, Status
from interviews.models import Anchor, Question
from skills.models import Skill
from tests.factories import AnchorFactory, CollectionFactory, SkillFactory, SkillGroupFactory
from tests.waiting import is_anybody_waiting
from transactions.row_locks import lock_rows

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """Someone else, with their own connection."""
    other = connection.copy()
    yield other
    other.close()


def before_storing(model: type[ContentModel], work: Callable[[], None]) -> Callable[..., Any]:
    """An `execute_wrapper` that does something once.

    It does it right before it is stored which of these rows visitors see.
    """
    waiting = [work]

    def execute(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if waiting and sql.startswith(f'UPDATE "{model._meta.db_table}" SET "is_live"'):
            waiting.pop()()
        return execute(sql, *arguments)

    return execute


@pytest.mark.parametrize(("before", "after"), [("draft", "published"), ("published", "draft")])
def test_a_skill_that_somebody_moves_while_its_collection_changes_follows_its_new_one(
    other: BaseDatabaseWrapper, before: Status, after: Status
) -> None:
    """The other one moves it after it was found to be wrong, and before that is put right."""
    collection, elsewhere = CollectionFactory(status=before), CollectionFactory(status=before)
    skill = SkillFactory(collection=collection, group=SkillGroupFactory())
    moved = []

    def move() -> None:
        with other.cursor() as cursor:
            table = Skill._meta.db_table
            cursor.execute(
                f"UPDATE {table} SET collection_id = {elsewhere.pk} WHERE id = {skill.pk}"
            )
            moved.append(cursor.rowcount)

    collection.status = after
    with connection.execute_wrapper(before_storing(Skill, move)):
        collection.save()
    assert moved == [1]
    assert Skill.objects.get().is_live == (before == Status.PUBLISHED)


def test_a_form_that_is_saved_while_its_collection_is_published_only_waits() -> None:
    """Both lock a question before its anchors; otherwise each would wait for the other one."""
    collection = CollectionFactory(status=Status.DRAFT)
    anchor = AnchorFactory(question__collection=collection)
    saved: list[Future[None]] = []

    def save_form() -> None:
        try:
            with transaction.atomic():
                lock_rows([Question.objects.all(), Anchor.objects.all()])
        finally:
            connection.close()

    def begin_to_save() -> None:
        saved.append(editors.submit(save_form))
        while not is_anybody_waiting():
            assert not saved[0].done()

    collection.status = Status.PUBLISHED
    with (
        ThreadPoolExecutor() as editors,
        connection.execute_wrapper(before_storing(Anchor, begin_to_save)),
    ):
        collection.save()
    assert saved[0].exception() is None
    anchor.refresh_from_db()
    assert anchor.is_live
