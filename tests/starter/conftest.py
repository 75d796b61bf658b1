"""Tests here begin with the starter content in the database, and roll back what they change."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.prepared import copied_database


@pytest.fixture(scope="session")
def starter_database(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of this process's copy of the prepared database."""
    with copied_database(tmp_path_factory.mktemp("starter"), f"starter_{worker_id}") as name:
        yield name


@pytest.fixture(scope="module", autouse=True)
def starter_content(
    django_db_setup: None, django_db_blocker: Any, starter_database: str
) -> Iterator[None]:
    """The connection of the tests leads to that database for a while."""
    with django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        _lead_to(starter_database)
        yield
        _lead_to(usual)


def _lead_to(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database
    # It remembers the keys that its rows have in one database.
    ContentType.objects.clear_cache()
