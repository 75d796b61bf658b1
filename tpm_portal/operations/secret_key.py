"""The secret key, which settings read from SECRET_KEY or from the file that SECRET_KEY_FILE names.

`python -m tpm_portal.operations.secret_key FILE` writes a new key to such a file, which only its
owner can read. An existing file is not changed.
"""

import os
import secrets
import sys
from pathlib import Path

MIN_LENGTH = 50
#: How many different characters a key has at least.
MIN_VARIETY = 5


def write_new_key(path: Path) -> None:
    """Write a new key to a file, completely or not at all.

    If the folder does not exist, it is created for the owner only.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
    temporary.rename(path)


def read_key(key: str, file: str) -> str:
    """The key itself if it is given, otherwise the key in the file; empty if neither is given.

    :raises OSError: if the file cannot be read.
    """
    if key or not file:
        return key
    return Path(file).read_text().strip()


def key_problem(key: str) -> str:
    """Why a public portal must not start with this key; empty if it may."""
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
            write_new_key(target)
    except OSError as error:
        sys.exit(f"Cannot write the secret key ({error.filename}: {error.strerror}).")
