"""Makes a portal ready to serve: `manage.py prepare`."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.urls import reverse

from packs.archives import delete_abandoned_folders
from tpm_portal.operations import preparation

ACCOUNT = """
The first account of this portal. Its password is shown only now:

    name      {name}
    password  {password}
    sign in   {address}
"""


class Command(BaseCommand):
    """Database, starter content, static files and first account, each only where it is missing."""

    help = (
        "Migrates, loads the starter content, collects static files and makes a first account, as "
        "far as missing."
    )
    # What ends the start is said alone; the checks follow when the database has answered.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        umask = os.umask(0o077)
        try:
            preparation.open_database()
            preparation.refuse_other_schema()
            self.check()
            self._prepare()
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename}: {error.strerror}.") from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {_first_line(error)}.") from error
        finally:
            os.umask(umask)

    def _prepare(self) -> None:
        delete_abandoned_folders()
        self._say(preparation.migrate(), "The database is up to date.")
        self._say(preparation.load_starter_pack(), "The starter content is loaded.")
        if not settings.DEBUG:
            self._say(preparation.collect_static(), "The static files are collected.")
        if settings.PLAIN_HTTP:
            self._show_account(preparation.make_first_account())

    def _say(self, done: bool, sentence: str) -> None:
        if done:
            self.stdout.write(sentence)

    def _show_account(self, password: str) -> None:
        if password:
            address = preparation.address() + reverse("admin:index")
            self.stdout.write(
                ACCOUNT.format(name=preparation.FIRST_ACCOUNT, password=password, address=address)
            )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
