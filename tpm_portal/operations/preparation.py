"""The steps before the portal can serve. Each leaves alone what is prepared already."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from content.models import Collection
from tpm_portal.environment import BASE_DIR, EVERY_INTERFACE
from tpm_portal.operations.health import missing_migrations
from tpm_portal.operations.schema import schema_refusal

STARTER_PACK = BASE_DIR / "tpm_portal" / "starter_pack"


def open_database() -> None:
    """Create the folder of the portal's own files if it is missing, and connect to the database.

    :raises OSError: if the folder cannot be created.
    :raises DatabaseError: if the database does not answer.
    """
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection.ensure_connection()


def check_schema() -> None:
    """
    :raises CommandError: if the tables of the database are not those of this version.
    """
    reason = schema_refusal()
    if reason:
        raise CommandError(reason)


def migrate() -> bool:
    """Apply the missing migrations; returns whether there were any."""
    if not missing_migrations():
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def load_starter_pack() -> bool:
    """Load the starter content if the portal has no content of its own; returns whether it did."""
    if Collection.objects.filter(is_home=True).exists():
        return False
    call_command("load_pack", STARTER_PACK, verbosity=0)
    return True


def collect_static() -> bool:
    """Collect the static files if any has changed since the last time; returns whether it did."""
    digest_file = settings.VAR_DIR / "static-files"
    digest = _static_files_digest()
    if digest_file.exists() and digest_file.read_text() == digest:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    digest_file.write_text(digest)
    return True


def _static_files_digest() -> str:
    """A digest of the names, sizes and times of all static files, and of how they are stored."""
    digest = sha256(settings.STATIC_STORAGE.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def local_url() -> str:
    """The address of the portal for a browser on this machine."""
    host = "127.0.0.1" if settings.HOST in EVERY_INTERFACE else settings.HOST
    if ":" in host:
        host = f"[{host}]"
    return f"http://{host}:{settings.PORT}"
