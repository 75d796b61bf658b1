"""Importing a pack or a table in the admin: a preview, then exactly the previewed changes."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import psycopg2
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError
from django.test import Client
from pytest_django import Settings

from content.models import Collection
from ladders.models import Expectation, Ladder
from packs.report import DATABASE_BUSY
from packs.row_writer import RowWriter
from skills.models import SkillDescriptor
from tests import frameworks
from tests.factories import CollectionFactory, EditorFactory, SuperuserFactory, UserFactory
from tests.pack_files import MANIFEST, SKILL
from tests.portal.packs_sent import FILES, PACK, TABLE, next_step, sent, words, zipped
from tpm_portal.importers import IMPORTERS, PACK_MODELS
from uploads.import_wizard import FILE_EXPIRED, PREVIEW_OUTDATED
from uploads.pending_uploads import LIFETIME, PendingUpload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OTHER_SKILL = FILES | {"skills/risk.md": SKILL.replace("Keeps a list.", "Keeps a list of risks.")}


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    """Where uploaded files are stored."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "uploads"


def kept(uploads: Path) -> list[Path]:
    """The stored files."""
    return [path for path in uploads.rglob("*") if path.is_file() and path.name != "progress.txt"]


def test_a_pack_is_looked_at_and_then_loaded(editor: Client, uploads: Path) -> None:
    page = sent(editor, PACK, zipped(FILES | {"notes.txt": "x"}))
    assert "Nothing has been saved yet" in words(page)
    assert "skill_descriptors 2 0 0" in words(page)
    assert "notes.txt" in words(page)
    assert (Collection.objects.count(), [path.name for path in kept(uploads)]) == (0, ["pack.zip"])
    done = next_step(editor, page, "load")
    assert "Imported." in words(done)
    assert SkillDescriptor.objects.count() == 2
    assert kept(uploads) == []
    assert FILE_EXPIRED in words(next_step(editor, page, "load"))
    assert "No changes." in words(sent(editor, PACK, zipped(FILES)))


def test_what_is_kept_is_private(editor: Client, uploads: Path) -> None:
    sent(editor, PACK, zipped(FILES), name="../../.a pack.zip")
    (path,) = kept(uploads)
    assert path.name.endswith("a_pack.zip")
    assert [
        each.stat().st_mode & 0o77 for each in (uploads, path.parent.parent, path.parent, path)
    ] == [0, 0, 0, 0]


def test_nobody_else_loads_it_and_not_for_ever(client: Client, uploads: Path) -> None:
    editor = EditorFactory()
    client.force_login(editor)
    page = sent(client, PACK, zipped(FILES))
    other, later = Client(), Client()
    other.force_login(EditorFactory())
    later.force_login(editor)
    assert FILE_EXPIRED in words(next_step(other, page, "load"))
    assert FILE_EXPIRED in words(next_step(later, page, "load"))
    assert len(kept(uploads)) == 1
    (folder,) = uploads.iterdir()
    old = folder.stat().st_mtime - LIFETIME.total_seconds() - 1
    os.utime(folder, (old, old))
    assert FILE_EXPIRED in words(next_step(client, page, "load"))
    assert kept(uploads) == []


def test_a_form_that_is_sent_twice_is_read_twice(editor: Client) -> None:
    """Whoever reloads the page while it loads sends the form again, and both requests go on."""
    page = editor.get(PACK)
    token = page.context["page"].token
    first, second, later = (PendingUpload(page.wsgi_request, token) for _ in range(3))
    first.store({"file": SimpleUploadedFile("a.zip", b"first")})
    second.store({"file": SimpleUploadedFile("a.zip", b"second")})
    assert [each.files()["file"].read_bytes() for each in (first, second, later)] == [
        b"first",
        b"second",
        b"second",
    ]
    second.discard()
    assert first.files()["file"].read_bytes() == b"first"
    later.discard()
    first.set_progress("Skills: row 1")
    assert (first.files(), first.progress()) == ({}, "")


def test_a_file_that_was_loaded_meanwhile_ends_in_a_sentence(
    editor: Client, uploads: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def discarded(path: Path) -> Iterator[None]:
        shutil.rmtree(uploads)
        path.read_bytes()
        yield

    page = sent(editor, PACK, zipped(FILES))
    assert 'value="load"' in page.text
    monkeypatch.setattr("tpm_portal.importers.open_pack", contextmanager(discarded))
    assert FILE_EXPIRED in words(next_step(editor, page, "load"))
    assert caplog.records == []


def test_old_uploads_are_swept_by_several_requests_at_once(editor: Client, uploads: Path) -> None:
    uploads.mkdir()
    (uploads / "swept-meanwhile").symlink_to(uploads / "nowhere")  # listed, but not there
    assert 'value="load"' in sent(editor, PACK, zipped(FILES)).text


def test_refusals_are_counted_and_a_hundred_shown(editor: Client) -> None:
    rows = "\n".join(f"nothing-{number},working,Text" for number in range(130))
    files = FILES | {"skill_descriptors.csv": f"skill,proficiency,text\n{rows}\n"}
    page = sent(editor, PACK, zipped(files))
    assert "This file cannot be imported as it is" in words(page)
    assert "Refused: 130" in words(page)
    assert page.text.count("<td>skill_descriptors.csv line ") == 100
    assert "skill_descriptors.csv line 2 skill there is no skill “nothing-0”" in words(page)
    assert "30 more." in words(page)
    again = next_step(editor, page, "look", skip_refused="on")
    assert 'value="load"' not in page.text
    assert 'value="load"' in again.text
    next_step(editor, again, "load")
    assert SkillDescriptor.objects.count() == 2


def test_what_was_edited_here_is_shown_cell_by_cell_and_overwritten_on_demand(
    editor: Client,
) -> None:
    next_step(editor, sent(editor, PACK, zipped(FILES)), "load")
    descriptor = SkillDescriptor.objects.first()
    assert descriptor
    descriptor.text = "Keeps a list, daily."
    descriptor.save()
    page = sent(editor, PACK, zipped(OTHER_SKILL))
    assert "Edited here since the last load: 1" in words(page)
    assert "removed: , daily" in words(page)
    assert "added: of risks" in words(page)
    again = next_step(editor, page, "look", overwrite="on")
    assert "Edited here and overwritten: 1 The import will replace these edits." in words(again)
    assert "removed: , daily" in words(again)
    loaded = next_step(editor, again, "load")
    assert "These edits were replaced by the text of the file." in words(loaded)
    descriptor.refresh_from_db()
    assert descriptor.text == "Keeps a list of risks."


def test_what_was_not_looked_at_is_not_loaded(editor: Client) -> None:
    next_step(editor, sent(editor, PACK, zipped(FILES)), "load")
    page = sent(editor, PACK, zipped(OTHER_SKILL))
    descriptor = SkillDescriptor.objects.first()
    assert descriptor
    descriptor.text = "Edited meanwhile."
    descriptor.save()
    refused = next_step(editor, page, "load")
    assert PREVIEW_OUTDATED in words(refused)
    assert "Edited here since the last load: 1" in words(refused)
    descriptor.refresh_from_db()
    assert descriptor.text == "Edited meanwhile."


def test_edits_that_no_preview_has_room_for_are_not_overwritten(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("packs.report.MAX_DISPLAYED", 0)
    next_step(editor, sent(editor, PACK, zipped(FILES)), "load")
    descriptors = SkillDescriptor.objects.order_by("pk")
    descriptors.update(text="Edited here.")
    page = next_step(editor, sent(editor, PACK, zipped(OTHER_SKILL)), "look", overwrite="on")
    descriptors.update(text="Edited meanwhile.")
    refused = next_step(editor, page, "load", overwrite="on")
    assert PREVIEW_OUTDATED in words(refused)
    assert {descriptor.text for descriptor in descriptors} == {"Edited meanwhile."}
    next_step(editor, refused, "load", overwrite="on")
    assert "Keeps a list of risks." in {descriptor.text for descriptor in descriptors.all()}


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"no zip", "pack.zip", "neither a folder nor a valid zip"),
        (zipped({"x.txt": "x"}), "pack.zip", "cannot be read"),
        (zipped(FILES), "pack.tar", "Choose a file that ends in .zip"),
        (b"", "pack.zip", "The submitted file is empty"),
    ],
)
def test_what_is_no_pack_ends_in_a_sentence(
    editor: Client, uploads: Path, content: bytes, name: str, reason: str
) -> None:
    page = sent(editor, PACK, content, name)
    assert page.status_code == 200
    assert reason in words(page)
    assert not uploads.exists() or kept(uploads) == []


@pytest.mark.parametrize("step", ["send", "load"])
def test_a_database_that_others_write_to_ends_it_in_a_sentence(
    editor: Client, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    page = sent(editor, PACK, zipped(FILES))
    monkeypatch.setattr(
        RowWriter, "create", Mock(side_effect=OperationalError("database is locked"))
    )
    page = sent(editor, PACK, zipped(FILES)) if step == "send" else next_step(editor, page, step)
    assert DATABASE_BUSY in words(page)


def test_a_database_that_shuts_down_is_not_called_a_fault_of_the_file(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.raise_request_exception = False
    lost = DatabaseError("server closed the connection unexpectedly")
    lost.__cause__ = psycopg2.DatabaseError()
    with monkeypatch.context() as patched:
        patched.setattr(RowWriter, "create", Mock(side_effect=lost))
        page = sent(editor, PACK, zipped(FILES))
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert sent(editor, PACK, zipped(FILES)).status_code == 200


def test_a_file_beyond_the_cap_ends_in_a_sentence(editor: Client, settings: Settings) -> None:
    settings.UPLOAD_MAX_SIZE = 1_000_000
    page = sent(editor, PACK, b"x" * 1_000_001)
    assert page.status_code == 400
    assert "files up to 1 MB" in words(page)


def test_only_a_superuser_says_which_collection_is_the_portal_s_own(
    client: Client, editor: Client
) -> None:
    home = CollectionFactory(slug="home", is_home=True)
    own = FILES | {"pack.yml": MANIFEST.replace("id: other", "id: home") + 'is_home: "false"\n'}
    assert "only a superuser may decide" in words(sent(editor, PACK, zipped(own)))
    assert "only a superuser may decide" not in words(
        sent(editor, PACK, zipped(own | {"pack.yml": MANIFEST}))
    )
    client.force_login(SuperuserFactory())
    next_step(client, sent(client, PACK, zipped(own), overwrite="on"), "load")
    home.refresh_from_db()
    assert not home.is_home


def test_whoever_may_not_add_all_of_it_has_no_way_in(client: Client) -> None:
    addresses = [f"/admin/load/{kind}/" for kind in IMPORTERS]
    assert {PACK, TABLE} < {*addresses}
    staff = UserFactory(is_staff=True)
    wanted = [
        f"{action}_{model._meta.model_name}"
        for model in PACK_MODELS
        for action in ("add", "change")
    ]
    staff.user_permissions.set(Permission.objects.filter(codename__in=wanted[:-1]))
    client.force_login(staff)
    assert {client.get(address).status_code for address in addresses} == {403}
    assert 'href="/admin/load/' not in client.get("/admin/").text
    staff.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    assert {client.get(address).status_code for address in addresses} == {200}
    assert all(f'href="{address}"' in client.get("/admin/").text for address in addresses)
    client.logout()
    assert client.get(PACK).status_code == 302
    client.force_login(EditorFactory())
    assert client.get("/admin/load/nothing/").status_code == 404


def test_the_page_tells_how_far_it_is(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def ask(page: Any, words: str) -> None:
        said.append(words)

    monkeypatch.setattr("uploads.pending_uploads.PendingUpload.set_progress", ask)
    sent(editor, PACK, zipped(FILES))
    assert "Skills: row 1" in said
    monkeypatch.undo()
    page = sent(editor, PACK, zipped(FILES))
    upload = f"/admin/load/progress/?upload={page.context['page'].token}"
    assert editor.get(upload).json()["said"].endswith(": row 1")
    other = Client()
    other.force_login(EditorFactory())
    assert other.get(upload).json() == {"said": ""}


def test_a_published_framework_comes_in_through_its_mapping(editor: Client) -> None:
    name = "codecademy-engineering-competencies"
    folder = frameworks.folder(name)
    files = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.md")
    }
    page = sent(editor, TABLE, zipped(files), "codecademy.zip", mapping=name)
    assert "expectations 229 0 0" in words(page)
    assert "Imported." in words(next_step(editor, page, "load"))
    assert (Ladder.objects.count(), Expectation.objects.count()) == (2, 229)


def test_a_mapping_of_one_s_own_reads_a_single_table(editor: Client) -> None:
    no_mapping = sent(editor, TABLE, b"name\nRisk\n", "skills.csv")
    assert "Either choose a mapping from the list or upload your own." in words(no_mapping)
    own = io.BytesIO(b"collection: [")
    own.name = "mine.yml"
    assert "mine.yml" in words(sent(editor, TABLE, b"name\nRisk\n", "skills.csv", own=own))


def test_a_collection_leaves_as_a_pack_that_comes_back(editor: Client) -> None:
    next_step(editor, sent(editor, PACK, zipped(FILES)), "load")
    collection = Collection.objects.get()
    address = f"/admin/collections/{collection.pk}.zip"
    assert (
        f'href="{address}"' in editor.get(f"/admin/content/collection/{collection.pk}/change/").text
    )
    response = editor.get(address)
    assert response["Content-Disposition"] == 'attachment; filename="other.zip"'
    assert "No changes." in words(sent(editor, PACK, response.content))
    reader = Client()
    reader.force_login(UserFactory(is_staff=True))
    assert reader.get(address).status_code == 403
