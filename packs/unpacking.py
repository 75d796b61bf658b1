"""Folders into which packs are unpacked for as long as they are read.

A process that is killed leaves its folder behind, and the next start deletes it. A folder in use is
locked, and the system releases the lock of a process that ends, however it ends.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "tpm-portal-pack-"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is deleted at the end."""
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name, _locked(Path(name)):
        yield Path(name)


def delete_abandoned_folders() -> None:
    """Delete the folders of processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # In use, deleted meanwhile, somebody else's, or no folder.
        with suppress(OSError), _locked(folder):
            shutil.rmtree(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock a folder against `delete_abandoned_folders`.

    :raises BlockingIOError: if another process uses it.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
