"""A pack is a folder, a zip of one, or rows from a converter. An invalid zip is refused."""

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from file_formats import archives
from file_formats.archives import write_folder, write_zip, zip_files
from file_formats.errors import UnreadableFile
from interchange.packs import TABLES
from packs.load_options import LoadOptions
from packs.loading import load_pack
from packs.report import Report
from packs.sources import TablesPack, open_pack
from roles.models import Role
from tests.pack_files import MANIFEST, SCALE, SKILL, Pack, counts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FILES = {
    "pack.yml": MANIFEST.encode(),
    "scales/standard.md": SCALE.encode(),
    "skills/risk.md": SKILL.encode(),
}


def zip_of(path: Path, files: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return path


def loaded(path: Path) -> Report:
    with open_pack(path) as pack:
        return load_pack(pack, TABLES)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        loaded(path)
    return str(refused.value)


@pytest.mark.parametrize("prefix", ["", "pack/", "a folder é/"])
def test_a_zip_of_a_pack_is_loaded_with_a_folder_or_without(tmp_path: Path, prefix: str) -> None:
    path = zip_of(tmp_path / "pack.zip", {prefix + name: held for name, held in FILES.items()})
    assert counts(loaded(path)) == (7, 0, 0)


def test_what_a_computer_adds_to_a_zip_does_no_harm(tmp_path: Path) -> None:
    added = {"__MACOSX/._pack.yml": b"\0", "pack/.DS_Store": b"\0", "pack/README.md": b"Read me."}
    files = {f"pack/{name}": held for name, held in FILES.items()}
    report = loaded(zip_of(tmp_path / "pack.zip", added | files))
    assert (counts(report), report.unknown_files) == ((7, 0, 0), [])


def test_files_that_belong_to_no_table_are_named(tmp_path: Path) -> None:
    pack = (
        Pack(tmp_path)
        .with_skill()
        .write("roless.csv", "id,title\na,A\n")
        .write("skills/notes.txt", "x")
    )
    assert pack.load().unknown_files == ["roless.csv", "skills/notes.txt"]
    assert "Files that belong to no table: roless.csv, skills/notes.txt." in pack.load().as_lines()


@pytest.mark.parametrize(
    "name", ["../outside.csv", "/outside.csv", "pack/../../outside.csv", "..\\outside.csv"]
)
def test_a_zip_that_leads_out_of_the_pack_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(zip_of(tmp_path / "pack.zip", FILES | {name: b"x"})).endswith(
        "points outside the pack"
    )
    assert not Role.objects.exists()


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "pack.zip", FILES)
    link = ZipInfo("roles.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(path) == "roles.csv: points outside the pack"


def test_a_zip_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zip_of(tmp_path / "pack.zip", FILES | {"roles.csv": b"a" * 200_000})
    monkeypatch.setattr(archives, "MAX_UNPACKED_SIZE", 100_000)
    assert refusal(path) == "roles.csv: more than 0 MB unpacked"
    monkeypatch.setattr(archives, "MAX_UNPACKED_SIZE", 1_000_000)
    monkeypatch.setattr(archives, "MAX_FILES", 3)
    assert refusal(path) == "roles.csv: more than 3 files"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", zip_files(FILES, "pack")[:-40]])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pack.zip").write_bytes(content)
    assert refusal(tmp_path / "pack.zip").startswith("pack.zip: neither a folder nor a valid zip")
    assert refusal(tmp_path / "none.zip") == "none.zip: the file is missing"


def test_a_broken_member_is_refused(tmp_path: Path) -> None:
    packed = bytearray(zip_files({"pack.yml": MANIFEST.encode() * 20}, "pack"))
    packed[60:70] = b"\xff" * 10
    (tmp_path / "pack.zip").write_bytes(packed)
    assert refusal(tmp_path / "pack.zip").startswith("pack.zip: neither a folder nor a valid zip")


def test_made_rows_are_loaded_and_what_could_not_be_made_is_refused() -> None:
    pack = TablesPack(
        {"id": "made", "title": "Made", "publisher": "X", "license": "MIT", "attribution": "X"},
        "x.csv",
    )
    pack.add("roles", "x.csv line 2", {"id": "lead", "title": "Lead"})
    pack.add("colors", "x.csv line 4", {"id": "red"})
    pack.add_error("roles", UnreadableFile("x.csv line 3", "has no title"))
    report = load_pack(pack, TABLES)
    assert ([*map(str, report.refusals)], report.unknown_files) == (
        ["x.csv line 3: has no title"],
        ["colors"],
    )
    assert not Role.objects.exists()
    report = load_pack(pack, TABLES, LoadOptions(skip_refused=True))
    assert (report.created, Role.objects.get().title) == ({"pack.yml": 1, "roles": 1}, "Lead")


def test_the_same_files_make_the_same_zip(tmp_path: Path) -> None:
    write_zip(FILES, tmp_path / "a.zip")
    first = (tmp_path / "a.zip").read_bytes()
    write_zip(FILES, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == first
    assert [*tmp_path.iterdir()] == [tmp_path / "a.zip"]
    with ZipFile(BytesIO(first)) as archive:
        assert {name: archive.read(f"a/{name}") for name in FILES} == FILES


def test_a_folder_with_something_in_it_is_not_written_into(tmp_path: Path) -> None:
    write_folder({"a.csv": b"id\n"}, tmp_path / "new")
    assert (tmp_path / "new/a.csv").read_bytes() == b"id\n"
    with pytest.raises(FileExistsError):
        write_folder({"b.csv": b"id\n"}, tmp_path / "new")
