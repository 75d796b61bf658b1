"""Rows that a pack no longer contains stay, unless the load retires them; pages are not deleted."""

from pathlib import Path

import pytest

from content.base_models import Status
from content.models import Collection, Publishable
from interviews.models import Probe, SetItem, SetSection
from ladders.models import Expectation, Level
from roles.models import Role, SkillRequirement
from skills.models import Proficiency, Skill, SkillDescriptor
from tests.factories import SetItemFactory, SkillFactory
from tests.pack_files import SCALE, SKILL, Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLE = "---\ntitle: Lead\nrequirements:\n  - {skill: risk}\n---\n"
QUESTION = (
    "---\ntitle: Late\nprobes:\n  - text: First?\n  - text: Second?\n---\nWhen were you late?\n"
)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = (
        Pack(tmp_path)
        .with_skill()
        .write("roles/lead.md", ROLE)
        .write("questions/late.md", QUESTION)
    )
    pack.write("ladders.csv", "id,title\nladder,Ladder\n").write(
        "levels.csv", "ladder,id,title\nladder,one,One\n"
    )
    pack.load()
    return pack


def states(model: type[Publishable]) -> list[str]:
    return [*model.objects.order_by("pk").values_list("status", flat=True)]


def test_without_being_told_nothing_is_retired(pack: Pack) -> None:
    (pack.folder / "roles/lead.md").unlink()
    report = pack.load()
    assert (report.retired, report.left_absent, states(Role)) == ({}, {}, [Status.PUBLISHED])


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
    report = pack.write("questions/late.md", QUESTION.replace("  - text: Second?\n", "")).load(
        retire=True
    )
    assert report.retired == {"probes": 1}
    assert [*Probe.objects.values_list("text", flat=True)] == ["First?"]


def test_what_has_a_page_but_no_state_is_left_and_named(pack: Pack) -> None:
    report = pack.write("levels.csv", "ladder,id,title\n").load(retire=True)
    assert (report.left_absent, Level.objects.count()) == ({"levels": 1}, 1)
    assert "Missing from the pack but not removed: levels: “One”." in report.as_lines()


def test_a_level_that_is_left_keeps_what_it_asks_for(pack: Pack) -> None:
    expectations = (
        "level,position,text\nladder/one,1,Plans.\nladder/two,1,Leads.\nladder/two,2,Decides.\n"
    )
    pack.write("levels.csv", "ladder,id,title\nladder,one,One\nladder,two,Two\n")
    pack.write("expectations.csv", expectations).load()
    pack.write("levels.csv", "ladder,id,title\nladder,one,One\n").write(
        "expectations.csv", "level,position,text\n"
    )
    report = pack.load(retire=True)
    assert (report.retired, report.left_absent_rows) == ({"expectations": 1}, ["levels: “Two”"])
    assert [*Expectation.objects.values_list("text", flat=True)] == ["Leads.", "Decides."]
    again = pack.load(retire=True)
    assert (again.retired, again.left_absent_rows, again.conflicts) == ({}, ["levels: “Two”"], [])


def test_an_archived_row_keeps_its_parts_and_comes_back_whole(pack: Pack) -> None:
    (pack.folder / "questions/late.md").unlink()
    assert pack.load(retire=True).retired == {"questions": 1}
    assert Probe.objects.count() == 2
    assert pack.write("questions/late.md", QUESTION).load().changed == {"questions": 1}


def test_a_step_of_a_scale_is_deleted_unless_something_uses_it(pack: Pack) -> None:
    steps = SCALE.replace("---\n", "", 1).replace(
        "  - {id: working", "  - {id: new, title: New}\n  - {id: working"
    )
    pack.write("scales/standard.md", f"---\n{steps}").load()
    only_expert = "---\ntitle: Standard\nproficiencies:\n  - {id: expert, title: Expert}\n---\n"
    skill = SKILL.replace("  working: Keeps a list.\n", "")
    pack.write("scales/standard.md", only_expert).write("skills/risk.md", skill)
    SkillDescriptor.objects.filter(proficiency__slug="working").update(text="Ours.")
    report = pack.load(retire=True)
    assert report.retired == {"proficiencies": 1}
    assert report.left_absent_rows == ["proficiencies: “Working”"]
    assert list(Proficiency.objects.values_list("slug", flat=True)) == ["expert", "working"]
    assert SkillDescriptor.objects.filter(text="Ours.").exists()


class TestSections:
    """Sections have no page: an absent one is deleted, unless an editor added something to it."""

    SET = "---\ntitle: Screen\nsections:\n"
    FIRST = "  - title: Opening\n    items: [{question: late}]\n"
    LAST = "  - title: Closing\n    items: [{question: late}]\n"

    @pytest.fixture
    def with_set(self, pack: Pack) -> Pack:
        pack.write("question_sets/screen.md", f"{self.SET}{self.FIRST}{self.LAST}---\n").load()
        assert SetItem.objects.count() == 2
        return pack.write("question_sets/screen.md", f"{self.SET}{self.FIRST}---\n")

    def test_a_section_that_is_absent_goes_with_its_questions(self, with_set: Pack) -> None:
        report = with_set.load(retire=True)
        assert (report.retired, report.left_absent) == ({"set_items": 1, "set_sections": 1}, {})
        assert [section.title for section in SetSection.objects.all()] == ["Opening"]
        assert with_set.load(retire=True).is_empty

    def test_a_section_with_a_question_of_ours_stays_with_it_and_is_named(
        self, with_set: Pack
    ) -> None:
        section = SetSection.objects.get(title="Closing")
        ours = SetItemFactory(section=section, position=9)
        report = with_set.load(retire=True)
        assert report.left_absent_rows == ["set_sections: “Screen: Closing”"]
        assert [*section.items.all()] == [ours]

    def test_a_section_that_was_edited_here_stays_with_its_questions(self, with_set: Pack) -> None:
        section = SetSection.objects.get(title="Closing")
        section.script = "Say thank you."
        section.save()
        report = with_set.load(retire=True)
        assert [str(conflict) for conflict in report.conflicts] == [
            "absent from set_sections: “Screen: Closing” was edited here since the last load"
        ]
        assert (report.retired, section.items.count()) == ({}, 1)
        assert with_set.load(retire=True, overwrite=True).retired == {
            "set_items": 1,
            "set_sections": 1,
        }

    def test_a_set_that_is_archived_stays_whole(self, with_set: Pack) -> None:
        (with_set.folder / "question_sets/screen.md").unlink()
        assert with_set.load(retire=True).retired == {"question_sets": 1}
        assert SetItem.objects.count() == 2


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
    assert (report.created, report.changed) == ({"probes": 1}, {"roles": 1})
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
    assert report.notes == [
        "nothing was retired in roles, skill_requirements because rows were refused"
    ]
    assert SkillRequirement.objects.exists()
