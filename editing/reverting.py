"""The page of a version: the form of a row as it was then, to look at and to save.

The version is reverted even if it is only shown; the transaction is rolled back then. Because that
can take long, it is prepared on a copy of the database (`prepared_writes`).
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.db import IntegrityError
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from reversion.errors import RevertError
from reversion.models import Version

from content.change_tracking import mark_outdated
from content.models import TitleHistoryMixin
from editing.forms import RESTORE
from editing.later_content import LaterContent
from editing.lost_links import RestoredLinks, absent_rows, restore_links, without_lost_targets
from editing.unshown_children import ShownFields, describe_changes, unshown_children
from editing.versions import (
    obstacles_to,
    restore_publication_microseconds,
    without_taken_values,
)
from transactions.prepared_writes import write_prepared
from transactions.row_locks import VERSION_TOKEN_FIELD, lock_rows, version_token
from transactions.write_lock import discard_new_messages

if TYPE_CHECKING:
    from editing.history import HistoryAdmin

REFUSED = "This version cannot be restored:"
UNKNOWN_OBSTACLE = "something it depends on is missing."
OUTDATED = (
    "Someone else has changed or deleted “{}” since you opened this page. Check it, then save "
    "again if you still want to restore this version."
)
RECOVERED = "“{}” is no longer deleted: someone has recovered it. Nothing was changed."
TYPED = "What you typed is in the form below. It is not saved yet."
UNSHOWN = "Restoring this version also restores parts that this page does not show: {}."
LATER = "This version was stored before these existed, so they stay as they are now: {}."
#: The version token of a row that is not stored.
DELETED = "deleted"


@dataclass
class VersionPage:
    """The answer to one request for the page of a version."""

    admin: "HistoryAdmin"
    request: HttpRequest
    version: Version
    #: Variables of the template; `recover` is true for a deleted row.
    context: dict[str, object]

    def respond(self, template_name: str) -> HttpResponse:
        """The form of the row as it was then, or a redirect after it was saved or refused."""

        def revert() -> HttpResponse:
            return self._revert(template_name)

        try:
            return write_prepared(revert, _is_redirect)
        except (RevertError, ProtectedError, RestrictedError, IntegrityError):
            obstacles = obstacles_to(self.version) or [UNKNOWN_OBSTACLE]
            messages.error(self.request, " ".join([REFUSED, *obstacles]))
            filters = self.admin.get_preserved_filters(self.request)
            context = {"preserved_filters": filters, "opts": self.admin.opts}
            changelist_url = self.admin.page_url("changelist")
            return HttpResponseRedirect(add_preserved_filters(context, changelist_url))

    def _revert(self, template_name: str) -> HttpResponse:
        """Revert the version and answer with its form; a redirect if everything was saved."""
        discard_new_messages(self.request)
        stored_row, token = self._stored_row()
        if stored_row is not None and self.context.get("recover"):
            return self._recovered_elsewhere(stored_row)
        if self._is_outdated(token):
            return self._refuse(OUTDATED.format(self.version), self.request.path)
        shown = self._shown_fields(stored_row)
        before = unshown_children(stored_row, shown) if stored_row is not None else {}
        links = self._revert_rows(stored_row)
        form_context = {VERSION_TOKEN_FIELD: token} | self.context
        response = self.admin.form_response(self.request, self.version, form_context)
        if stored_row is not None:
            after = unshown_children(stored_row, shown)
            self._warn_of_unshown_changes(describe_changes(before, after, shown))
        if _is_redirect(response):
            _add_later_names(stored_row)
            self._add_link_messages(links)
        elif isinstance(response, TemplateResponse):
            response.template_name = template_name
            response.render()
        return response

    def _is_outdated(self, token: str) -> bool:
        """Whether someone else has written the row since the submitted form was opened."""
        data = self.request.POST
        is_save = self.request.method == "POST" and RESTORE not in data
        return is_save and data.get(VERSION_TOKEN_FIELD) != token

    def _stored_row(self) -> tuple[Model | None, str]:
        """The row that the version would replace, and its token; see `version_token`."""
        rows = self.admin.model._base_manager.filter(pk=self.version.object_id)
        row = rows.first()
        if self.request.method == "POST" and row is not None:
            lock_rows(self.admin.form_querysets(self.request, row))
            row = rows.first()
        if row is None:
            return None, DELETED
        return row, version_token(self.admin.form_querysets(self.request, row))

    def _shown_fields(self, row: Model | None) -> ShownFields:
        """By model, the fields of child rows that the page of a row shows."""
        shown: dict[type[Model], set[str]] = {}
        if row is not None:
            for formset, _ in self.admin.get_formsets_with_inlines(self.request, row):
                shown.setdefault(formset.model, set()).update(formset.form.base_fields)
        return shown

    def _revert_rows(self, stored_row: Model | None) -> RestoredLinks:
        """Revert the row, and restore the lost links of rows that were deleted."""
        with (
            without_taken_values(self.version) as sentences,
            without_lost_targets(self.version) as lost,
        ):
            absent = absent_rows(self.version.revision)
            later = LaterContent.of_revision(self.version.revision)
            self.admin.revert_to(self.version)
            unchanged = later.restore()
        if unchanged:
            messages.warning(self.request, LATER.format(unchanged))
        for sentence in sentences:
            messages.warning(self.request, sentence)
        if stored_row is not None:
            # The form shows the reverted row, so saving it unchanged would not mark the row.
            restore_publication_microseconds(stored_row)
            mark_outdated(self.admin.model, [stored_row.pk])
        links = restore_links(absent)
        return RestoredLinks(links.restored, lost.failures + links.failures)

    def _recovered_elsewhere(self, row: Model) -> HttpResponse:
        """The form of a row that someone else has recovered, with what was typed here."""
        url = self.admin.page_url("change", row.pk)
        message = RECOVERED.format(row)
        if self.request.method == "POST":
            data: QueryDict = self.request.POST.copy()
            data[RESTORE] = "1"
            self.request.POST = data  # type: ignore[assignment]
            response = self.admin.changeform_view(self.request, str(row.pk), url)
            if isinstance(response, TemplateResponse) and _has_changed_form(response):
                messages.warning(self.request, f"{message} {TYPED}")
                return response.render()
        return self._refuse(message, url)

    def _refuse(self, reason: str, url: str) -> HttpResponse:
        messages.warning(self.request, reason)
        return HttpResponseRedirect(url)

    def _warn_of_unshown_changes(self, changes: str) -> None:
        if changes:
            messages.warning(self.request, UNSHOWN.format(changes))

    def _add_link_messages(self, links: RestoredLinks) -> None:
        """Tell the editor which links were restored and which were not."""
        if links.success_message:
            messages.success(self.request, links.success_message)
        if links.failure_message:
            messages.warning(self.request, links.failure_message)


def _is_redirect(response: HttpResponse) -> bool:
    return response.status_code == HTTPStatus.FOUND


def _has_changed_form(response: TemplateResponse) -> bool:
    """Whether the form on this page differs from what is stored."""
    context = response.context_data or {}
    if context["adminform"].form.has_changed():
        return True
    return any(inline.formset.has_changed() for inline in context["inline_admin_formsets"])


def _add_later_names(former: Model | None) -> None:
    """Store the names that a reverted row had before as former names, so that they still work."""
    if not isinstance(former, TitleHistoryMixin):
        return
    row = former.stored_row()
    if row and row.record_former_names(former, row.name_fields):
        row.add_former_titles(*former.former_titles.splitlines())
        row.save()
