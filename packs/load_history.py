"""The history of a load: who changed which rows, and from which file."""

from collections.abc import Iterator
from typing import Any

import reversion
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.base_user import AbstractBaseUser

from content.change_tracking import ChangedRows
from content.models import Collection
from editing.versions import ensure_first_version
from packs.history import LoadHistory
from packs.report import Report


class RecordedLoad(LoadHistory):
    """Gives every row that has a page in the admin an entry, and a version where it has a history.

    :param user: who loads it. A load by nobody in particular, on the command line, makes no
        entries, which need a user, and versions of what it changes alone; what it creates is
        counted in the record of the import.
    :param comment: what the entries and versions say.
    """

    def __init__(self, user: AbstractBaseUser | None, comment: str) -> None:
        self.user = user
        self.comment = comment
        self.begin()

    def begin(self) -> None:
        self._created: set[Any] = set()
        self._changed: set[Any] = set()

    def before_write(self, row: Any) -> None:
        for each in _edited(row):
            if each.pk and each not in self._created and each not in self._changed:
                self._changed.add(each)
                if reversion.is_registered(type(each)):
                    ensure_first_version(each)

    def created(self, row: Any) -> None:
        if admin.site.is_registered(type(row)):
            self._created.add(row)

    def end(self, collection: Collection, touched: ChangedRows, report: Report) -> None:
        created = self._created if self.user else set()
        written = {row for row in self._changed if row.pk in touched.get(type(row), ())}
        # A question set changes with the questions of its sections.
        changed = {whole for row in written for whole in _edited(row)} & self._changed
        self._log(_in_order(created - {collection}), ADDITION, self.comment)
        self._log(_in_order(changed - {collection}), CHANGE, self.comment)
        flag = ADDITION if collection in self._created else CHANGE
        self._log([collection], flag, f"{self.comment} {report.totals}")
        self._keep_versions(created | changed)

    def _keep_versions(self, rows: set[Any]) -> None:
        for row in _in_order(rows):
            # The version of a whole contains its parts.
            is_part = any(getattr(row, name) in rows for name in row.part_of)
            if reversion.is_registered(type(row)) and not is_part:
                with reversion.create_revision():
                    if self.user:
                        reversion.set_user(self.user)
                    reversion.set_comment(self.comment)
                    reversion.add_to_revision(type(row)._base_manager.get(pk=row.pk))

    def _log(self, rows: list[Any], flag: int, message: str) -> None:
        if rows and self.user:
            LogEntry.objects.log_actions(self.user.pk, rows, flag, message)


def _in_order(rows: set[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row._meta.label, row.pk))


def _edited(row: Any) -> Iterator[Any]:
    """The rows with a page in the admin where this one is edited: itself, and its whole."""
    if admin.site.is_registered(type(row)):
        yield row
    for name in row.part_of:
        if whole := getattr(row, name, None):
            yield from _edited(whole)
