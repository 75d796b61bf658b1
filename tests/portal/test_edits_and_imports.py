"""Edits are dated and listed; an import is listed once."""

import importlib
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from content.change_tracking import tracking_changes
from content.models import Collection, ContentImport
from search.models import SearchEntry
from search.recent_changes import Changes
from skills.models import Skill, SkillDescriptor
from tests.earlier_apps import EarlierApps
from tests.factories import CollectionFactory, SkillFactory, UserFactory
from tests.markup import Page
from tests.pack_files import MANIFEST, SKILL, Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOTED = SKILL.replace(
    "title: Risk", "title: Risk\nchange_note: One more step.\nnoted_on: 2026-03-02"
)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path).with_skill()


def listed() -> list[str]:
    lists = Page.read(Client(), "/changes/").marked("newest")
    return [item.one("a").text for each in lists for item in each.all("li")]


def changed_of(skill: Skill) -> bool:
    return "· changed" in Page.read(Client(), skill.get_absolute_url()).marked("provenance")[0]


def test_an_import_is_one_change_and_no_change_of_its_rows(pack: Pack) -> None:
    pack.load()
    assert listed() == ["Other framework 1.0"]
    page = Page.read(Client(), "/changes/")
    assert "Pages: 1 added." in page
    feed = ElementTree.fromstring(Client().get("/changes.atom").content)
    titles = [
        entry.findtext("{http://www.w3.org/2005/Atom}title")
        for entry in feed
        if entry.tag.endswith("entry")
    ]
    assert titles == ["Other framework 1.0"]
    assert not changed_of(Skill.objects.get())


def test_an_import_leads_to_its_line_on_the_page_of_its_collection(pack: Pack) -> None:
    pack.load()
    (link,) = Page.read(Client(), "/changes/").marked("newest")[0].links
    address, _, place = link.partition("#")
    (line,) = [
        each
        for each in Page.read(Client(), address).all("li")
        if each.attributes.get("id") == place
    ]
    assert "version 1.0. Pages: 1 added." in line


def test_readers_are_told_of_pages_that_they_can_see(pack: Pack) -> None:
    draft = SKILL.replace("title: Risk", "title: Plan\nstatus: draft")
    pack.write("skills/plan.md", draft).load()
    assert "Pages: 1 added." in Page.read(Client(), "/changes/")
    pack.write("skills/plan.md", draft.replace("title: Plan", "title: Planning")).load()
    collection = Collection.objects.get(slug="other")
    assert collection.imports.count() == 2
    assert listed() == ["Other framework 1.0"]
    page = Page.read(Client(), collection.get_absolute_url())
    assert len(page.part("imports").all("li")) == 1


def test_pages_of_a_collection_that_is_published_later_are_counted(pack: Pack) -> None:
    pack.write("pack.yml", MANIFEST.replace("status: published", "status: draft"))
    pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Risk\nstatus: published"))
    pack.load()
    assert listed() == []
    start = datetime(2026, 1, 1, tzinfo=UTC)
    Collection.objects.filter(slug="other").update(status="published", published_at=start)
    assert "Pages: 1 added." in Page.read(Client(), "/changes/")


def test_what_is_edited_after_it_is_a_change_of_its_own(pack: Pack) -> None:
    pack.load()
    SkillDescriptor.objects.first().save()  # type: ignore[union-attr]
    assert listed() == ["Risk", "Other framework 1.0"]
    assert changed_of(Skill.objects.get())


def test_another_version_is_another_import(pack: Pack) -> None:
    pack.load()
    pack.load()
    pack.load(dry_run=True, overwrite=True)
    assert len(listed()) == 1
    pack.write("pack.yml", MANIFEST.replace("1.0", "1.1"))
    pack.write("skills/risk.md", SKILL.replace("Ends the risk.", "Sees it first."))
    pack.load()
    assert listed() == ["Other framework 1.1", "Other framework 1.0"]
    assert "Details were changed." in Page.read(Client(), "/changes/")
    assert not changed_of(Skill.objects.get())


def test_a_load_within_another_change_is_an_import_too(pack: Pack) -> None:
    with tracking_changes():
        pack.load()
    assert listed() == ["Other framework 1.0"]
    assert Skill.objects.get().edited_at is None


def test_a_note_of_the_publisher_dates_what_it_is_about(pack: Pack) -> None:
    pack.write("skills/risk.md", NOTED).load()
    assert listed() == ["Other framework 1.0", "Risk"]
    assert "changed March 2, 2026" in Page.read(Client(), Skill.objects.get().get_absolute_url())
    assert "March 2, 2026: One more step." in Page.read(Client(), "/changes/?kind=skill")
    Skill.objects.update(summary="Edited here.")
    assert listed()[0] == "Risk"


def test_imports_show_while_their_collection_does(pack: Pack) -> None:
    pack.load()
    Collection.objects.update(status="draft")
    assert listed() == []
    Collection.objects.update(status="published")
    assert listed() == ["Other framework 1.0"]


@pytest.mark.parametrize("seed", range(5))
def test_pages_of_changes_hold_everything_once_in_order(seed: int) -> None:
    chance = random.Random(seed)
    collection, start = CollectionFactory(), datetime(2026, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(hours=hour) for hour in chance.sample(range(1000), 40)]
    entries = [
        SearchEntry(
            kind="guide",
            object_id=n,
            url=f"/{n}/",
            title=str(n),
            collection=collection,
            changed_at=moments.pop(),
        )
        for n in range(chance.randint(0, 30))
    ]
    SearchEntry.objects.bulk_create(entries)
    ContentImport.objects.bulk_create(
        ContentImport(collection=collection, imported_at=moments.pop(), note="x")
        for _ in range(chance.randint(1, 9))
    )
    changes = Changes()
    whole = [change.changed_at for change in changes[:100]]
    assert whole == sorted(whole, reverse=True)
    assert len(whole) == changes.count() == len(entries) + ContentImport.objects.count()
    size = chance.randint(1, 7)
    parts = [changes[first : first + size] for first in range(0, len(whole) + size, size)]
    assert [change.changed_at for part in parts for change in part] == whole


def test_the_migration_dates_the_edits_that_were_logged() -> None:
    edited, loaded, noted = (
        SkillFactory(),
        SkillFactory(),
        SkillFactory(change_note="New.", noted_on="2026-03-02"),
    )
    QuerySet(Skill).update(edited_at=None)
    LogEntry.objects.log_actions(UserFactory().pk, [edited], CHANGE, "Summary.", single_object=True)
    migration = importlib.import_module("guides.migrations.0003_known_edits")
    for step in (migration.date_logged_edits, migration.date_entries):
        step(EarlierApps(), connection.schema_editor())
    for row in (edited, loaded, noted):
        row.refresh_from_db()
    assert edited.edited_at == LogEntry.objects.get().action_time
    assert loaded.edited_at is None
    assert set(SearchEntry.objects.filter(changed_at=None).values_list("object_id", flat=True)) == {
        loaded.pk
    }
    assert SearchEntry.objects.get(object_id=noted.pk).changed_at == datetime(
        2026, 3, 2, tzinfo=UTC
    )
