"""A pack in a folder, as a publisher would write it."""

from pathlib import Path
from typing import Any, Self

from content.models import Collection, LoadedRow
from file_formats.archives import write_folder
from interchange.packs import TABLES
from ladders.models import Band
from packs.exporting import export_files
from packs.import_records import row_digest
from packs.load_options import LoadOptions
from packs.loading import load_pack
from packs.pack_tables import COLLECTION
from packs.report import Report
from packs.sources import FolderPack

MANIFEST = """\
id: other
title: Other framework
publisher: Example Publisher
version: "1.0"
license: CC-BY-4.0
attribution: Example Publisher, CC BY 4.0
status: published
"""
SCALE = """\
---
title: Standard
proficiencies:
  - {id: working, title: Working}
  - {id: expert, title: Expert}
---
"""
SKILL = """\
---
title: Risk
scale: standard
descriptors:
  working: Keeps a list.
  expert: Ends the risk.
---
What it is.
"""


class Pack:
    """A folder of files written with `write`; by default, it has only a valid manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("pack.yml", MANIFEST)

    def write(self, path: str, content: str | bytes) -> Self:
        """Write a file, byte for byte."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def with_skill(self) -> Self:
        """With one scale and one skill described on it."""
        return self.write("scales/standard.md", SCALE).write("skills/risk.md", SKILL)

    def load(self, **options: Any) -> Report:
        """Load it as the command does."""
        return load_pack(FolderPack(self.folder), TABLES, LoadOptions(**options))

    def refusals(self) -> list[str]:
        """Why it is not loaded."""
        return [str(refusal) for refusal in self.load().refusals]


def counts(report: Report) -> tuple[int, int, int]:
    """How many rows a load has created, changed and left as they were."""
    assert report.refusals == []
    return report.created.total(), report.changed.total(), report.unchanged.total()


def assert_comes_back(folder: Path) -> None:
    """The only collection is exported as a pack, and imported without loss, byte for byte."""
    files = export_files(Collection.objects.get(), TABLES, drafts=True)
    assert sum(held.count(b"\n") for held in files.values()) > 100
    Collection.objects.all().delete()
    Band.objects.all().delete()
    write_folder(files, folder / "comes-back")
    report = load_pack(FolderPack(folder / "comes-back"), TABLES)
    assert (report.refusals, report.conflicts, report.unknown_files) == ([], [], [])
    assert export_files(Collection.objects.get(), TABLES, drafts=True) == files


def loaded_by_first_versions() -> None:
    """Make rows look as if they were loaded before loads recorded each cell."""
    tables = {table.name: table for table in [COLLECTION, *TABLES]}
    for loaded in LoadedRow.objects.exclude(cells=""):
        table = tables[loaded.table]
        row = table.model._default_manager.get(pk=loaded.object_id)
        loaded.digest, loaded.cells = row_digest(row, table, loaded.columns.split()), ""
        loaded.save()
