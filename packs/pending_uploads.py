"""Files that were uploaded to be looked at first: kept for an hour, for the one who sent them.

They lie in a private folder, under a name made of the user, the session and a token that only the
form knows: whoever has not all three asks for a name that is not there.
"""

import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
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
#: Bytes of a name that are kept; a file system takes 255 of them.
NAME_LENGTH = 80
SAID = "said.txt"


def new_token() -> str:
    """What only the form will know."""
    return token_urlsafe(24)


class PendingUpload:
    """The files of one form, each under the name of its field.

    With them goes what is said of them while they are read.
    """

    def __init__(self, request: HttpRequest, token: str) -> None:
        owner = f"{request.user.pk} {request.session.session_key} {token}"
        self.token = token
        self.folder = _root() / salted_hmac(__name__, owner, algorithm="sha256").hexdigest()
        #: The files that this request brought, in a folder of their own: a form that is sent twice,
        #: say because the page was reloaded meanwhile, is read twice at the same time.
        self._brought: Path | None = None

    def keep(self, files: Mapping[str, UploadedFile]) -> None:
        """Store the files; they count instead of any that were there."""
        sweep()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._brought = Path(mkdtemp(prefix=f"{time.time_ns()}-", dir=self.folder))
        for field, file in files.items():
            place = self._brought / field
            place.mkdir(mode=0o700)
            with open(place / _safe(file.name or ""), "xb", opener=_private) as kept:
                for piece in file.chunks():
                    kept.write(piece)

    def files(self) -> dict[str, Path]:
        """The files by field; empty once they are too old, or discarded."""
        sweep()
        with suppress(FileNotFoundError):  # another request has discarded them just now
            brought = self._brought or max(self.folder.glob("*/"), default=self.folder)
            return {path.parent.name: path for path in brought.glob("*/*")}
        return {}

    def discard(self) -> None:
        """Forget the files: those that this request brought, else all of the form."""
        shutil.rmtree(self._brought or self.folder, ignore_errors=True)

    def say(self, words: str) -> None:
        """Note how far it is, unless another request has discarded the files."""
        part = self.folder / f".{SAID}"
        with suppress(FileNotFoundError):
            part.write_text(words, "utf-8")
            os.replace(part, self.folder / SAID)

    def said(self) -> str:
        """How far it is."""
        try:
            return (self.folder / SAID).read_text("utf-8")
        except OSError:
            return ""


def sweep() -> None:
    """Delete all uploads that are too old, whoever sent them."""
    oldest = time.time() - LIFETIME.total_seconds()
    for folder in _root().iterdir():
        with suppress(FileNotFoundError):  # another request has swept or discarded it
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    folder: Path = settings.VAR_DIR / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _safe(name: str) -> str:
    """The name without what a disk could take for something else; its end says what the file is."""
    try:
        valid = get_valid_filename(name).encode()[-NAME_LENGTH:].decode(errors="ignore")
        return valid.lstrip(".") or "file"
    except SuspiciousFileOperation:
        return "file"
