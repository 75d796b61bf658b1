"""Everything that has to be there before the portal can serve.

Each step leaves alone what is there already.
"""

import secrets
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from content.models import Collection
from tpm_portal.environment import BASE_DIR, EVERY_INTERFACE
from tpm_portal.operations.health import missing_migrations
from tpm_portal.operations.schema import schema_refusal

STARTER_PACK = BASE_DIR / "tpm_portal" / "starter_pack"
FIRST_ACCOUNT = "editor"
#: No letters and digits that are easily taken for others: read from a screen, typed by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def open_database() -> None:
    """Make the folder of the portal's own files if need be, and see if the database answers."""
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection.ensure_connection()


def refuse_other_schema() -> None:
    """
    :raises CommandError: if the tables of the database are not those of this version; nothing was
        changed then.
    """
    if reason := schema_refusal():
        raise CommandError(reason)


def migrate() -> bool:
    """Bring the database up to date; whether there was anything to do."""
    if not missing_migrations():
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def load_starter_pack() -> bool:
    """Give a portal without content of its own the starter content; whether it needed it."""
    if Collection.objects.filter(is_home=True).exists():
        return False
    call_command("load_pack", STARTER_PACK, verbosity=0)
    return True


def collect_static() -> bool:
    """Name, compress and gather the static files; whether any had changed since the last time."""
    stamp = settings.VAR_DIR / "static-files"
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def _state_of_static_files() -> str:
    state = sha256(settings.STATIC_STORAGE.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            state.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return state.hexdigest()


def make_first_account() -> str:
    """An account for a portal that has none.

    Returns its password, which is kept nowhere, or nothing.
    """
    if User.objects.exists():
        return ""
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    User.objects.create_superuser(FIRST_ACCOUNT, password=password)
    return password


def address() -> str:
    """Where a browser on this machine finds the portal."""
    host = "127.0.0.1" if settings.HOST in EVERY_INTERFACE else settings.HOST
    return f"http://[{host}]:{settings.PORT}" if ":" in host else f"http://{host}:{settings.PORT}"
