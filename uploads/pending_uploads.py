"""Uploaded files that wait for their import, for up to an hour and only for the user who sent them.

They are stored in a private folder. The name of their folder is derived from the user, the session
and a token that only the form contains, so no one else can find them.
"""

import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from tempfile import mkdtemp

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.text import get_valid_filename

LIFETIME = timedelta(hours=1)
#: Bytes of a file name that are stored. File systems allow 255.
NAME_LENGTH = 80
PROGRESS_FILE = "progress.txt"


def new_token() -> str:
    """A random token for one form."""
    return token_urlsafe(24)


class PendingUpload:
    """The files of one form, each stored under the name of its field, and the import's progress."""

    def __init__(self, request: HttpRequest, token: str) -> None:
        owner = f"{request.user.pk} {request.session.session_key} {token}"
        self.token = token
        self.folder = _root_folder() / salted_hmac(__name__, owner, algorithm="sha256").hexdigest()
        #: The folder with the files of this request. A form that is sent twice, for example because
        #: the page was reloaded, is processed twice at the same time, each time with its own files.
        self._request_folder: Path | None = None

    def store(self, files: Mapping[str, UploadedFile]) -> None:
        """Store the files, which replace those of earlier requests with the same token."""
        delete_expired()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._request_folder = Path(mkdtemp(prefix=f"{time.time_ns()}-", dir=self.folder))
        for field, file in files.items():
            folder = self._request_folder / field
            folder.mkdir(mode=0o700)
            path = folder / _safe_name(file.name or "")
            with open(path, "xb", opener=partial(os.open, mode=0o600)) as target:
                for chunk in file.chunks():
                    target.write(chunk)

    def files(self) -> dict[str, Path]:
        """The paths of the files by field; empty if the files have expired or were discarded."""
        delete_expired()
        with suppress(FileNotFoundError):  # another request discards the files at this moment
            folder = self._request_folder or max(self.folder.glob("*/"), default=self.folder)
            return {path.parent.name: path for path in folder.glob("*/*")}
        return {}

    def discard(self) -> None:
        """Delete the files that this request stored, or else all files of the form."""
        shutil.rmtree(self._request_folder or self.folder, ignore_errors=True)

    def set_progress(self, message: str) -> None:
        """Store how far the import is, unless another request has discarded the files."""
        unfinished = self.folder / f".{PROGRESS_FILE}"
        with suppress(FileNotFoundError):
            unfinished.write_text(message, "utf-8")
            os.replace(unfinished, self.folder / PROGRESS_FILE)

    def progress(self) -> str:
        """The last message of `set_progress`, or an empty text."""
        try:
            return (self.folder / PROGRESS_FILE).read_text("utf-8")
        except OSError:
            return ""


def delete_expired() -> None:
    """Delete the expired uploads of all users."""
    oldest = time.time() - LIFETIME.total_seconds()
    for folder in _root_folder().iterdir():
        with suppress(FileNotFoundError):  # another request has deleted the folder
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _root_folder() -> Path:
    """The folder of all uploads, which is created if it does not exist."""
    folder: Path = settings.VAR_DIR / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _safe_name(name: str) -> str:
    """A name that is valid on every file system and has the suffix of the given one."""
    try:
        valid = get_valid_filename(name).encode()[-NAME_LENGTH:].decode(errors="ignore")
    except SuspiciousFileOperation:
        return "file"
    return valid.lstrip(".") or "file"
