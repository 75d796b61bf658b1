"""Exports of rich skill descriptors that are imported again find the stored skills and groups."""

from pathlib import Path

import pytest

from interchange.packs import TABLES
from packs.load_options import LoadOptions
from packs.loading import load_pack
from rsd.reader import read_descriptors
from rsd.writer import descriptors_csv
from skills.models import Skill, SkillGroup
from tests.factories import CollectionFactory, SkillFactory, SkillGroupFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def load_example(folder: Path) -> None:
    """Load a skill with two categories and two keywords."""
    path = folder / "skills.csv"
    path.write_text(
        "RSD Name,Skill Statement,Authors,Categories,Keywords\n"
        "Access,Open doors.,WGU,Security; Doors,Risk; WGUSID: 10070\n",
        "utf-8",
    )
    load_pack(read_descriptors(path), TABLES)


def stored_texts() -> list[object]:
    """What is stored of skills and their groups."""
    columns = ("slug", "title", "summary", "body", "aliases", "external_id", "extra", "group")
    groups = SkillGroup.objects.order_by("pk").values_list("slug", "title")
    return [*Skill.objects.order_by("pk").values_list(*columns), *groups]


@pytest.mark.parametrize("site", ["", "https://example.org"])
def test_an_export_that_is_imported_again_changes_nothing(site: str, tmp_path: Path) -> None:
    mine = CollectionFactory(slug="mine", publisher="Us")
    group = SkillGroupFactory(collection=mine, title="Plan; do", slug="delivery")
    SkillFactory(collection=mine, group=group, slug="bare", title="Bare", summary="", body="**A**")
    SkillFactory(collection=mine, slug="other", title="Risk", aliases="A\nB", extra={"more": [1]})
    SkillFactory(collection=mine, title="Risk", slug="risk", external_id="urn:x", extra={"a": "b"})
    before = stored_texts()
    path = tmp_path / "mine.csv"
    path.write_text(descriptors_csv(mine, site=site), "utf-8", newline="")
    report = load_pack(read_descriptors(path, "mine"), TABLES)
    assert (report.created, report.changed, report.refusals) == ({}, {}, [])
    assert report.unchanged["skills"] == 3
    assert stored_texts() == before


@pytest.mark.parametrize("site", ["", "https://example.org"])
def test_what_was_changed_in_an_export_is_stored_beside_what_it_left_out(
    site: str, tmp_path: Path
) -> None:
    mine = CollectionFactory(slug="mine")
    group = SkillGroupFactory(collection=mine, title="Delivery", slug="how-we-deliver")
    extra = {"more": [1], "Keywords": "A"}
    SkillFactory(
        collection=mine, slug="other", title="Risk", summary="Ends.", group=group, extra=extra
    )
    path = tmp_path / "mine.csv"
    written = descriptors_csv(mine, site=site).replace('"Risk"', '"Risks"').replace('"A"', '"B"')
    path.write_text(written.replace('"Ends."', '"Prevents."'), "utf-8", newline="")
    assert load_pack(read_descriptors(path, "mine"), TABLES, LoadOptions(overwrite=True)).is_written
    skill = Skill.objects.get()
    assert (skill.slug, skill.title, skill.external_id) == ("other", "Risks", "")
    assert (skill.summary, skill.group) == ("Prevents.", group)
    assert skill.extra == {"more": [1], "Keywords": "B"}


def test_the_only_further_cell_of_a_stored_skill_can_be_emptied(tmp_path: Path) -> None:
    mine = CollectionFactory(slug="mine")
    SkillFactory(collection=mine, extra={"Keywords": "Alpha"})
    path = tmp_path / "mine.csv"
    path.write_text(descriptors_csv(mine).replace('"Alpha"', '""'), "utf-8", newline="")
    load_pack(read_descriptors(path, "mine"), TABLES, LoadOptions(overwrite=True))
    assert Skill.objects.get().extra == {"Keywords": ""}
    assert '"Alpha"' not in descriptors_csv(mine)


def test_a_skill_without_a_group_gets_none_of_its_other_categories(tmp_path: Path) -> None:
    load_example(tmp_path)
    skill = Skill.objects.get()
    skill.group = None
    skill.save()
    path = tmp_path / "again.csv"
    path.write_text(descriptors_csv(skill.collection, drafts=True), "utf-8", newline="")
    load_pack(read_descriptors(path, "skills"), TABLES, LoadOptions(overwrite=True))
    skill.refresh_from_db()
    assert (skill.group, skill.extra["Categories"]) == (None, "Security; Doors")


def test_new_rows_may_have_the_former_titles_of_renamed_ones(tmp_path: Path) -> None:
    mine = CollectionFactory(slug="mine")
    group = SkillGroupFactory(collection=mine, title="Safety", slug="security")
    SkillFactory(collection=mine, title="Hazards", slug="risk", group=group)
    path = tmp_path / "mine.csv"
    written = descriptors_csv(mine)
    path.write_text(f'{written}"","Risk","Sees risks.","Security"\r\n', "utf-8", newline="")
    report = load_pack(read_descriptors(path, "mine"), TABLES)
    assert (report.refusals, report.created) == ([], {"skill_groups": 1, "skills": 1})
    titles = Skill.objects.order_by("pk").values_list("title", "group__title")
    assert list(titles) == [("Hazards", "Safety"), ("Risk", "Security")]


def test_a_group_and_aliases_that_an_editor_chose_go_out(tmp_path: Path) -> None:
    load_example(tmp_path)
    skill = Skill.objects.get()
    skill.group = SkillGroupFactory(collection=skill.collection, title="Safety")
    skill.aliases = "Entry\nEntrance"
    skill.save()
    written = descriptors_csv(skill.collection, drafts=True)
    assert '"Safety; Doors","WGU"' in written
    assert '"Risk; WGUSID: 10070; Entry; Entrance"' in written
    skill.group = None
    skill.save()
    assert '"Doors","WGU"' in descriptors_csv(skill.collection, drafts=True)
