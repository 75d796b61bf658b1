"""Makes the database of an early version fit: `manage.py add_missing_columns`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from tpm_portal.schema import schema_refusal
from tpm_portal.schema_additions import CannotBeAdded, add_missing_parts


class Command(BaseCommand):
    """See `tpm_portal.schema_additions`."""

    help = (
        "Adds the tables, columns and constraints that an early version of the portal did not make."
    )
    # The check of the tables refuses the very databases that this command is for.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = add_missing_parts()
        except CannotBeAdded:
            raise CommandError(schema_refusal()) from None
        except IntegrityError as error:
            raise CommandError(
                f"Rows that are stored do not fit a new rule ({error}); nothing was changed."
            ) from error
        for text in added:
            self.stdout.write(f"Added, for {text}.")
        self.stdout.write(
            f"{len(added)} additions. Now start the portal, or run `manage.py migrate`."
        )
