"""Rows restored from the history or a dump do not count as edited; the next load changes them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from reversion.models import Version

from guides.models import Guide
from tests.admin_forms import admin_url, saved
from tests.pack_files import Pack, counts, loaded_by_first_versions

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A published guide, as it was loaded first."""
    pack = Pack(tmp_path / "pack").write("guides.csv", "id,title,body\none,One,Text.\n")
    pack.load()
    return pack


def assert_next_load_changes_it(pack: Pack) -> None:
    report = pack.write("guides.csv", "id,title,body\none,One,Better text.\n").load()
    assert report.conflicts == []
    assert counts(report) == (0, 1, 1)
    assert Guide.objects.get().body == "Better text."


def test_an_edit_that_was_taken_back_is_none(editor: Client, pack: Pack) -> None:
    guide = Guide.objects.get()
    assert saved(editor, admin_url(guide, "change"), body="Ours.").status_code == 302
    first = Version.objects.get_for_object(guide).earliest("pk")
    assert saved(editor, admin_url(guide, "revision", first.pk)).status_code == 302
    assert_next_load_changes_it(pack)


def test_a_version_with_a_moment_that_was_cut_is_none_either(editor: Client, pack: Pack) -> None:
    moment = datetime(2026, 3, 31, 12, 0, 0, 123_456, UTC)
    Guide.objects.update(published_at=moment)
    loaded_by_first_versions()
    guide = Guide.objects.get()
    assert saved(editor, admin_url(guide, "change"), body="Ours.").status_code == 302
    first = Version.objects.get_for_object(guide).earliest("pk")
    assert ".123456" in first.serialized_data
    # Versions of release 0.1 store milliseconds.
    cut = first.serialized_data.replace(".123456", ".123")
    Version.objects.filter(pk=first.pk).update(serialized_data=cut)
    assert saved(editor, admin_url(guide, "revision", first.pk)).status_code == 302
    assert Guide.objects.get().published_at == moment
    assert_next_load_changes_it(pack)


def test_a_moment_that_differs_by_more_is_brought_back(editor: Client, pack: Pack) -> None:
    then, now = datetime(2026, 3, 31, 12, 0, 0, 123_000, UTC), datetime(2026, 4, 1, tzinfo=UTC)
    Guide.objects.update(published_at=then)
    guide = Guide.objects.get()
    assert saved(editor, admin_url(guide, "change"), body="Ours.").status_code == 302
    Guide.objects.update(published_at=now)
    first = Version.objects.get_for_object(guide).earliest("pk")
    assert saved(editor, admin_url(guide, "revision", first.pk)).status_code == 302
    assert Guide.objects.get().published_at == then


def test_a_row_that_was_recovered_is_as_it_was(editor: Client, pack: Pack) -> None:
    assert editor.post(admin_url(Guide.objects.get(), "delete"), {"post": "yes"}).status_code == 302
    deleted = Version.objects.get_deleted(Guide).get()
    assert saved(editor, admin_url(Guide, "recover", deleted.pk)).status_code == 302
    assert_next_load_changes_it(pack)


def test_a_dump_holds_rows_to_the_letter(pack: Pack, tmp_path: Path) -> None:
    dump = str(tmp_path / "portal.json")
    call_command("dumpdata", "guides", output=dump)
    Guide.objects.update(body="Another text.", published_at=None, status="draft")
    call_command("loaddata", dump, verbosity=0)
    assert_next_load_changes_it(pack)
