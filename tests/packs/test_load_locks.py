"""On PostgreSQL, a load locks rows before it reads them, in the same order as forms."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from content.models import Collection
from content.visibility import models_in_order
from ladders.models import Band
from packs.load_options import LoadHistory
from skills.models import Proficiency, Skill
from tests.factories import SkillFactory
from tests.pack_files import SKILL, Pack

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

WRITES = ("INSERT", "UPDATE", "DELETE")
LOCK = "FOR NO KEY UPDATE"


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """Someone else, with their own connection."""
    other = connection.copy()
    yield other
    other.close()


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).with_skill().write("roles.csv", "id,title\nlead,Lead\n")
    pack.load()
    return pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Crisis"))


class Looking(LoadHistory):
    """Looks, before each write of a load, which rows someone else could lock."""

    def __init__(self, other: BaseDatabaseWrapper, rows: list[Any]) -> None:
        self.other = other
        self.rows = rows
        self.found: list[list[bool]] = []

    def before_write(self, row: Any) -> None:
        self.found.append([self._is_locked(each) for each in self.rows])

    def _is_locked(self, row: Any) -> bool:
        with self.other.cursor() as cursor:
            try:
                cursor.execute(
                    f"SELECT 1 FROM {row._meta.db_table} WHERE id = %s {LOCK} NOWAIT", [row.pk]
                )
            except OperationalError:
                return True
        return False


def test_the_collection_and_its_rows_are_locked_before_the_first_write(
    pack: Pack, other: BaseDatabaseWrapper
) -> None:
    ours = SkillFactory()
    collection = Collection.objects.get(slug="other")
    rows = [
        collection,
        Skill.objects.get(slug="risk"),
        *Proficiency.objects.filter(scale__collection=collection),
        ours,
    ]
    looking = Looking(other, rows)
    assert pack.load(history=looking).changed == {"skills": 1}
    assert looking.found[0] == [True, True, True, True, False]


def test_a_preview_locks_no_row_that_it_would_leave_alone(
    pack: Pack, other: BaseDatabaseWrapper
) -> None:
    rows = [
        Skill.objects.get(slug="risk"),
        *Proficiency.objects.filter(scale__collection__slug="other"),
    ]
    looking = Looking(other, rows)
    assert pack.load(history=looking, dry_run=True).changed == {"skills": 1}
    assert looking.found[0] == [False, False, False]


def test_they_are_locked_in_the_order_of_forms_before_they_are_read(pack: Pack) -> None:
    with CaptureQueriesContext(connection) as queries:
        pack.load()
    statements = [query["sql"] for query in queries]
    locks = [
        sql.split(" FROM ")[1].split()[0].strip('"') for sql in statements if sql.endswith(LOCK)
    ]
    order = [model._meta.db_table for model in models_in_order()]
    assert locks == sorted(locks, key=order.index)
    assert {"content_collection", "roles_role", "skills_skill", "skills_skilldescriptor"} <= {
        *locks
    }
    last_lock = max(place for place, sql in enumerate(statements) if sql.endswith(LOCK))
    first_write = min(place for place, sql in enumerate(statements) if sql.startswith(WRITES))
    read = next(place for place, sql in enumerate(statements) if '"skills_skill"."body"' in sql)
    assert last_lock < min(first_write, read)


def test_what_collections_share_is_locked_when_a_pack_speaks_of_it(
    pack: Pack, other: BaseDatabaseWrapper
) -> None:
    pack.write("bands.csv", "id,title,position\nentry,Entry,1\nsenior,Senior,2\n").load()
    senior = Band.objects.get(slug="senior")
    pack.write("bands.csv", "id,title,position\nentry,First,1\nsenior,Senior,2\n")
    looking = Looking(other, [senior])
    assert pack.load(history=looking).changed == {"bands": 1}
    assert looking.found[0] == [True]
