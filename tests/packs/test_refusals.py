"""One refused row refuses the whole pack, and is reported with file, column and reason."""

from pathlib import Path

import pytest

from content.models import Collection, SiteVersion
from file_formats.yaml_problems import ANCHORS_AND_TAGS
from interviews.models import Question
from ladders.models import Expectation, Ladder
from roles.models import Role, SkillRequirement
from search.models import SearchEntry
from skills.models import Skill
from tests.factories import RoleFactory
from tests.pack_files import MANIFEST, SKILL, Pack, counts

pytestmark = pytest.mark.django_db

REFERENCES = ANCHORS_AND_TAGS


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def page(front: str) -> str:
    """A Markdown file with this front matter and no text."""
    return f"---\n{front}\n---\n"


def version() -> int:
    row = SiteVersion.objects.first()
    return row.version if row else 0


def test_one_refusal_refuses_everything(pack: Pack) -> None:
    pack.with_skill().write("roles.csv", "id,title,position\nlead,Lead,1\nhead,Head,first\n")
    before = version()
    assert pack.refusals() == ["roles.csv line 3: position: “first” value must be an integer."]
    assert not any(model.objects.exists() for model in (Collection, Skill, Role))
    assert version() == before
    pack.write("roles.csv", "id,title,position\nlead,Lead,1\nhead,Head,2\n")
    assert counts(pack.load()) == (9, 0, 0)


def test_a_refused_load_leaves_what_was_there(pack: Pack) -> None:
    pack.with_skill().load()
    pack.write("skills/risk.md", SKILL.replace("title: Risk", "title: Crisis")).write(
        "roles.csv", "id,title\nlead,\n"
    )
    assert pack.refusals() == ["roles.csv line 2: title: This field cannot be blank."]
    assert Skill.objects.get().title == SearchEntry.objects.get(kind="skill").title == "Risk"


@pytest.mark.parametrize(
    ("path", "content", "refusal"),
    [
        (
            "roles.csv",
            "id,title,family\nlead,Lead,none\n",
            "roles.csv line 2: family: there is no role family “none”",
        ),
        ("roles.csv", "id,title\nlead,Lead,x\n", "roles.csv line 2: 3 cells under 2 columns"),
        (
            "levels.csv",
            "ladder,id,title\n,one,One\n",
            "levels.csv line 2: ladder: This field cannot be null.",
        ),
        ("roles.csv", b"id,title\nlead,Caf\xe9\n", "roles.csv line 2: not UTF-8"),
        (
            "roles.csv",
            "id,title\nmap,Map\n",
            "roles.csv line 2: id: Another page of the portal uses this word. Choose another slug.",
        ),
        (
            "roles.csv",
            "id,title\na,A\na,B\n",
            "roles.csv line 3: roles.csv line 2 already has the same role",
        ),
        (
            "roles/a.md",
            page("title: A\ntitle: B"),
            "roles/a.md line 3: the key “title” appears twice",
        ),
        (
            "roles/a.md",
            page("title: A\nrequirements:\n  - {skill: risk, importance: vital}"),
            "roles/a.md, requirements 1: importance: Value 'vital' is not a valid choice. Choose "
            "one of essential, expected, helpful.",
        ),
        (
            "roles/a.md",
            page("title: A\nrequirements:\n  - {skill: risk}\n  - {skill: risk}"),
            (
                "roles/a.md, requirements 2: roles/a.md, requirements 1 already has the same "
                "skill requirement"
            ),
        ),
        (
            "roles/a.md",
            page("title: A\nrequirements: risk"),
            "roles/a.md: requirements: expected a list of mappings",
        ),
        (
            "roles/a.md",
            page("title: A\nrequirements: [risk]"),
            "roles/a.md: requirements: expected a list of mappings",
        ),
        (
            "roles/a.md",
            page("title: A\nrequirements:\n  - {proficiency: standard/working}"),
            "roles/a.md, requirements 1: skill: This field cannot be null.",
        ),
        (
            "roles/a.md",
            page("title: A\nrequirements:\n  - {skill: '', proficiency: working}"),
            "roles/a.md, requirements 1: proficiency: there is no proficiency “working”",
        ),
        ("levels.csv", "id,title\na,A\n", "levels.csv line 2: ladder: This field cannot be null."),
        (
            "levels/none/a.md",
            page("title: A"),
            "levels/none/a.md: ladder: there is no ladder “none”",
        ),
        ("roles/a.md", page("title: &a A\naliases: *a"), f"roles/a.md line 2: {REFERENCES}"),
        (
            "pack.yml",
            MANIFEST + "status: draft\n",
            "pack.yml line 8: the key “status” appears twice",
        ),
        ("pack.yml", "- a\n", "pack.yml: expected a mapping"),
        (
            "pack.yml",
            MANIFEST.replace("id: other\n", ""),
            "pack.yml: id: This field cannot be blank.",
        ),
        (
            "pack.yml",
            MANIFEST.replace("id: other", "id: {a: b}"),
            "pack.yml: id: expected a text, not a mapping",
        ),
        (
            "pack.yml",
            MANIFEST.replace("published", "secret"),
            "pack.yml: status: Value 'secret' is not a valid choice. Choose one of draft, "
            "in_review, published, archived.",
        ),
        (
            "pack.yml",
            MANIFEST + "format: tpm-pack/2\n",
            "pack.yml: format: this portal reads tpm-pack/1, not tpm-pack/2",
        ),
    ],
)
def test_a_refusal_names_file_row_column_and_reason(
    pack: Pack, path: str, content: str | bytes, refusal: str
) -> None:
    assert refusal in pack.with_skill().write(path, content).refusals()
    assert not Collection.objects.exists()


def test_every_refused_row_is_named_at_once(pack: Pack) -> None:
    pack.write("roles.csv", "id,title\nlead,\nhead,\n").write("guides.csv", "id,title\na,A\n")
    places = [refusal.split(":")[0] for refusal in pack.refusals()]
    assert places == ["roles.csv line 2", "roles.csv line 3", "guides.csv line 2"]


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    pack = Pack(tmp_path)
    assert pack.refusals() == []
    (tmp_path / "pack.yml").unlink()
    assert pack.refusals() == ["pack.yml: cannot be read"]


def test_nul_is_refused_wherever_it_stands(pack: Pack) -> None:
    for path, content in [
        ("pack.yml", MANIFEST.replace("other", '"o\\0"')),
        ("roles.csv", "id,title\na\0,A\n"),
        ("roles.csv", "id,title,color\na,A,r\0\n"),
        ("roles.csv", "id,title,family\na,A,f\0\n"),
        ("roles/b.md", page('title: A\nmore: ["\\0"]')),
    ]:
        here = Pack(pack.folder / str(hash(content))).write(path, content)
        (refusal,) = here.refusals()
        assert "(U+0000) cannot be stored" in refusal
    assert not Collection.objects.exists()


def test_what_is_sound_can_be_loaded_without_the_rest(pack: Pack) -> None:
    """What refers to a refused row is refused too.

    A row that refers to its own table is not half written.
    """
    pack.write("skills.csv", "id,title,related\na,A,none\nb,B,\nc,C,b|a\n").write(
        "roles.csv", "id\nlead\n"
    )
    pack.write("ladders/one.md", page("title: One\nrole: lead")).write(
        "ladders/two.md", page("title: Two")
    )
    assert not pack.load().is_written
    report = pack.load(skip_refused=True)
    assert report.is_written
    assert [str(refusal) for refusal in report.refusals] == [
        "skills.csv line 2: related: there is no skill “none”",
        "roles.csv line 2: title: This field cannot be blank.",
        "ladders/one.md: role: there is no role “lead”",
        "skills.csv line 4: related: there is no skill “a”",
    ]
    assert [*Skill.objects.values_list("slug", flat=True)] == ["b"]
    assert [*Ladder.objects.values_list("slug", flat=True)] == ["two"]
    assert report.created == {"pack.yml": 1, "skills": 1, "ladders": 1}


@pytest.mark.parametrize(
    "manifest", ["- a\n", MANIFEST.replace("title: Other framework\n", ""), "format: x\n"]
)
def test_without_a_collection_nothing_is_sound(pack: Pack, manifest: str) -> None:
    report = pack.with_skill().write("pack.yml", manifest).load(skip_refused=True)
    assert (len(report.refusals), report.is_written) == (1, False)
    assert not Skill.objects.exists()


def test_a_part_that_is_refused_leaves_its_row_alone(pack: Pack) -> None:
    pack.with_skill().write(
        "roles/lead.md", page("title: Lead\nrequirements:\n  - {skill: none}\n  - {skill: risk}")
    )
    report = pack.load(skip_refused=True)
    assert len(report.refusals) == 1
    assert [row.skill.slug for row in Role.objects.get().skill_requirements.all()] == ["risk"]


def test_a_pack_writes_no_parts_of_rows_of_another_collection(pack: Pack) -> None:
    theirs = RoleFactory(slug="lead", title="Lead", family=None)
    key = f"{theirs.collection.slug}:lead"
    pack.with_skill().write("skill_requirements.csv", f"role,skill\n{key},risk\n")
    assert pack.refusals() == [
        "skill_requirements.csv line 2: role: “Lead” does not belong to this collection"
    ]
    pack.write("skill_requirements.csv", "role,skill\nours,risk\n").write(
        "roles.csv", "id,title\nours,Ours\n"
    )
    pack.load()
    assert [row.role.title for row in SkillRequirement.objects.all()] == ["Ours"]


def test_no_other_row_gets_the_stored_row_of_a_refused_one(pack: Pack) -> None:
    header = "id,title,prompt,minutes,external_id\n"
    pack.write("questions.csv", f"{header}a,One,Why?,,x\n").load()
    question = Question.objects.get()
    question.guidance = "Written here."
    question.save()
    rows = f"{header}c,One,Why?,{{}},x\na,New,Who?,,z\n"
    pack.write("questions.csv", rows.format("many")).load(skip_refused=True)
    question.refresh_from_db()
    assert (question.title, question.external_id) == ("One", "x")
    pack.write("questions.csv", rows.format("5")).load()
    question.refresh_from_db()
    assert (question.slug, question.guidance) == ("c", "Written here.")
    assert Question.objects.get(slug="a").external_id == "z"


def test_no_other_line_gets_the_stored_line_of_a_refused_one_that_moves(pack: Pack) -> None:
    pack.write("ladders.csv", "id,title\neng,Engineers\n")
    pack.write("levels.csv", "ladder,id,title\neng,one,One\neng,two,Two\n")
    header = "level,position,skill,text\n"
    pack.write("expectations.csv", f"{header}eng/one,1,,A.\neng/one,2,,B.\n").load()
    line = Expectation.objects.get(text="A.")
    line.text = "A, edited here."
    line.save()
    rows = f"{header}eng/one,1,,C.\neng/one,2,,B.\neng/two,1,nothing,A.\n"
    report = pack.write("expectations.csv", rows).load(skip_refused=True)
    assert (len(report.refusals), report.conflicts) == (1, [])
    assert Expectation.objects.filter(text="C.", level__slug="one").exists()
    line.refresh_from_db()
    assert (line.level.slug, line.text) == ("one", "A, edited here.")
