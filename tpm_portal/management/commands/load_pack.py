"""Loads a pack: `manage.py load_pack PATH [--dry-run] [--report json]`."""

from contextlib import AbstractContextManager
from pathlib import Path

from packs.sources import Pack, open_pack
from tpm_portal.pack_commands import LoadingCommand


class Command(LoadingCommand):
    help = (
        "Loads a pack. By default, nothing is deleted and nothing that was edited here is "
        "overwritten."
    )
    path_help = "The pack: a folder, or a zip of one."

    def opened(self, path: Path, **options: object) -> AbstractContextManager[Pack]:
        return open_pack(path)
