"""Versions from before the fields were renamed can still be restored."""

import json

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from reversion.models import Version

from content.former_spellings import rename_stored_field
from ladders.models import Ladder
from tests.admin_forms import admin_url, opened, saved
from tests.factories import LadderFactory

pytestmark = pytest.mark.django_db


def make_british(row: Model) -> None:
    """Spell the stored versions of a ladder as version 0.2 did."""
    versions = Version.objects.filter(content_type__model="ladder", object_id=row.pk)
    assert versions
    for version in versions:
        (stored,) = json.loads(version.serialized_data)
        stored["fields"]["organisation"] = stored["fields"].pop("organization")
        stored["fields"]["rule"] = "judgement"
        version.serialized_data = json.dumps([stored])
        version.save()


def edited_ladder(editor: Client) -> Ladder:
    ladder = LadderFactory(organization="Raven Works", rule="judgment")
    assert saved(editor, admin_url(ladder, "change"), organization="Crow").status_code == 302
    return ladder


def restored(editor: Client, ladder: Ladder) -> tuple[str, str]:
    """The organization and the rule after the oldest version is restored."""
    version = Version.objects.get_for_object(ladder).order_by("pk")[0]
    url = admin_url(ladder, "revision", version.pk)
    assert editor.post(url, opened(editor, url)).status_code == 302
    ladder.refresh_from_db()
    return ladder.organization, ladder.rule


def test_a_row_is_reverted_to_an_old_version(editor: Client) -> None:
    ladder = edited_ladder(editor)
    make_british(ladder)
    rename_stored_field(apps, "ladders.ladder", "ladders", "organisation")
    assert restored(editor, ladder) == ("Raven Works", "judgment")


def test_without_the_renaming_the_field_would_be_lost(editor: Client) -> None:
    ladder = edited_ladder(editor)
    make_british(ladder)
    assert restored(editor, ladder) != ("Raven Works", "judgment")


def test_a_deleted_row_is_recovered_from_an_old_version(editor: Client) -> None:
    ladder = LadderFactory(organization="Raven Works", rule="judgment")
    key = ladder.pk
    assert editor.post(admin_url(ladder, "delete"), {"post": "yes"}).status_code == 302
    make_british(Ladder(pk=key))
    rename_stored_field(apps, "ladders.ladder", "ladders", "organisation")
    version = Version.objects.get_deleted(Ladder).get(object_id=key)
    url = admin_url(Ladder, "recover", version.pk)
    assert editor.post(url, opened(editor, url)).status_code == 302
    recovered = Ladder.objects.get(pk=key)
    assert (recovered.organization, recovered.rule) == ("Raven Works", "judgment")
