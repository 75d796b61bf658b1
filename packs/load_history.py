"""Records the history of a load: who changed which rows, and from which file."""

from collections.abc import Iterator

import reversion
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.base_user import AbstractBaseUser

from content.base_models import ContentModel
from content.change_tracking import ChangedRows
from content.models import Collection
from editing.versions import ensure_first_version
from packs.load_options import LoadHistory
from packs.report import Report


class RecordedLoad(LoadHistory):
    """Creates a log entry for every row with a page in the admin, and a version if it has versions.

    :param user: who loads the pack. Without a user, as on the command line, there are no log
        entries, since these require one, and versions only of changed rows; the import note counts
        the new ones.
    :param comment: the comment of the log entries and versions.
    """

    def __init__(self, user: AbstractBaseUser | None, comment: str) -> None:
        self.user = user
        self.comment = comment
        self.begin()

    def begin(self) -> None:
        self._created: set[ContentModel] = set()
        self._changed: set[ContentModel] = set()

    def before_write(self, row: ContentModel) -> None:
        # Parents first, since their first versions contain their parts.
        for edited_row in reversed(list(_rows_with_admin_page(row))):
            is_new = not edited_row.pk or edited_row in self._created
            if is_new or edited_row in self._changed:
                continue
            self._changed.add(edited_row)
            if reversion.is_registered(type(edited_row)):
                ensure_first_version(edited_row)

    def created(self, row: ContentModel) -> None:
        if admin.site.is_registered(type(row)):
            self._created.add(row)

    def end(self, collection: Collection, touched: ChangedRows, report: Report) -> None:
        created = self._created if self.user else set()
        changed: set[ContentModel] = set()
        for row in self._changed:
            if row.pk in touched.get(type(row), ()):
                # A question set changes with the questions of its sections.
                changed.update(_rows_with_admin_page(row))
        changed &= self._changed
        self._log(_sorted(created - {collection}), ADDITION, self.comment)
        self._log(_sorted(changed - {collection}), CHANGE, self.comment)
        flag = ADDITION if collection in self._created else CHANGE
        self._log([collection], flag, f"{self.comment} {report.totals}")
        self._create_versions(created | changed)

    def _create_versions(self, rows: set[ContentModel]) -> None:
        """Add a version of each row as it is stored, unless that of a parent contains it."""
        for row in _sorted(rows):
            is_part = any(getattr(row, name) in rows for name in row.updated_parents)
            if is_part or not reversion.is_registered(type(row)):
                continue
            with reversion.create_revision():
                if self.user:
                    reversion.set_user(self.user)
                reversion.set_comment(self.comment)
                reversion.add_to_revision(type(row)._base_manager.get(pk=row.pk))

    def _log(self, rows: list[ContentModel], flag: int, message: str) -> None:
        """Add an entry for each row to the log of the admin, which needs a user."""
        if self.user:
            LogEntry.objects.log_actions(self.user.pk, rows, flag, message)


def _sorted(rows: set[ContentModel]) -> list[ContentModel]:
    """The rows in an order that does not differ from load to load."""
    return sorted(rows, key=lambda row: (row._meta.label, row.pk))


def _rows_with_admin_page(row: ContentModel) -> Iterator[ContentModel]:
    """The rows on whose pages in the admin this one is edited: itself and its parents."""
    if admin.site.is_registered(type(row)):
        yield row
    for name in row.updated_parents:
        parent = getattr(row, name, None)
        if parent:
            yield from _rows_with_admin_page(parent)
