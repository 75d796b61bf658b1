"""Rich skill descriptors are imported as skills and exported as a table.

They are read from tables with old and new column names and from JSON.
"""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from content.base_models import Status
from content.models import Collection
from file_formats.errors import UnreadableFile
from interchange.packs import TABLES
from packs.loading import load_pack
from packs.report import Report
from rsd.reader import read_descriptors
from rsd.writer import descriptors_csv
from skills.models import Skill, SkillGroup
from tests.factories import CollectionFactory, SkillFactory, SkillGroupFactory
from tests.frameworks import folder

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OSMT = "osmt-rich-skill-descriptors"
HEAD = "Skill Name,Contextualized Skill Statement,Authors,Skill Category,Keywords\n"
ROW = "Access,Open doors.,WGU,Security; Doors,Risk; WGUSID: 10070\n"


def load(path: Path, **said: str) -> Report:
    return load_pack(read_descriptors(path, **said), TABLES)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "skills.csv"
    path.write_text(HEAD + ROW, "utf-8")
    return path


def refusals(path: Path, **said: str) -> list[str]:
    report = load(path, **said)
    assert not report.is_written
    return [str(refusal) for refusal in report.refusals]


@pytest.mark.parametrize(
    ("name", "skills", "groups"),
    [
        ("skills-list.json", 50, 0),
        ("collection.json", 24, None),
        ("skill.json", 1, 1),
        ("skill-update.json", 1, 1),
        ("import-example.csv", 2, 1),
    ],
)
def test_every_skill_of_osmt_comes_in_and_goes_out(
    name: str, skills: int, groups: int | None, tmp_path: Path
) -> None:
    report = load(folder(OSMT) / name, collection="osmt", author="WGU")
    assert [str(refusal) for refusal in report.refusals] == []
    assert Skill.objects.count() == skills
    if groups is not None:
        assert SkillGroup.objects.count() == groups
    written = descriptors_csv(Collection.objects.get(), drafts=True)
    again = tmp_path / "again.csv"
    again.write_text(written, "utf-8", newline="")
    Collection.objects.all().delete()
    assert load(again, collection="osmt").refusals == []
    assert Skill.objects.count() == skills
    assert descriptors_csv(Collection.objects.get(), drafts=True) == written


def test_all_statements_and_keywords_of_osmt_are_there() -> None:
    load(folder(OSMT) / "skills-list.json", collection="osmt", author="WGU")
    source = json.loads((folder(OSMT) / "skills-list.json").read_text("utf-8"))
    held = {skill.external_id: skill for skill in Skill.objects.all()}
    assert len(source) == len(held) == 50
    for one in source:
        skill = held[one["id"]]
        assert (skill.title, skill.summary) == (one["skillName"], one["skillStatement"])
        assert skill.extra.get("Keywords", "") == "; ".join(one["keywords"])
        assert {each["code"] for each in one["occupations"]} <= set(
            skill.extra.get("Occupations", "").replace(";", " ").split()
        )
    assert Skill.objects.filter(aliases="").count() == 50


def test_a_table_without_data_is_refused_by_name() -> None:
    with pytest.raises(
        Exception, match="batch-import-header.csv line 1: there are no rows below the header"
    ):
        read_descriptors(folder(OSMT) / "batch-import-header.csv")


def test_an_update_of_a_descriptor_changes_the_skill_it_came_for() -> None:
    load(folder(OSMT) / "skill.json", collection="osmt")
    report = load(folder(OSMT) / "skill-update.json", collection="osmt")
    assert (report.created, report.changed) == ({}, {"skills": 1})
    assert (
        Skill.objects.get().extra["Categories"] == "Information Security Management; Walls of Fire"
    )


def test_both_generations_of_names_are_the_same(table: Path) -> None:
    load(table)
    newer = HEAD.replace("Skill Name,Contextualized Skill", "RSD Name,Skill").replace(
        "Skill Category", "CATEGORIES"
    )
    table.write_text(newer + ROW, "utf-8")
    report = load(table)
    assert (report.created, report.changed, report.unchanged.total()) == ({}, {}, 3)


def test_the_first_category_is_the_group_and_lists_are_kept(table: Path) -> None:
    load(table)
    skill = Skill.objects.get()
    assert (skill.title, skill.summary, skill.group.title) == ("Access", "Open doors.", "Security")  # type: ignore[union-attr]
    assert skill.extra == {
        "Authors": "WGU",
        "Categories": "Security; Doors",
        "Keywords": "Risk; WGUSID: 10070",
    }
    assert skill.aliases == ""


def test_what_a_descriptor_must_have_is_asked_for_by_place(table: Path) -> None:
    table.write_text(HEAD + ROW + ",Open.,WGU,,\n", "utf-8")
    assert refusals(table) == ["skills.csv line 3: RSD Name: the cell is empty"]
    table.write_text("Skill Name,Statment\nAccess,Open.\n", "utf-8")
    assert refusals(table) == ["skills.csv line 2: Skill Statement: the column is missing"]
    assert not Collection.objects.exists()


def test_an_author_is_stated_by_the_file_or_the_command_or_not_at_all(table: Path) -> None:
    table.write_text(HEAD + ROW + "Gates,Open.,,,\n", "utf-8")
    load(table)
    assert "Authors" not in Skill.objects.get(title="Gates").extra
    load(table, author="Us")
    assert Skill.objects.get(title="Gates").extra["Authors"] == "Us"
    assert Skill.objects.get(title="Access").extra["Authors"] == "WGU"


def test_a_descriptor_with_an_empty_statement_becomes_a_skill_without_a_summary(
    table: Path,
) -> None:
    table.write_text(HEAD + ROW + "Gates,,WGU,,\n", "utf-8")
    assert load(table).notes == [
        "Skill Statement is empty, so these skills have no summary: skills.csv line 3"
    ]
    assert Skill.objects.get(title="Gates").summary == ""


def test_an_export_states_neither_a_statement_nor_an_author_that_no_one_gave() -> None:
    mine = CollectionFactory(slug="mine", publisher="Us")
    SkillFactory(collection=mine, title="Bare", summary="", body="**Body**")
    row = next(csv.DictReader(io.StringIO(descriptors_csv(mine))))
    assert (row["RSD Name"], row["Skill Statement"], row["Authors"]) == ("Bare", "", "")


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ([1], "x.json 1: expected an object, not a number"),
        ([{"skillName": ["a"]}], "x.json 1: skillName: expected a text, not a list"),
        ([{"skillName": "a", "keywords": "b"}], "x.json 1: keywords: expected a list, not a text"),
        (
            [{"skillName": "a", "occupations": [7]}],
            "x.json 1: occupations: expected an object, not a number",
        ),
        ([{"skillName": "a\x00"}], "x.json 1: Character 2 (U+0000) cannot be stored."),
        ({"skills": {}}, "x.json skills: expected a list, not an object"),
        ({"skills": [], "\ud800": 1}, "x.json: Character 1 (U+D800) cannot be stored."),
        ({"skills": [], "name": "中\ud800"}, "x.json: Character 2 (U+D800) cannot be stored."),
        ("text", "x.json 1: expected an object, not a text"),
    ],
)
def test_json_of_another_kind_is_refused(written: Any, refusal: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(written), "utf-8")
    with pytest.raises(Exception, match="x.json") as refused:
        read_descriptors(path)
    assert str(refused.value) == refusal


def test_an_address_that_runs_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    one = {"skillName": "a", "skillStatement": "b", "authors": ["c"]}
    path.write_text(json.dumps([one | {"id": "javascript:alert(1)"}]), "utf-8")
    assert refusals(path) == [
        "x.json 1: Canonical URL: addresses begin with http, https or urn, not javascript"
    ]
    for address in ("http://localhost:8080/api/skills/1", "http://[1"):
        path.write_text(json.dumps([one | {"id": address}]), "utf-8")
        assert load(path).is_written


def test_a_collection_says_what_it_is_called_and_a_file_without_one_is_called_by_its_name(
    table: Path,
) -> None:
    load(folder(OSMT) / "collection.json", author="WGU")
    load(table, license="MIT")
    osmt, other = Collection.objects.order_by("slug")
    assert (osmt.slug, osmt.publisher, osmt.status, osmt.summary) == (
        "it-network",
        "OSMT Developer",
        Status.PUBLISHED,
        "Computer Networking in IT",
    )
    assert (other.slug, other.license, other.status) == ("skills", "MIT", Status.DRAFT)


@pytest.mark.parametrize("name", ["skill.JSON", os.fsdecode(b"f\xfcr.json")])
def test_a_file_may_have_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((folder(OSMT) / "skill.json").read_bytes())
    assert load(path).is_written
    assert Skill.objects.count() == 1
    assert Collection.objects.get().title == os.fsencode(path.stem).decode(errors="replace")


def test_descriptors_come_into_a_collection_that_is_there_and_leave_it_as_it_is(
    table: Path,
) -> None:
    mine = CollectionFactory(slug="mine", title="Mine", license="MIT")
    load(table, collection="mine")
    before = mine.updated_at
    mine.refresh_from_db()
    assert (mine.title, mine.license, mine.updated_at) == ("Mine", "MIT", before)
    assert Skill.objects.get().collection == mine


def test_a_guarded_cell_comes_back_as_it_was(tmp_path: Path) -> None:
    SkillFactory(collection=CollectionFactory(slug="mine"), title="=1+1", summary="'-2", slug="sum")
    path = tmp_path / "mine.csv"
    path.write_text(descriptors_csv(Collection.objects.get()), "utf-8", newline="")
    assert '"\'=1+1"' in path.read_text("utf-8")
    Collection.objects.all().delete()
    load(path)
    assert Skill.objects.values_list("title", "summary").get() == ("=1+1", "'-2")


def test_skills_of_ones_own_go_out_with_the_address_of_their_page() -> None:
    collection = CollectionFactory(slug="mine", publisher="Us")
    group = SkillGroupFactory(collection=collection, title="Delivery")
    SkillFactory(
        collection=collection,
        title="Risk",
        slug="risk",
        group=group,
        summary="=Ends risks.",
        aliases="A\nB",
    )
    SkillFactory(collection=collection, title="Draft", status=Status.DRAFT, aliases="C|D")
    head, row = descriptors_csv(collection, site="https://example.org").splitlines()
    assert head.startswith('"Canonical URL","RSD Name","Skill Statement","Categories","Authors"')
    assert row.startswith(
        '"https://example.org/skills/mine:risk/","Risk","\'=Ends risks.","Delivery","","","A; B"'
    )
    assert '"urn:uuid:' in descriptors_csv(collection)
    with_drafts = descriptors_csv(collection, drafts=True)
    assert "Draft" in with_drafts
    assert '"C|D"' in with_drafts


def test_two_columns_that_mean_the_same_are_refused_where_they_differ(tmp_path: Path) -> None:
    path = tmp_path / "skills.csv"
    path.write_text("Skill Name,RSD Name,Skill Statement,Authors\nOne,Two,Says.,A\n", "utf-8")
    with pytest.raises(UnreadableFile, match="another column has a different text for “RSD Name”"):
        read_descriptors(path)
    path.write_text("Skill Name,RSD Name,Skill Statement,Authors\nOne,,Says.,A\n", "utf-8")
    load(path)
    assert Skill.objects.get().title == "One"


def test_a_name_that_is_cut_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "skills.csv"
    path.write_text(f"{HEAD}{'word ' * 60},Says.,A,,\n{ROW}", "utf-8")
    assert load(path).notes == ["skills.csv line 2: RSD Name was cut to 200 characters"]


def test_what_a_file_says_beyond_its_columns_is_stored_or_noted(tmp_path: Path) -> None:
    descriptor = {
        "skillName": "Access",
        "skillStatement": "Opens doors.",
        "authors": ["A"],
        "level": 3,
        "evidence": ["A log"],
        "archiveDate": None,
        "alignments": [{"id": "urn:a", "skillName": "Doors", "isPartOf": {"name": "Buildings"}}],
        "certifications": [{"name": "Keys", "id": "urn:k", "code": ""}],
    }
    path = tmp_path / "skills.json"
    path.write_text(json.dumps({"name": "Doors", "owner": "us", "skills": [descriptor]}), "utf-8")
    notes = load(path).notes
    assert notes == ["skills.json: ignored keys: alignments.isPartOf, certifications.id, owner"]
    extra = Skill.objects.get().extra
    assert (extra["level"], extra["evidence"]) == ("3", '["A log"]')
    assert "archiveDate" not in extra


def test_columns_called_like_those_of_skills_replace_no_columns_of_descriptors(
    tmp_path: Path,
) -> None:
    path = tmp_path / "skills.csv"
    path.write_text(
        "id,title,summary,RSD Name,Skill Statement,Authors\nRSD 17,Ms,Short,Risk,Sees risks.,A\n",
        "utf-8",
    )
    load(path)
    skill = Skill.objects.get()
    assert (skill.slug, skill.title, skill.summary) == ("risk", "Risk", "Sees risks.")
    assert skill.extra == {
        "Authors": "A",
        "id (RSD)": "RSD 17",
        "title (RSD)": "Ms",
        "summary (RSD)": "Short",
    }


@pytest.mark.parametrize("key", ["aliases", "slug", "descriptors", "interchange", "Keywords"])
def test_a_key_called_like_a_column_of_skills_fills_no_field(key: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    descriptor = {"skillName": "Risk", "skillStatement": "Sees risks.", "keywords": ["A"]}
    path.write_text(json.dumps([descriptor | {key: ["other"]}]), "utf-8")
    assert load(path).refusals == []
    skill = Skill.objects.get()
    assert (skill.slug, skill.aliases, skill.extra["Keywords"]) == ("risk", "", "A")
    assert skill.extra[f"{key} (RSD)"] == '["other"]'
