"""The command `check_pack`: its table, findings and waivers, and the starter pack."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content_checks.findings import RULES
from tests.pack_files import MANIFEST, Pack
from tpm_portal.environment import BASE_DIR

STARTER = BASE_DIR / "tpm_portal" / "starter_pack"
WAIVERS = BASE_DIR / "tpm_portal" / "starter_waivers.csv"
HEADER = "rule,place,text,reason\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack in which there is one thing to find."""
    return Pack(tmp_path / "pack").write("bands.csv", "id,title,summary\nmid,Mid,Leverage it.\n")


def check(pack: Path, *options: str) -> str:
    """What the command prints, if it finds nothing."""
    printed = StringIO()
    call_command("check_pack", str(pack), *options, stdout=printed)
    return printed.getvalue()


def waive(folder: Path, rows: str) -> str:
    (folder / "waivers.csv").write_text(HEADER + rows)
    return f"--waivers={folder / 'waivers.csv'}"


def test_it_names_what_it_finds_with_its_rule_and_ends_with_an_error(pack: Pack) -> None:
    printed = StringIO()
    with pytest.raises(CommandError, match=r"1 finding\."):
        call_command("check_pack", str(pack.folder), stdout=printed)
    assert "bands.csv line 2: fills with “Leverage” [filler]\n" in printed.getvalue()
    assert "no finding" in check(pack.folder, "--only=roles")


def test_nested_rows_that_are_no_rows_are_a_finding(pack: Pack) -> None:
    text = "---\ntitle: Risk\ndescriptors: 42\n---\n"
    pack.write("skills/risk.md", text)
    printed = StringIO()
    with pytest.raises(CommandError, match=r"2 findings\."):
        call_command("check_pack", str(pack.folder), stdout=printed)
    assert "skills/risk.md, descriptors: expected a list of mappings [readable]" in (
        printed.getvalue()
    )


def test_it_begins_with_how_often_each_rule_finds_something(pack: Pack) -> None:
    pack.write("bands.csv", "id,title,summary\na,A,Leverage it.\nb,B,Leverage us.\nc,C,\n")
    printed = StringIO()
    with pytest.raises(CommandError, match="3 findings"):
        call_command("check_pack", str(pack.folder), stdout=printed)
    assert printed.getvalue().splitlines()[:2] == ["      2 filler", "      1 required-parts"]


@pytest.mark.parametrize(
    ("language", "applied"),
    [("fr", False), ("de-AT", False), ("en-US", True), ("en_GB", True), ("en", True)],
)
def test_rules_that_read_english_are_left_out_of_other_languages(
    pack: Pack, language: str, applied: bool
) -> None:
    pack.write("pack.yml", f"{MANIFEST}language: {language}\n")
    if applied:
        with pytest.raises(CommandError, match=r"1 finding\."):
            check(pack.folder)
    else:
        printed = check(pack.folder)
        assert f"they check English and this pack is in “{language}”: " in printed
        assert "filler" in printed
        named = printed.partition("”: ")[2].partition(".")[0].split(", ")
        assert f"{len(RULES) - len(named)} rules applied, no finding" in printed


def test_a_waiver_with_a_reason_lets_a_finding_stand(pack: Pack, tmp_path: Path) -> None:
    waiver = waive(tmp_path, "filler,bands.csv,Leverage,It is the name of a programme.\n")
    assert "no findings, 1 waived with a reason" in check(pack.folder, waiver)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("filler,bands.csv,Leverage,\n", "line 2: a waiver needs a reason"),
        ("filler,bands.csv,Leverage,Why.\nfiller,roles,,Once.\n", r"1 finding\."),
    ],
)
def test_a_waiver_without_a_reason_and_an_idle_one_are_refused(
    pack: Pack, tmp_path: Path, rows: str, reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        check(pack.folder, waive(tmp_path, rows))


def test_waivers_with_other_columns_are_refused(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "waivers.csv").write_text("rule,reason\n")
    with pytest.raises(CommandError, match="expected the columns"):
        check(pack.folder, f"--waivers={tmp_path / 'waivers.csv'}")


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="the file is missing"):
        check(tmp_path / "none")


def test_a_file_that_cannot_be_read_is_a_finding(pack: Pack) -> None:
    pack.write("bands.csv", "id,title,summary\nmid,Mid,Fine.\n").write(
        "skills/a.md", "no front matter"
    )
    with pytest.raises(CommandError, match=r"1 finding\."):
        check(pack.folder)


def test_it_says_why_each_rule_is_one(pack: Pack, tmp_path: Path) -> None:
    waiver = waive(tmp_path, "filler,bands.csv,Leverage,It is the name of a programme.\n")
    assert "no-pay-figures: Pay ages" in check(pack.folder, waiver, "--rules")


def test_the_starter_content_passes_and_its_table_has_no_hole() -> None:
    printed = check(STARTER, f"--waivers={WAIVERS}")
    assert "no finding" in printed
    assert "risk-management" in printed
