"""Rows that stand in the pack no more are left, unless the load is told to retire them; none with a page is deleted."""

from pathlib import Path

import pytest

from content.gate import Status
from content.models import Collection, Publishable
from interviews.models import Probe
from ladders.models import Level
from roles.models import Role, SkillRequirement
from skills.models import Skill
from tests.factories import SkillFactory
from tests.packs import Pack

pytestmark = pytest.mark.django_db

ROLE = "---\ntitle: Lead\nrequirements:\n  - {skill: risk}\n---\n"
QUESTION = "---\ntitle: Late\nprobes:\n  - text: First?\n  - text: Second?\n---\nWhen were you late?\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).with_skill().write("roles/lead.md", ROLE).write("questions/late.md", QUESTION)
    pack.write("ladders.csv", "id,title\nladder,Ladder\n").write("levels.csv", "ladder,id,title\nladder,one,One\n")
    pack.load()
    return pack


def states(model: type[Publishable]) -> list[str]:
    return [*model.objects.order_by("pk").values_list("status", flat=True)]


def test_without_being_told_nothing_is_retired(pack: Pack) -> None:
    (pack.folder / "roles/lead.md").unlink()
    report = pack.load()
    assert (report.retired, report.left, states(Role)) == ({}, {}, [Status.PUBLISHED])


def test_what_has_a_state_is_archived_and_can_come_back(pack: Pack) -> None:
    (pack.folder / "roles/lead.md").unlink()
    assert pack.load(retire=True, dry_run=True).retired["roles"] == 1
    assert states(Role) == [Status.PUBLISHED]
    assert pack.load(retire=True).retired["roles"] == 1
    assert states(Role) == [Status.ARCHIVED]
    assert not pack.load(retire=True).retired
    pack.write("roles/lead.md", ROLE.replace("title: Lead", "title: Lead\nstatus: published"))
    pack.load(overwrite=True)
    assert states(Role) == [Status.PUBLISHED]


def test_a_part_is_taken_out_of_its_row(pack: Pack) -> None:
    report = pack.write("questions/late.md", QUESTION.replace("  - text: Second?\n", "")).load(retire=True)
    assert report.retired == {"probes": 1}
    assert [*Probe.objects.values_list("text", flat=True)] == ["First?"]


def test_what_has_a_page_but_no_state_is_left_and_named(pack: Pack) -> None:
    report = pack.write("levels.csv", "ladder,id,title\n").load(retire=True)
    assert (report.left, Level.objects.count()) == ({"levels": 1}, 1)
    assert "Absent from the pack and left: levels." in report.as_lines()


def test_what_was_made_here_is_none_of_the_pack(pack: Pack) -> None:
    SkillFactory(collection=Collection.objects.get(), slug="ours")
    assert not pack.load(retire=True).retired
    assert states(Skill) == [Status.PUBLISHED] * 2


def test_what_was_edited_here_is_shown_and_left(pack: Pack) -> None:
    (pack.folder / "roles/lead.md").unlink()
    role = Role.objects.get()
    role.title = "Head"
    role.save()
    report = pack.load(retire=True)
    assert "roles" not in report.retired
    said = [str(conflict) for conflict in report.conflicts]
    assert said[-1] == "absent from roles: “Head” was edited here since the last load"
    assert states(Role) == [Status.PUBLISHED]
    assert pack.load(retire=True, overwrite=True).retired["roles"] == 1


def test_what_a_load_retired_comes_back_with_the_next(pack: Pack) -> None:
    (pack.folder / "roles/lead.md").unlink()
    pack.write("questions/late.md", QUESTION.replace("  - text: Second?\n", "")).load(retire=True)
    report = pack.write("questions/late.md", QUESTION).write("roles/lead.md", ROLE).load()
    assert not report.conflicts
    assert (report.created, report.changed) == ({"probes": 1, "skill_requirements": 1}, {"roles": 1})
    assert states(Role) == [Status.PUBLISHED]
    assert pack.load().is_empty


def test_what_an_editor_archived_does_not_come_back(pack: Pack) -> None:
    Role.objects.update(status=Status.ARCHIVED)
    assert pack.load().is_empty
    assert states(Role) == [Status.ARCHIVED]


@pytest.mark.parametrize("broken", ["---\ntitle:\n---\n", "---\ntitle: a: b\n---\n"])
def test_what_is_refused_is_not_absent(pack: Pack, broken: str) -> None:
    report = pack.write("roles/lead.md", broken).load(retire=True, skip_refused=True)
    assert (report.is_written, report.retired, states(Role)) == (True, {}, [Status.PUBLISHED])
    assert report.notes == ["of roles, skill_requirements nothing was retired, because something was refused"]
    assert SkillRequirement.objects.exists()
