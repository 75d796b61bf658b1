"""Zip files and folders of packs: writing them, and unpacking zip files into temporary folders.

A process that is killed leaves its temporary folder behind, and the next start deletes it. A folder
in use is locked, and the operating system releases the lock of a process however that ends.
"""

import fcntl
import os
import shutil
import stat
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from content.availability import is_disk_full
from file_formats.errors import UnreadableFile

#: The earliest date that a zip file can state. With a constant date, the same files always make the
#: same zip file.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FOLDER_PREFIX = "tpm-portal-pack-"
#: Bytes or characters of a file that are read at once.
CHUNK_SIZE = 64 * 1024
#: Bytes of all files of a zip file after unpacking, and the number of its files.
MAX_UNPACKED_SIZE = 64 * 1024 * 1024
MAX_FILES = 20_000
#: What `ZipFile` raises for damage, unknown methods, passwords, and invalid or duplicate names.
ZIP_ERRORS = (BadZipFile, LZMAError, zlib.error, RuntimeError, EOFError, OSError, ValueError)


def zip_files(files: Mapping[str, bytes], folder: str) -> bytes:
    """A zip file with the files in a folder of this name."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            member = ZipInfo(f"{folder}/{name}", ZIP_DATE)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder that is new or empty.

    :raises FileExistsError: if the folder is not empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def write_zip(files: Mapping[str, bytes], path: Path) -> None:
    """Write the files as a zip file, which appears under its name only when it is complete."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(zip_files(files, path.stem))
    os.replace(unfinished, path)


@contextmanager
def unpacked_zip(path: Path) -> Iterator[Path]:
    """The folder in a zip file, unpacked into a temporary folder.

    :raises UnreadableFile: if the zip file is damaged or too large.
    """
    with temporary_folder() as folder:
        try:
            with ZipFile(path) as archive:
                _unpack(archive, folder)
        except ZIP_ERRORS as error:
            if is_disk_full(error):
                raise
            raise UnreadableFile(
                path.name, "neither a folder nor a valid zip file; zip the folder again"
            ) from error
        yield _top_folder(folder)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A locked folder that is deleted at the end."""
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as name, _locked(Path(name)):
        yield Path(name)


def delete_abandoned_folders() -> None:
    """Delete the temporary folders of processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        # The folder may be in use, deleted in the meantime, someone else's, or not a folder.
        with suppress(OSError), _locked(folder):
            shutil.rmtree(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock a folder against `delete_abandoned_folders`.

    :raises BlockingIOError: if another process has locked it.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _unpack(archive: ZipFile, folder: Path) -> None:
    """Write the files of a zip file and count their bytes, since the stated sizes may be false.

    :raises UnreadableFile: if the files are too many or too large, or a path is unsafe.
    """
    remaining_size = MAX_UNPACKED_SIZE
    for number, member in enumerate(archive.infolist(), start=1):
        if number > MAX_FILES:
            raise UnreadableFile(member.filename, f"more than {MAX_FILES:,} files")
        if member.is_dir():
            continue
        path = folder / _safe_path(member)
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, path.open("xb") as target:
            while chunk := source.read(CHUNK_SIZE):
                remaining_size -= len(chunk)
                if remaining_size < 0:
                    raise UnreadableFile(
                        member.filename, f"more than {MAX_UNPACKED_SIZE // 1024**2} MB unpacked"
                    )
                target.write(chunk)


def _safe_path(member: ZipInfo) -> PurePosixPath:
    """
    :raises UnreadableFile: if the path is outside the folder, or the file is a link.
    """
    path = PurePosixPath(member.filename)
    is_outside = path.is_absolute() or ".." in path.parts or "\\" in member.filename
    if is_outside or stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableFile(member.filename, "points outside the pack")
    return path


def _top_folder(folder: Path) -> Path:
    """The only folder in the given one, as most programs zip a folder, else the given one."""
    paths = [path for path in folder.iterdir() if path.name != "__MACOSX"]
    if len(paths) == 1 and paths[0].is_dir():
        return paths[0]
    return folder
