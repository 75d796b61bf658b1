"""Packs as zip files and folders on the disk."""

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The earliest date a zip can state: the same files make the same zip whenever it is made.
DATE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files in a folder of this name, as a zip."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, held in files.items():
            member = ZipInfo(f"{folder}/{name}", DATE)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, held)
    return packed.getvalue()


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder that is new or empty.

    :raises FileExistsError: if something is in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    for name, held in files.items():
        (folder / name).write_bytes(held)


def write_zip(files: Mapping[str, bytes], path: Path) -> None:
    """Write the files as one zip, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(zipped(files, path.stem))
    os.replace(part, path)
