"""The database of this run is the requested one, even if settings are read early."""

import os

import pytest
from django.apps import apps
from django.db import DataError, connection
from django.db.models import BaseConstraint, Value

from content.models import SiteVersion
from tests.project.sources import ORDER


@pytest.mark.django_db
def test_the_tests_run_on_the_database_asked_for() -> None:
    assert connection.vendor == os.environ["TEST_DATABASE"]


@pytest.mark.django_db
@pytest.mark.sqlite
def test_sqlite_keeps_what_it_acknowledged() -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_waits_for_a_lock_no_longer_than_a_visitor() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_query_whose_rows_are_iterated_fails_with_an_error_of_django() -> None:
    broken = SiteVersion.objects.values_list(Value(1) / Value(0))
    with pytest.raises(DataError, match="division by zero"):
        list(broken.iterator())


def test_every_constraint_has_a_sentence_of_its_own_for_who_breaks_it() -> None:
    models = [model for model in apps.get_models() if model._meta.app_label in ORDER]
    said = {
        each.name: each.violation_error_message
        for model in models
        for each in model._meta.constraints
    }
    assert len(said) > 50
    machine = {
        name
        for name, text in said.items()
        if text == BaseConstraint.default_violation_error_message
    }
    assert machine == set()
    assert [text for text in said.values() if not text.endswith(".")] == []
