"""The history of a load on the command line, with and without an account."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from reversion.models import Version

from content.models import Collection, ContentImport
from skills.models import Proficiency, Scale, Skill
from tests.admin_forms import admin_url
from tests.factories import EditorFactory
from tests.markup import Page
from tests.pack_files import MANIFEST, SCALE, SKILL, Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FROM_HERE = "Loaded on the command line from pack."


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    (tmp_path / "pack").mkdir()
    return Pack(tmp_path / "pack").with_skill()


def load(pack: Pack, **options: Any) -> None:
    call_command("load_pack", str(pack.folder), verbosity=0, **options)


def comments(row: Any) -> list[str]:
    """Oldest first."""
    versions = Version.objects.get_for_object(row).order_by("pk").select_related("revision")
    return [version.revision.get_comment() for version in versions]


def test_a_load_by_nobody_is_recorded_with_its_file_and_what_it_wrote(pack: Pack) -> None:
    load(pack)
    record = ContentImport.objects.get()
    assert record.origin == FROM_HERE
    assert record.details.splitlines() == [
        "pack.yml: 1 created",
        "scales: 1 created",
        "proficiencies: 2 created",
        "skills: 1 created",
        "skill_descriptors: 2 created",
    ]
    assert not LogEntry.objects.exists()


def test_the_history_of_a_row_names_the_load_that_changed_it(pack: Pack, editor: Client) -> None:
    load(pack)
    pack.write("skills/risk.md", SKILL.replace("Keeps a list.", "Keeps a register."))
    load(pack)
    skill = Skill.objects.get()
    assert comments(skill)[-1] == FROM_HERE
    assert len(comments(skill)) == 2
    assert FROM_HERE in Page.read(editor, admin_url(skill, "history"))
    assert ContentImport.objects.first().details == "skill_descriptors: 1 changed"  # type: ignore[union-attr]


def test_a_load_that_changes_a_scale_and_the_collection_leaves_versions_of_both(pack: Pack) -> None:
    load(pack)
    pack.write("pack.yml", MANIFEST.replace("title: Other framework", "title: New"))
    pack.write("scales/standard.md", SCALE.replace("title: Standard", "title: New"))
    load(pack)
    for row, former in (
        (Scale.objects.get(), "Standard"),
        (Collection.objects.get(), "Other framework"),
    ):
        assert comments(row)[-1] == FROM_HERE
        versions = Version.objects.get_for_object(row).order_by("pk")
        assert [version.field_dict["title"] for version in versions] == [former, "New"]


def test_a_load_that_changes_only_the_steps_of_a_scale_leaves_a_version_of_it(pack: Pack) -> None:
    load(pack)
    load(pack.write("scales/standard.md", SCALE.replace("title: Expert", "title: Master")))
    assert comments(Scale.objects.get())[-1] == FROM_HERE
    steps = [
        {
            step.field_dict["title"]
            for step in version.revision.version_set.get_for_model(Proficiency)
        }
        for version in Version.objects.get_for_object(Scale.objects.get()).order_by("pk")
    ]
    assert steps == [{"Working", "Expert"}, {"Working", "Master"}]


@pytest.mark.parametrize(("name", "named"), [(b"f\xfcr", "f\ufffdr"), (b"f\xc3\xbcr", "f\xfcr")])
def test_the_name_of_a_folder_is_recorded_whatever_its_encoding(
    pack: Pack, name: bytes, named: str
) -> None:
    load(Pack(pack.folder.rename(pack.folder.with_name(os.fsdecode(name)))))
    assert ContentImport.objects.get().origin == f"Loaded on the command line from {named}."


def test_the_folder_one_is_in_is_recorded_by_its_name(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pack.folder)
    call_command("load_pack", ".", verbosity=0)
    assert ContentImport.objects.get().origin == FROM_HERE


def test_a_load_that_writes_nothing_leaves_no_record(pack: Pack) -> None:
    load(pack)
    load(pack)
    load(pack.write("skills/risk.md", SKILL.replace("Keeps", "Holds")), dry_run=True)
    assert ContentImport.objects.count() == 1
    assert not Version.objects.exists()


def test_a_load_in_the_name_of_an_account_is_in_its_history(pack: Pack) -> None:
    user = EditorFactory(username="ada")
    load(pack, user="ada")
    entries = LogEntry.objects.filter(user=user)
    assert {entry.content_type.model for entry in entries} >= {"collection", "scale", "skill"}
    assert {entry.get_change_message().partition(" 7 created")[0] for entry in entries} == {
        FROM_HERE
    }
    pack.write("skills/risk.md", SKILL.replace("Keeps", "Holds"))
    load(pack, user="ada")
    assert entries.filter(action_flag=CHANGE, object_id=str(Skill.objects.get().pk)).exists()


def test_an_account_that_there_is_not_ends_it_in_a_sentence(pack: Pack) -> None:
    with pytest.raises(CommandError, match="There is no account “bob”."):
        load(pack, user="bob")
    assert not Collection.objects.exists()


def test_steps_that_change_places_have_their_former_places_in_their_first_versions(
    pack: Pack,
) -> None:
    load(pack)
    steps = {
        "working": "  - {id: working, title: Working}\n",
        "expert": "  - {id: expert, title: Expert}\n",
    }
    swapped = SCALE.replace("".join(steps.values()), steps["expert"] + steps["working"])
    load(pack.write("scales/standard.md", swapped))
    places = {
        step.slug: [
            version.field_dict["position"]
            for version in Version.objects.get_for_object(step).order_by("pk")
        ]
        for step in Proficiency.objects.all()
    }
    assert places == {"working": [1, 2], "expert": [2, 1]}
