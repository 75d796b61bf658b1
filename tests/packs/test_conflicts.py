"""Edits since the last load are preserved unless it overwrites them; the report shows them."""

from pathlib import Path

import pytest

from content.base_models import Status
from content.models import Collection, LoadedRow
from interviews.models import Probe, QuestionSet, SetSection
from ladders.models import Band
from packs.report import Difference, Report
from skills.models import Skill, SkillDescriptor
from tests.factories import BandFactory, SkillFactory
from tests.pack_files import SKILL, Pack, counts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEWER = SKILL.replace("title: Risk", "title: Crisis").replace("Keeps a list.", "Keeps a register.")
QUESTION = (
    "---\ntitle: Late\nprobes:\n  - text: First?\n  - text: Second?\n---\nWhen were you late?\n"
)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).with_skill()
    pack.load()
    return pack


def edit(**values: str) -> Skill:
    """Change the skill as an editor does."""
    skill = Skill.objects.get()
    for name, value in values.items():
        setattr(skill, name, value)
    skill.save()
    return skill


def conflicts(report: Report) -> list[str]:
    assert report.refusals == []
    return [str(conflict) for conflict in report.conflicts]


def test_what_nobody_edited_is_changed(pack: Pack) -> None:
    report = pack.write("skills/risk.md", NEWER).load()
    assert (counts(report), conflicts(report)) == ((0, 2, 5), [])
    assert Skill.objects.get().title == "Crisis"


def test_what_somebody_edited_is_left_and_shown_cell_by_cell(pack: Pack) -> None:
    edit(title="Hazard", body="Ours.")
    report = pack.write("skills/risk.md", NEWER).load()
    assert conflicts(report) == [
        "skills/risk.md: “Hazard” was edited here (title, body) since the last load"
    ]
    assert report.conflicts[0].differences == (
        Difference("title", "Hazard", "Crisis"),
        Difference("body", "Ours.", "What it is."),
    )
    assert Skill.objects.get().title == "Hazard"
    assert SkillDescriptor.objects.filter(text="Keeps a register.").count() == 1
    assert report.is_written


def test_an_edit_of_what_the_pack_says_nothing_of_is_in_nobodys_way(pack: Pack) -> None:
    edit(sources="- A book")
    report = pack.write("skills/risk.md", NEWER).load()
    assert (conflicts(report), Skill.objects.get().title) == ([], "Crisis")
    assert Skill.objects.get().sources == "- A book"


def test_it_is_written_over_when_told_so_and_then_agreed_upon(pack: Pack) -> None:
    edit(title="Hazard")
    pack.write("skills/risk.md", NEWER)
    assert counts(pack.load(overwrite=True)) == (0, 2, 5)
    assert Skill.objects.get().title == "Crisis"
    report = pack.write("skills/risk.md", SKILL).load()
    assert (counts(report), conflicts(report)) == ((0, 2, 5), [])


def test_what_is_written_over_is_named(pack: Pack) -> None:
    pack.write("questions/late.md", QUESTION).load()
    edit(title="Hazard", body="Ours.")
    Probe.objects.get(text="First?").delete()
    second = Probe.objects.get(text="Second?")
    second.text = "And second?"
    second.save()
    pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Crisis"))
    preview = pack.load(overwrite=True, dry_run=True)
    report = pack.load(overwrite=True)
    assert [(each.title, each.is_deleted, each.differences) for each in report.overwritten] == [
        (
            "Hazard",
            False,
            (
                Difference("title", "Hazard", "Crisis"),
                Difference("body", "Ours.", "What it is."),
            ),
        ),
        ("First?", True, ()),
        ("And second?", False, (Difference("text", "And second?", "Second?"),)),
    ]
    assert preview.overwritten == report.overwritten
    assert any(
        line.startswith("Overwritten: skills/risk.md: “Hazard”") for line in report.as_lines()
    )
    assert pack.load(overwrite=True).overwritten == []


def test_an_edited_row_that_is_retired_all_the_same_is_named(pack: Pack) -> None:
    edit(title="Hazard")
    (pack.folder / "skills/risk.md").unlink()
    assert pack.load(retire=True).overwritten == []
    report = pack.load(retire=True, overwrite=True)
    assert [str(each) for each in report.overwritten] == [
        "absent from skills: “Hazard” was edited here since the last load"
    ]
    assert Skill.objects.get().status == Status.ARCHIVED


def test_an_edit_that_agrees_with_the_pack_is_none(pack: Pack) -> None:
    edit(title="Crisis")
    pack.write("skills/risk.md", NEWER)
    assert conflicts(pack.load()) == []
    report = pack.write("skills/risk.md", NEWER.replace("Crisis", "Alarm")).load()
    assert (conflicts(report), Skill.objects.get().title) == ([], "Alarm")


def test_a_row_that_was_made_here_is_not_written_over(pack: Pack) -> None:
    SkillFactory(collection=Collection.objects.get(), slug="budget", title="Ours", scale=None)
    report = pack.write("skills.csv", "id,title\nbudget,Theirs\n").load()
    assert conflicts(report) == [
        "skills.csv line 2: “Ours” was edited here (title) since the last load"
    ]


def test_a_renamed_row_is_still_the_same_one_and_found_by_what_refers_to_it(pack: Pack) -> None:
    edit(slug="hazard")
    pack.write("roles/lead.md", "---\ntitle: Lead\nrequirements:\n  - {skill: risk}\n---\n")
    report = pack.load()
    assert conflicts(report) == [
        "skills/risk.md: “Risk” was edited here (slug) since the last load"
    ]
    assert Skill.objects.get().skillrequirements.get().role.title == "Lead"


def test_a_renamed_row_is_found_by_rows_above_it_in_its_table(pack: Pack) -> None:
    plan = SKILL.replace("title: Risk", "title: Plan\nrelated: [risk]")
    pack.write("skills/plan.md", plan).load()
    risk = Skill.objects.get(slug="risk")
    risk.slug = "hazard"
    risk.save()
    report = pack.load()
    assert conflicts(report) == [
        "skills/risk.md: “Risk” was edited here (slug) since the last load"
    ]
    assert Skill.objects.get(slug="plan").related.get() == risk


def test_a_part_that_was_moved_here_is_found_by_what_refers_to_it(pack: Pack) -> None:
    pack.write("questions/late.md", QUESTION)
    pack.write("question_sets.csv", "id,title\nscreen,Screen\nonsite,Onsite\n")
    pack.write("set_sections.csv", "question_set,id,title\nscreen,one,One\n")
    pack.write("set_items.csv", "section,question\nscreen/one,late\n").load()
    section = SetSection.objects.get()
    section.question_set = QuestionSet.objects.get(slug="onsite")
    section.save()
    report = pack.load()
    assert conflicts(report) == [
        "set_sections.csv line 2: “Onsite: One” was edited here (question_set) since the last load"
    ]
    assert (SetSection.objects.get(), section.items.count()) == (section, 1)


def test_a_row_that_was_deleted_here_does_not_come_back_by_itself(pack: Pack) -> None:
    Skill.objects.all().delete()
    report = pack.load()
    assert conflicts(report) == ["skills/risk.md: “Risk” was deleted here since the last load"]
    assert not Skill.objects.exists()
    report = pack.load(overwrite=True)
    assert (report.created, conflicts(report)) == ({"skills": 1, "skill_descriptors": 2}, [])


def test_a_row_is_known_by_the_identifier_of_its_publisher(pack: Pack) -> None:
    pack.write(
        "skills/risk.md", SKILL.replace("title: Risk", "title: Risk\nexternal_id: X1")
    ).load()
    (pack.folder / "skills/risk.md").unlink()
    report = pack.write(
        "skills/hazard.md", SKILL.replace("title: Risk", "title: Risk\nexternal_id: X1")
    ).load()
    assert counts(report) == (0, 1, 6)
    assert Skill.objects.get().slug == "hazard"


def test_the_collection_itself_can_be_edited_here(pack: Pack) -> None:
    Collection.objects.update(attribution="Ours.")
    pack.write("pack.yml", (pack.folder / "pack.yml").read_text().replace('"1.0"', '"2.0"'))
    assert len(conflicts(pack.load())) == 1
    collection = Collection.objects.get()
    assert (collection.attribution, collection.version) == ("Ours.", "2.0")


def test_a_renamed_collection_is_still_the_one_of_the_pack(pack: Pack) -> None:
    collection = Collection.objects.get(slug="other")
    collection.slug = "ours"
    collection.save()
    pack.write("guides.csv", "id,title,body,skills\nstart,Start,Begin.,other:risk\n")
    report = pack.load()
    assert conflicts(report) == [
        "pack.yml: “Other framework” was edited here (slug) since the last load"
    ]
    assert counts(report)[:2] == (1, 0)
    assert not Collection.objects.filter(slug="other").exists()
    assert (counts(pack.load(overwrite=True))[1], Collection.objects.get(slug="other")) == (
        1,
        collection,
    )


def test_bands_belong_to_the_portal_and_are_left(pack: Pack) -> None:
    BandFactory(slug="senior", title="Senior")
    pack.write("bands.csv", "id,title\nsenior,Lead\nentry,Entry\n")
    assert len(conflicts(pack.load())) == 1
    assert {*Band.objects.values_list("title", flat=True)} == {"Senior", "Entry"}


def test_parts_that_are_told_by_their_place_are_compared_too(pack: Pack) -> None:
    pack.write("questions/late.md", QUESTION).load()
    Probe.objects.filter(text="Second?").update(text="And then?")
    report = pack.write("questions/late.md", QUESTION.replace("First?", "Why?")).load()
    assert len(conflicts(report)) == 1
    assert [*Probe.objects.values_list("text", flat=True)] == ["Why?", "And then?"]


def test_an_edited_row_moves_with_its_publisher_and_stays_edited(pack: Pack) -> None:
    header = "id,title,summary,position\n"
    pack.write("skills.csv", header + "budget,Budget,Money.,1\nscope,Scope,Size.,2\n").load()
    scope = Skill.objects.filter(slug="scope")
    scope.update(summary="Ours.")
    report = pack.write(
        "skills.csv", header + "new,New,,1\nbudget,Budget,Money.,2\nscope,Scope,Size.,3\n"
    ).load()
    assert conflicts(report) == [
        "skills.csv line 4: “Scope” was edited here (summary) since the last load"
    ]
    assert [str(move) for move in report.moves] == [
        "skills.csv line 4: “Scope” moved from position 2 to 3"
    ]
    assert scope.values_list("summary", "position").get() == ("Ours.", 3)
    scope.update(position=9)
    pack.write("skills.csv", header + "scope,Scope,Size.,4\n").load()
    assert scope.get().position == 9


def test_a_dry_run_shows_the_same_and_keeps_nothing(pack: Pack) -> None:
    edit(title="Hazard")
    kept = LoadedRow.objects.count()
    pack.write("skills/risk.md", NEWER)
    assert conflicts(pack.load(dry_run=True)) == conflicts(pack.load())
    assert LoadedRow.objects.count() == kept


def test_a_state_that_an_editor_chose_is_left(pack: Pack) -> None:
    edit(status=Status.ARCHIVED)
    pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Risk\nstatus: published"))
    assert len(conflicts(pack.load())) == 1
    assert Skill.objects.get().status == Status.ARCHIVED
