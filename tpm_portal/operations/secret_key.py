"""The secret key, never made up by the settings.

It is read from SECRET_KEY or from the file SECRET_KEY_FILE names.

`python -m tpm_portal.operations.secret_key FILE` makes such a file, readable by its owner only. It
leaves an existing one as it is.
"""

import os
import secrets
import sys
from pathlib import Path

MIN_LENGTH = 50
MIN_VARIETY = 5


def make_file(path: Path) -> None:
    """Write a new key to `path`, complete or not at all.

    Its folder is the owner's alone when made here.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
    draft.rename(path)


def read(key: str, file: str) -> str:
    """The key given itself, or else the one in the file.

    :raises OSError: the file cannot be read.
    """
    return key or (Path(file).read_text().strip() if file else "")


def problem(key: str) -> str:
    """Why a portal for visitors must not start with this key; empty if it may."""
    if not key:
        return "SECRET_KEY is not set (a file that holds it can be named in SECRET_KEY_FILE)"
    if len(key) < MIN_LENGTH:
        return f"SECRET_KEY is shorter than {MIN_LENGTH} characters"
    if len(set(key)) < MIN_VARIETY:
        return "SECRET_KEY repeats a few characters"
    if key.startswith("django-insecure-"):
        return "SECRET_KEY is a published example (it starts with django-insecure-)"
    return ""


if __name__ == "__main__":
    target = Path(sys.argv[1])
    try:
        if not target.exists():
            make_file(target)
    except OSError as error:
        sys.exit(f"Cannot write the secret key ({error.filename}: {error.strerror}).")
