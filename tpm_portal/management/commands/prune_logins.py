"""Deletes old login records: `manage.py prune_logins`."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.text import number_with_noun
from tpm_portal.operations.limits import prune_logins

DAYS = 90
MOST_DAYS = 36_500


class Command(BaseCommand):
    help = (
        "Deletes failed logins that no longer count, and login records that are older than --days."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"how long to keep records; default: {DAYS}"
        )

    def handle(self, *args: str, days: int, **options: object) -> None:
        if not 0 <= days <= MOST_DAYS:
            raise CommandError(f"--days is {days}; give a number of days from 0 to {MOST_DAYS}.")
        deleted = number_with_noun(prune_logins(timedelta(days=days)), "login record")
        self.stdout.write(f"Deleted {deleted}.")
