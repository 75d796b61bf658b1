"""Zips of packs, and the steps of an upload in the admin."""

import io
import re
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.admin_forms import FormReader
from tests.pack_files import MANIFEST, SCALE, SKILL

PACK = "/admin/load/pack/"
TABLE = "/admin/load/table/"
FILES = {"pack.yml": MANIFEST, "scales/standard.md": SCALE, "skills/risk.md": SKILL}


def zipped(files: dict[str, str]) -> bytes:
    """The files in a folder, as a zip."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"other/{name}", text)
    return packed.getvalue()


def sent(
    client: Client, address: str, content: bytes, name: str = "pack.zip", **fields: Any
) -> Any:
    """The page after the first step: the file was sent to be looked at."""
    fields = {
        "step": "send",
        "upload": FormReader(client.get(address).text).data["upload"],
    } | fields
    return client.post(address, fields | {"file": SimpleUploadedFile(name, content)})


def next_step(client: Client, page: Any, step: str, **fields: Any) -> Any:
    """The page after the next step: *look* again, or *load*."""
    data = {
        name: value
        for name, value in FormReader(page.text).data.items()
        if name != "csrfmiddlewaretoken"
    }
    return client.post(page.request["PATH_INFO"], data | {"step": step} | fields)


def words(page: Any) -> str:
    """What the page says, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
