"""What was imported leaves as a pack that comes back with nothing lost, whatever shape it came in."""

from pathlib import Path

import pytest
from django.core.management import call_command

from content.models import Collection
from content.packs.archives import write_folder
from content.packs.exporting import files_of
from content.packs.loading import load_pack
from content.packs.sources import FolderPack
from ladders.models import Band
from tests import frameworks
from tpm_portal.packs import TABLES

pytestmark = pytest.mark.django_db

#: Each framework, and within it what a mapping reads.
SHAPES = [
    "18f-engineering-interview-guides",
    "codecademy-engineering-competencies",
    "direct-digital-research-competencies",
    "dropbox-dbx-career-framework",
    "h5bp-front-end-interview-questions",
    "medium-snowflake",
    "monzo-progression-framework",
    "onet-29.3-subset",
    "tech-interview-handbook-behavioral",
    "uk-government-digital-and-data",
    "usds-sme-qa",
]


@pytest.mark.parametrize("name", SHAPES)
def test_a_framework_comes_back_byte_for_byte(name: str, tmp_path: Path) -> None:
    call_command("import_table", name, str(frameworks.folder(name)), "--skip-refused", verbosity=0)
    files = files_of(Collection.objects.get(), TABLES, drafts=True)
    assert sum(held.count(b"\n") for held in files.values()) > 100
    Collection.objects.all().delete()
    Band.objects.all().delete()
    write_folder(files, tmp_path / "pack")
    report = load_pack(FolderPack(tmp_path / "pack"), TABLES)
    assert (report.refusals, report.conflicts, report.strays) == ([], [], [])
    assert files_of(Collection.objects.get(), TABLES, drafts=True) == files
