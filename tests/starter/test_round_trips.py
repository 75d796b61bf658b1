"""The starter content is exported and imported, as a pack and as CASE, byte for byte."""

from pathlib import Path

import pytest

from content.models import Collection
from file_formats.archives import write_folder
from interchange.packs import TABLES
from packs.loading import load_pack
from packs.sources import FolderPack
from tests.interchange import packages
from tests.packs import test_exporting as packs

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.thorough]


@pytest.mark.drawn(2, of="long round trips")
def test_as_a_pack_the_content_comes_back_byte_for_byte(tmp_path: Path) -> None:
    files = packs.exported("portal")
    write_folder(files, tmp_path / "here")
    same = load_pack(FolderPack(tmp_path / "here"), TABLES)
    assert (same.created, same.changed, same.conflicts) == ({}, {}, [])
    assert packs.rebuilt(files, tmp_path / "pack", "portal") == files


@pytest.mark.full
def test_as_a_case_package_it_comes_back_byte_for_byte() -> None:
    written = packages.export_text(Collection.objects.get(), drafts=False)
    assert len(written) > 1_000_000
    assert packages.export_again(written) == written
