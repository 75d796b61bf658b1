"""The commands for CASE and RSD: reports, refusals with location, and atomic writes."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.base_models import Status
from content.models import Collection
from skills.models import Skill
from tests.factories import CollectionFactory, SkillFactory
from tests.interchange.packages import item, package

pytestmark = [pytest.mark.django_db, pytest.mark.followed_at_once, pytest.mark.one_database]


def run(name: str, *arguments: object) -> str:
    """What a command prints."""
    printed = StringIO()
    call_command(name, *map(str, arguments), stdout=printed)
    return printed.getvalue()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "package.json"
    path.write_text(json.dumps(package([item(1, "Risk"), item(2, "Plans")])), "utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "skills.csv"
    path.write_text(
        "Skill Name,Contextualized Skill Statement,Authors\nRisk,Ends risks.,WGU\n", "utf-8"
    )
    return path


def test_import_case_says_what_it_did(case: Path) -> None:
    assert run("import_case", case).startswith("3 created, 0 changed, 0 unchanged.\n")
    assert run("import_case", case).startswith("0 created, 0 changed, 3 unchanged.\n")
    assert json.loads(run("import_case", case, "--report", "json"))["unchanged"] == {
        "pack.yml": 1,
        "skills": 2,
    }


def test_import_case_takes_the_options_of_all_loads(case: Path) -> None:
    assert "\n3 created" in run("import_case", case, "--dry-run")
    assert not Collection.objects.exists()
    run("import_case", case, "--collection", "mine")
    assert Collection.objects.get().slug == "mine"
    Skill.objects.filter(slug="risk").update(body="Edited.")
    case.write_text(json.dumps(package([item(1, "Risk", abbreviatedStatement="Risks")])), "utf-8")
    assert "1 left as edited here." in run("import_case", case, "--collection", "mine")
    run("import_case", case, "--collection", "mine", "--overwrite", "--retire")
    assert set(Skill.objects.values_list("title", "status")) == {
        ("Risks", "draft"),
        ("Plans", "archived"),
    }


def test_import_case_refuses_with_the_place(case: Path) -> None:
    case.write_text(json.dumps(package([item(1, "Risk"), {"identifier": 7}])), "utf-8")
    with pytest.raises(CommandError) as refused:
        run("import_case", case)
    assert str(refused.value).splitlines() == [
        "CFItems 2: identifier: expected a text, not a number",
        "1 refused; nothing was saved.",
    ]
    assert not Collection.objects.exists()
    assert (
        run("import_case", case, "--skip-refused").splitlines()[0]
        == "CFItems 2: identifier: expected a text, not a number"
    )
    assert Skill.objects.count() == 1


@pytest.mark.parametrize("name", ["import_case", "import_rsd"])
@pytest.mark.parametrize("file", ["none.json", "none.csv"])
def test_a_file_that_is_not_there_is_said_so(name: str, file: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"{file}: the file is missing"):
        run(name, tmp_path / file)


def test_import_rsd_says_what_it_did(table: Path) -> None:
    assert run("import_rsd", table, "--license", "MIT").startswith("2 created")
    assert Collection.objects.get().license == "MIT"
    assert run("import_rsd", table).startswith("0 created, 0 changed, 2 unchanged.\n")


@pytest.mark.parametrize("name", ["export_case", "export_rsd"])
def test_an_export_writes_what_is_published_unless_asked_for_more(
    name: str, tmp_path: Path
) -> None:
    collection = CollectionFactory(slug="mine")
    SkillFactory(collection=collection, title="Shown")
    SkillFactory(collection=collection, title="Hidden", status=Status.DRAFT)
    out = tmp_path / "out"
    out.write_text("older")
    run(name, "mine", out, "--site", "https://example.org/")
    text = out.read_text("utf-8")
    assert "Shown" in text
    assert "Hidden" not in text
    assert "https://example.org/" in text
    assert "https://example.org//" not in text
    run(name, "mine", out, "--drafts")
    assert "Hidden" in out.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["export_case", "export_rsd"])
def test_an_export_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    draft = CollectionFactory(slug="draft", title="Draft", status=Status.DRAFT)
    for arguments, reason in (
        (("none", tmp_path / "out"), "There is no collection “none”."),
        (("draft", tmp_path / "out"), "“Draft” is not published; use --drafts to export it."),
        (("draft", tmp_path / "no" / "out", "--drafts"), "No such file or directory"),
    ):
        with pytest.raises(CommandError, match=reason):
            run(name, *arguments)
    assert list(tmp_path.iterdir()) == []
    run(name, draft.slug, tmp_path / "out", "--drafts")
    assert (tmp_path / "out").exists()


def test_what_export_case_writes_import_case_reads(tmp_path: Path) -> None:
    SkillFactory(collection=CollectionFactory(slug="mine"), title="Risk")
    run("export_case", "mine", tmp_path / "one.json")
    Collection.objects.all().delete()
    run("import_case", tmp_path / "one.json")
    run("export_case", "mine", tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_import_rsd_has_the_license_option_in_both_spellings(table: Path) -> None:
    assert run("import_rsd", table, "--collection", "old", "--licence", "MIT")
    assert run("import_rsd", table, "--collection", "new", "--license", "MIT")
    licenses = Collection.objects.values_list("license", flat=True)
    assert list(licenses) == ["MIT", "MIT"]
