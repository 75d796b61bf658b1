"""Prepares a portal to be served: `manage.py prepare`."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.urls import reverse

from file_formats.archives import delete_abandoned_folders
from tpm_portal.operations import preparation
from tpm_portal.operations.accounts import FIRST_ACCOUNT, create_first_account
from tpm_portal.operations.web_fonts import make_web_fonts

ACCOUNT = """
The first account of this portal. Its password is shown only this once:

    name      {name}
    password  {password}
    sign in   {address}
"""


class Command(BaseCommand):
    help = (
        "Migrates the database, loads the starter content, makes the web fonts, collects static "
        "files and creates the first account, unless that has been done."
    )
    # A database that does not answer is reported alone; the checks run afterward.
    requires_system_checks: list[str] = []

    def handle(self, *args: str, **options: object) -> None:
        umask = os.umask(0o077)
        try:
            preparation.open_database()
            preparation.check_schema()
            self.check()
            self._prepare()
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename}: {error.strerror}.") from error
        except DatabaseError as error:
            reason = str(error).strip().partition("\n")[0].rstrip(".")
            raise CommandError(f"The database cannot be used: {reason}.") from error
        finally:
            os.umask(umask)

    def _prepare(self) -> None:
        delete_abandoned_folders()
        if preparation.migrate():
            self.stdout.write("The database is up to date.")
        if preparation.load_starter_pack():
            self.stdout.write("The starter content is loaded.")
        if settings.WEB_FONTS and make_web_fonts():
            self.stdout.write("The web fonts are made.")
        if not settings.DEBUG and preparation.collect_static():
            self.stdout.write("The static files are collected.")
        if settings.PLAIN_HTTP:
            self._show_account(create_first_account())

    def _show_account(self, password: str) -> None:
        if password:
            address = preparation.local_url() + reverse("admin:index")
            self.stdout.write(
                ACCOUNT.format(name=FIRST_ACCOUNT, password=password, address=address)
            )
