"""Migrations and models agree."""

import pytest
from django.core.management import call_command

from tpm_portal.operations.health import missing_migrations


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_database_has_all_migrations() -> None:
    assert missing_migrations() == set()
