"""A collection is exported as a pack and imported without loss."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from content.base_models import ContentModel, Status
from content.models import Collection
from file_formats.archives import write_folder
from interchange.packs import TABLES
from interviews.models import Probe
from ladders.models import Band
from packs.exporting import export_files
from packs.loading import load_pack
from packs.sources import FolderPack
from roles.models import Role, RoleMove
from search.models import SynonymGroup
from skills.models import Skill, SkillGroup
from tests.factories import (
    BandFactory,
    CollectionFactory,
    LadderFactory,
    LevelFactory,
    ProbeFactory,
    QuestionFactory,
    RoleFactory,
    SkillFactory,
    SkillGroupFactory,
)
from tests.pack_files import MANIFEST
from tests.project.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = (
    '=1+1, "quoted"\r\nsecond line\n\n- a | b\u2028\u00a0\U0001f469\u200d\U0001f680 '
    "\u202eabc\u202c\t'x"
)


@pytest.fixture
def other() -> Collection:
    return CollectionFactory(
        slug="other", title="Other: #1 “framework”", notices="Share alike.\n", extra={"seen": "yes"}
    )


def rebuilt(files: Mapping[str, bytes], folder: Path, slug: str) -> dict[str, bytes]:
    """The same pack after an import into an empty portal and another export."""
    Collection.objects.all().delete()
    Band.objects.all().delete()
    SynonymGroup.objects.all().delete()
    write_folder(files, folder)
    report = load_pack(FolderPack(folder), TABLES)
    assert (report.refusals, report.conflicts, report.unknown_files) == ([], [], [])
    return dict(export_files(Collection.objects.get(slug=slug), TABLES, drafts=True))


def exported(slug: str = "other", **options: Any) -> dict[str, bytes]:
    return dict(
        export_files(Collection.objects.get(slug=slug), TABLES, **{"drafts": True} | options)
    )


def test_every_table_comes_back_byte_for_byte(tmp_path: Path) -> None:
    world = make_world()
    for row in world.values():
        row.extra = {"their column": HOSTILE, "list": ["a", {"b": 1}]}
        row.save()
    files = exported("portal")
    assert {name.removesuffix(".csv") for name in files} == {
        "pack.yml",
        *(table.name for table in TABLES),
    }
    assert rebuilt(files, tmp_path / "pack", "portal") == files


def test_every_gated_model_has_a_table() -> None:
    gated = {model for model in apps.get_models() if issubclass(model, ContentModel)}
    assert gated - {table.model for table in TABLES} == {Collection}


@pytest.mark.parametrize(
    "text", [HOSTILE, "", " blank ", "'=1", "a|b", "---\na: b\n---", "\ufeffmark", "\x85\x1c\x0b"]
)
def test_a_text_comes_back_as_it_was(other: Collection, tmp_path: Path, text: str) -> None:
    SkillFactory(
        collection=other, slug="risk", title="Risk", body=text, aliases=text, former_titles=text
    )
    body = Skill.objects.get().body
    files = exported()
    assert rebuilt(files, tmp_path / "pack", "other") == files
    assert Skill.objects.get().body == body


@pytest.mark.parametrize("names", ["one", "CI|CD", "CI|CD\nplan", "|", "a\n", "a|b\n", "\na|"])
def test_a_list_of_names_comes_back_as_it_was(
    other: Collection, tmp_path: Path, names: str
) -> None:
    values = {"slug": "risk", "title": "Risk", "aliases": names, "former_titles": names}
    SkillFactory(collection=other, **values)
    rebuilt(exported(), tmp_path / "pack", "other")
    skill = Skill.objects.get()
    assert (skill.aliases, skill.former_titles) == (names, names)


def test_rows_that_refer_to_each_other_come_back(other: Collection, tmp_path: Path) -> None:
    above = SkillGroupFactory(collection=other, slug="zz", position=9)
    SkillGroupFactory(collection=other, slug="aa", position=1, parent=above)
    one, two = (SkillFactory(collection=other, slug=slug) for slug in ("one", "two"))
    one.related.set([two])
    two.related.set([one])
    files = exported()
    assert rebuilt(files, tmp_path / "pack", "other") == files
    assert SkillGroup.objects.get(slug="aa").parent == SkillGroup.objects.get(slug="zz")
    assert [*Skill.objects.get(slug="one").related.all()] == [Skill.objects.get(slug="two")]


def test_parts_that_share_a_position_come_back_in_their_order(
    other: Collection, tmp_path: Path
) -> None:
    question = QuestionFactory(collection=other)
    for text in ("First?", "Second?", "Third?"):
        ProbeFactory(question=question, position=4, text=text)
    files = exported()
    assert rebuilt(files, tmp_path / "pack", "other") == files
    assert [*Probe.objects.values_list("text", flat=True)] == ["First?", "Second?", "Third?"]


def test_only_what_is_published_is_written_and_named(other: Collection) -> None:
    secret = RoleFactory(collection=other, slug="secret", status=Status.DRAFT)
    LadderFactory(collection=other, slug="ladder", role=secret)
    RoleMove.objects.create(
        from_role=secret, to_role=RoleFactory(collection=other, slug="open"), kind="lateral"
    )
    assert b"secret" in b"".join(exported().values())
    published = exported(drafts=False)
    assert b"secret" not in b"".join(published.values())
    assert b"open" in published["roles.csv"]
    assert b"ladder" in published["ladders.csv"]


def test_rows_of_other_collections_are_named_by_them(other: Collection) -> None:
    home = RoleFactory(slug="tpm")
    LadderFactory(collection=other, slug="ladder", role=home)
    assert f",{home.collection.slug}:tpm,".encode() in exported()["ladders.csv"]
    assert "roles.csv" not in exported()


def test_of_the_bands_only_those_are_written_that_it_uses(other: Collection) -> None:
    used, _ = BandFactory(slug="senior"), BandFactory(slug="entry")
    LevelFactory(ladder=LadderFactory(collection=other), band=used)
    assert exported()["bands.csv"].count(b"\n") == 2
    assert b"senior" in exported()["bands.csv"]


def test_the_order_of_the_rows_does_not_depend_on_when_they_were_made(other: Collection) -> None:
    RoleFactory(collection=other, slug="b", position=1)
    RoleFactory(collection=other, slug="c", position=0)
    RoleFactory(collection=other, slug="a", position=1)
    slugs = [line.split(b",")[0] for line in exported()["roles.csv"].splitlines()[1:]]
    assert slugs == [b"c", b"a", b"b"]
    assert Role.objects.count() == 3


def test_bands_that_a_pack_contained_are_exported_although_no_level_uses_them(
    tmp_path: Path,
) -> None:
    files = {
        "pack.yml": MANIFEST.encode(),
        "bands.csv": b"id,title\nsenior,Senior\nlead,Lead\n",
    }
    assert b"Senior" in rebuilt(files, tmp_path / "pack", "other")["bands.csv"]
    Band.objects.filter(slug="senior").delete()
    BandFactory(slug="entry")
    assert exported()["bands.csv"].decode().splitlines()[1:] == ["lead,Lead,,0"]
