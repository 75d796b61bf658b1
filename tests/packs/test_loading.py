"""A pack is loaded completely or not at all, and loading it twice changes nothing."""

from pathlib import Path

import pytest

from content.base_models import Status
from content.change_tracking import tracking_changes
from content.models import Collection, SiteVersion
from interviews.models import Anchor, Question, QuestionSet, SetItem
from ladders.models import LevelRequirement
from roles.models import Role
from search.models import SearchEntry
from skills.models import Proficiency, Skill, SkillDescriptor
from tests.factories import home_collection
from tests.pack_files import MANIFEST, SKILL, Pack, counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def version() -> int:
    row = SiteVersion.objects.first()
    return row.version if row else 0


def test_what_is_new_is_created_in_a_collection_of_its_own(pack: Pack) -> None:
    report = pack.with_skill().load()
    assert counts(report) == (7, 0, 0)
    assert report.created == {
        "pack.yml": 1,
        "scales": 1,
        "proficiencies": 2,
        "skills": 1,
        "skill_descriptors": 2,
    }
    skill = Skill.objects.get()
    assert (skill.key, skill.body, skill.status) == ("other:risk", "What it is.", "published")
    texts = [(row.proficiency.slug, row.text) for row in skill.descriptors.all()]
    assert texts == [("working", "Keeps a list."), ("expert", "Ends the risk.")]
    assert SearchEntry.objects.get(kind="skill").title == "Risk"


def test_the_same_pack_again_changes_nothing(pack: Pack) -> None:
    pack.with_skill().load()
    before, changed_at = version(), Skill.objects.get().updated_at
    assert counts(pack.load()) == (0, 0, 7)
    assert (version(), Skill.objects.get().updated_at) == (before, changed_at)


def test_only_what_differs_is_changed(pack: Pack) -> None:
    pack.with_skill().load()
    before = version()
    pack.write("skills/risk.md", SKILL.replace("Ends the risk.", "Sees it first."))
    report = pack.load()
    assert counts(report) == (0, 1, 6)
    assert report.changed == {"skill_descriptors": 1}
    assert version() == before + 1
    assert "Sees it first." in SearchEntry.objects.get(kind="skill").body


def test_a_dry_run_says_the_same_and_writes_nothing(pack: Pack) -> None:
    before = version()
    assert counts(pack.with_skill().load(dry_run=True)) == (7, 0, 0)
    assert not any(model.objects.exists() for model in (Collection, Skill, SearchEntry))
    assert version() == before
    assert counts(pack.load()) == (7, 0, 0)
    pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Crisis"))
    assert counts(pack.load(dry_run=True)) == (0, 1, 6)
    assert Skill.objects.get().title == "Risk"


def test_rows_that_are_gone_from_the_pack_stay(pack: Pack) -> None:
    pack.with_skill().load()
    (pack.folder / "skills/risk.md").unlink()
    assert counts(pack.load()) == (0, 0, 4)
    assert Skill.objects.published().get().slug == "risk"


def test_what_an_editor_took_back_stays_taken_back(pack: Pack) -> None:
    pack.with_skill().load()
    Skill.objects.update(status=Status.DRAFT)
    pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Crisis"))
    assert counts(pack.load()) == (0, 1, 6)
    assert (Skill.objects.get().title, Skill.objects.get().status) == ("Crisis", Status.DRAFT)
    pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Risk\nstatus: published"))
    assert [conflict.title for conflict in pack.load().conflicts] == ["Crisis"]
    assert (Skill.objects.get().title, Skill.objects.get().status) == ("Risk", Status.DRAFT)
    pack.load(overwrite=True)
    assert Skill.objects.get().status == Status.PUBLISHED


def test_without_a_state_everything_is_a_draft(pack: Pack) -> None:
    pack.write("pack.yml", MANIFEST.replace("status: published\n", "")).with_skill().load()
    assert (Collection.objects.get().status, Skill.objects.get().status) == (
        Status.DRAFT,
        Status.DRAFT,
    )


def test_a_column_without_a_field_is_kept_and_named(pack: Pack) -> None:
    pack.write("roles.csv", "id,title,color\na,A,red\nb,B,\n")
    pack.write("roles/c.md", "---\ntitle: C\nmore: {a: [b]}\n---\n")
    report = pack.load()
    assert counts(report) == (4, 0, 0)
    assert report.extra_columns == {"roles.color": 2, "roles.more": 1}
    kept = {role.slug: role.extra for role in Role.objects.all()}
    assert kept == {"a": {"color": "red"}, "b": {"color": ""}, "c": {"more": {"a": ["b"]}}}
    assert counts(pack.load()) == (0, 0, 4)


def test_marks_and_line_ends_of_other_systems_make_no_difference(pack: Pack) -> None:
    pack.with_skill().write("roles.csv", 'id,title,summary\nlead,Lead,"a\nb"\n').load()
    for path in ("pack.yml", "scales/standard.md", "skills/risk.md", "roles.csv"):
        text = (pack.folder / path).read_text()
        pack.write(path, "\ufeff" + text.replace("\n", "\r\n"))
    assert counts(pack.load()) == (0, 0, 8)


def test_numbered_parts_and_short_forms_are_loaded(pack: Pack) -> None:
    pack.with_skill().write("bands.csv", "id,title,position\nsenior,Senior,1\n")
    pack.write(
        "questions/slip.md",
        "---\ntitle: Slip\nskills: [{skill: risk, proficiency: expert}]\nprobes: [{text: Why?}, "
        "{text: And then?}]\n"
        "anchors: {1: Blames., 4: Learns.}\n---\nTell me.\n",
    )
    pack.write(
        "question_sets/screen.md",
        "---\ntitle: Screen\n"
        "sections:\n  - title: One\n    items: [{question: slip, minutes: 5, required: false}]\n"
        "---\n",
    )
    created = counts(pack.load())
    question = Question.objects.get()
    assert question.prompt == "Tell me."
    assert [(probe.position, probe.text) for probe in question.probes.all()] == [
        (1, "Why?"),
        (2, "And then?"),
    ]
    assert list(Anchor.objects.values_list("rating", "text")) == [(1, "Blames."), (4, "Learns.")]
    assert question.question_skills.get().proficiency == Proficiency.objects.get(slug="expert")
    item = SetItem.objects.get()
    assert (item.question, item.minutes, item.required, item.position) == (question, 5, False, 1)
    assert item.section.question_set == QuestionSet.objects.get()
    assert counts(pack.load()) == (0, 0, created[0])


def test_parts_may_lie_in_tables_of_their_own(pack: Pack) -> None:
    pack.with_skill().write("ladders.csv", "id,title\ntpm,TPM\n")
    pack.write("levels.csv", "ladder,id,title,position\ntpm,r1,One,1\n")
    pack.write("level_requirements.csv", "level,skill,proficiency\ntpm/r1,risk,working\n")
    pack.write("skill_descriptors.csv", "skill,proficiency,text\nrisk,working,Again.\n")
    assert pack.refusals() == [
        "skill_descriptors.csv line 2: skills/risk.md, descriptors 1 already has the same skill "
        "descriptor"
    ]
    (pack.folder / "skill_descriptors.csv").unlink()
    assert counts(pack.load())[0] == 10
    assert str(LevelRequirement.objects.get()) == "One · Risk"
    assert SkillDescriptor.objects.count() == 2


def test_rows_may_refer_to_another_collection(pack: Pack) -> None:
    home_collection()
    pack.with_skill().load()
    mine = Pack(pack.folder / "mine").write("pack.yml", MANIFEST.replace("other", "mine"))
    mine.write(
        "roles/lead.md",
        "---\ntitle: Lead\nrequirements: [{skill: 'other:risk', proficiency: working}]\n---\n",
    )
    assert counts(mine.load()) == (3, 0, 0)
    assert Role.objects.get().skill_requirements.get().skill.key == "other:risk"


def test_a_collection_cannot_become_the_portals_own_beside_another(pack: Pack) -> None:
    home_collection()
    (refusal,) = pack.write("pack.yml", MANIFEST + 'is_home: "true"\n').refusals()
    assert refusal.startswith("pack.yml: ")
    assert counts(pack.write("pack.yml", MANIFEST).load()) == (1, 0, 0)


def test_several_packs_in_one_record_raise_the_version_once(pack: Pack, tmp_path: Path) -> None:
    before = version()
    with tracking_changes():
        pack.with_skill().load()
        Pack(tmp_path / "mine").write(
            "pack.yml", MANIFEST.replace("other", "mine")
        ).with_skill().load()
    assert version() == before + 1
    assert Skill.objects.count() == 2
