"""Restoring a version from before an upgrade leaves what that version does not know."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.test import Client
from reversion.models import Revision, Version

from ladders.models import Level, LevelRequirement
from roles.models import FamilyRequirement, RoleFamily
from tests import factories
from tests.admin_forms import admin_url, said, saved

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

#: When a version was stored, and the upgrade after it.
LONG_AGO, UPGRADE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def oldest(row: Model) -> Version:
    return Version.objects.get_for_object(row).order_by("pk")[0]


def forget_field(row: Model, name: str) -> None:
    """Store the versions of a row as they were before this field existed."""
    for version in Version.objects.get_for_object(row):
        data = json.loads(version.serialized_data)
        del data[0]["fields"][name]
        version.serialized_data = json.dumps(data)
        version.save()


def restore(editor: Client, row: Model) -> str:
    """Restore the oldest version; returns what the page said before it was saved."""
    url = admin_url(row, "revision", oldest(row).pk)
    page = editor.get(url)
    assert saved(editor, url).status_code == 302
    return said(page)


def test_a_field_that_a_version_does_not_know_stays(editor: Client) -> None:
    level = factories.LevelFactory(title="Old", not_yet_expected="Nothing.")
    saved(editor, admin_url(level, "change"), title="New", not_yet_expected="Budgets.")
    forget_field(level, "not_yet_expected")
    assert "they stay as they are now: Not yet expected." in restore(editor, level)
    level.refresh_from_db()
    assert (level.title, level.not_yet_expected) == ("Old", "Budgets.")


def test_a_field_that_a_version_knows_is_restored(editor: Client) -> None:
    level = factories.LevelFactory(title="Old", not_yet_expected="Nothing.")
    saved(editor, admin_url(level, "change"), title="New", not_yet_expected="Budgets.")
    assert "stay as they are" not in restore(editor, level)
    assert Level.objects.get().not_yet_expected == "Nothing."


def test_a_field_of_a_part_that_a_version_does_not_know_stays(editor: Client) -> None:
    required = factories.LevelRequirementFactory(decides=False)
    level = required.level
    saved(editor, admin_url(level, "change"), title="New")
    LevelRequirement.objects.update(decides=True)
    forget_field(required, "decides")
    restore(editor, level)
    assert LevelRequirement.objects.get().decides


def store_before_upgrade(family: RoleFamily) -> None:
    """Let the first version of a family be older than the table of core profiles."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.update(applied=LONG_AGO)
    recorder.migration_qs.filter(app="roles", name="0006_core_profile").update(applied=UPGRADE)
    Revision.objects.filter(pk=oldest(family).revision_id).update(date_created=LONG_AGO)


@pytest.mark.parametrize("is_older", [True, False])
def test_parts_of_a_kind_that_a_version_does_not_know_stay(editor: Client, is_older: bool) -> None:
    family = factories.RoleFamilyFactory(title="Old")
    saved(editor, admin_url(family, "change"), title="New")
    factories.FamilyRequirementFactory(family=family)
    saved(editor, admin_url(family, "change"), title="Newer")
    if is_older:
        store_before_upgrade(family)
    words = restore(editor, family)
    assert ("they stay as they are now" in words) is is_older
    assert FamilyRequirement.objects.exists() is is_older
    assert RoleFamily.objects.get().title == "Old"
