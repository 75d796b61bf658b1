"""Two people change at once what decides whether visitors see a row; only PostgreSQL has several writers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from content.gate import Status
from skills.models import Skill
from tests.factories import CollectionFactory, SkillFactory, SkillGroupFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

#: How the statement begins that writes which skills visitors see.
STORING = f'UPDATE "{Skill._meta.db_table}" SET "is_live"'


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """Somebody else, with a connection of their own."""
    other = connection.copy()
    yield other
    other.close()


def before_storing(work: Callable[[], None]) -> Callable[..., Any]:
    """An `execute_wrapper` that does something once, right before it is stored which skills visitors see."""
    waiting = [work]

    def execute(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if waiting and sql.startswith(STORING):
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
            cursor.execute(f"UPDATE {table} SET collection_id = {elsewhere.pk} WHERE id = {skill.pk}")
            moved.append(cursor.rowcount)

    collection.status = after
    with connection.execute_wrapper(before_storing(move)):
        collection.save()
    assert moved == [1]
    assert Skill.objects.get().is_live == (before == Status.PUBLISHED)
