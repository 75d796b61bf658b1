"""A data migration of loaded values does not make them look edited, and does not hide edits."""

from pathlib import Path

import pytest
from django.apps import apps

from content.models import LoadedRow
from ladders.models import Expectation
from packs.import_records import preserved_import_records
from skills.models import Skill
from tests.pack_files import Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HEADER = "id,title,summary,related,position\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).write("skills.csv", HEADER + "risk,Risk,Old.,,1\nplan,Plan,Old.,,2\n")
    pack.load()
    Skill.objects.filter(slug="plan").update(summary="Ours.")
    return pack


def migrate() -> None:
    """What a migration might do: words, relations and positions."""
    Skill.objects.filter(summary="Old.").update(summary="New.")
    for skill in Skill.objects.all():
        skill.related.set(Skill.objects.exclude(pk=skill.pk))
        Skill.objects.filter(pk=skill.pk).update(position=skill.position + 10)


def edited(pack: Pack) -> dict[str, list[str]]:
    """The columns that a load leaves alone as edited, by the title of their row."""
    pack.write("skills.csv", HEADER + "risk,Risk,Newer.,,31\nplan,Plan,Newer.,,32\n")
    conflicts = pack.load().conflicts
    return {
        conflict.title: [each.column for each in conflict.differences] for conflict in conflicts
    }


def test_what_a_migration_changes_is_not_edited_here_and_what_was_still_is(pack: Pack) -> None:
    with preserved_import_records(apps, "skills", Skill, "summary", "related", "position"):
        migrate()
    assert edited(pack) == {"Plan": ["summary"]}
    risk = Skill.objects.get(slug="risk")
    assert (risk.summary, risk.position, risk.related.count()) == ("Newer.", 31, 0)


def test_without_that_it_would_be(pack: Pack) -> None:
    migrate()
    said = ["position", "related", "summary"]
    assert {title: sorted(columns) for title, columns in edited(pack).items()} == {
        "Risk": said,
        "Plan": said,
    }


def test_an_older_pack_finds_lines_again_after_a_migration(tmp_path: Path) -> None:
    pack = Pack(tmp_path).write("ladders.csv", "id,title\neng,Engineers\n")
    pack.write("levels.csv", "ladder,id,title\neng,one,One\n")
    pack.write(
        "expectations.csv", "level,position,text\neng/one,1,Plans.\neng/one,2,Leads.\n"
    ).load()
    with preserved_import_records(apps, "expectations", Expectation, "text", "position"):
        Expectation.objects.filter(text="Leads.").update(text="Leads people.", position=5)
    report = pack.write(
        "expectations.csv", "level,position,text\neng/one,1,Plans.\neng/one,2,Leads.\n"
    ).load()
    assert (report.conflicts, report.created) == ([], {})
    assert [*Expectation.objects.values_list("text", "position")] == [("Plans.", 1), ("Leads.", 2)]


def test_rows_that_were_deleted_meanwhile_are_nobodys_concern(pack: Pack) -> None:
    with preserved_import_records(apps, "skills", Skill, "summary"):
        Skill.objects.filter(slug="plan").delete()
    assert LoadedRow.objects.filter(table="skills").count() == 2
    assert [str(conflict) for conflict in pack.load().conflicts] == [
        "skills.csv line 3: “Plan” was deleted here since the last load"
    ]
