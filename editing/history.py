"""History in the admin: saves can be taken back, deletions recovered, one row at a time."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from functools import partial
from http import HTTPStatus
from typing import Any

import reversion
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import NestedObjects, quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from reversion.admin import VersionAdmin
from reversion.errors import RevertError
from reversion.models import Version

from content.change_tracking import mark_outdated, without_edit_date
from content.models import TitleHistoryMixin
from editing.cut_moments import restore_digits
from editing.left_out_parts import obstacles_to
from editing.lost_links import (
    Deleted,
    Outcome,
    absent_rows,
    links_lost_with,
    note_links,
    restore_links,
    without_lost_targets,
)
from editing.overtaking import FORMER_STATE, state_of
from editing.prepared_writes import write_prepared
from editing.row_locks import lock_rows
from editing.unsaved import RESTORE
from editing.unshown_parts import taken_back, unshown_parts
from editing.write_lock import forget_messages, save

ORIGINAL = "As it was before the first change here."
STAYING = "These stay and lose their link to what is deleted; recovering it restores the link:"
REFUSED = "This version cannot be brought back:"
OVERTAKEN = (
    "Somebody else has changed or deleted “{}” since you opened this page. Look at it once more, "
    "and save again if this version is to be brought back all the same."
)
RECOVERED = "“{}” is not deleted any more: somebody has recovered it. Nothing was changed."
TYPED = "What you typed is in the form below, and is not saved yet."
UNSHOWN = "This page does not show all that goes back with this version: {}."
#: The state of what is not stored.
DELETED = "deleted"
UNKNOWN = "something it stands on is gone, or stands on what it lacks."


#: Where the revision of a form that was sent is begun, as soon as it is saved.
_revision: ContextVar[ExitStack | None] = ContextVar("revision", default=None)


class HistoryAdmin(VersionAdmin):
    """An admin whose rows have a history, each row its own."""

    history_latest_first = True

    @contextmanager
    def create_revision(self, request: HttpRequest) -> Iterator[None]:
        if request.method != "POST":  # a form that is only read takes no write lock
            yield
            return
        with super().create_revision(request):
            yield

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Without the parent's one revision around all rows of an action.

        To revert one would revert them all.
        """
        context = {"has_change_permission": self.has_change_permission(request)} | (
            extra_context or {}
        )
        return super(VersionAdmin, self).changelist_view(request, context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().add_view, request, form_url, extra_context)
        return save(request, view) if request.method == "POST" else view()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Without the parent's revision around all of it.

        Ours begins where a form that was checked is saved.
        """
        view = partial(
            super(VersionAdmin, self).change_view, request, object_id, form_url, extra_context
        )
        if request.method != "POST":
            return view()

        def answer() -> HttpResponse:
            with ExitStack() as revision:
                token = _revision.set(revision)
                try:
                    return view()
                finally:
                    _revision.reset(token)

        return save(request, answer)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        revision = _revision.get()
        if change and revision is not None:
            for row in self.originals(request, obj):
                self.ensure_first_version(row)
            revision.enter_context(self.create_revision(request))
        # What its parts change dates the row as well.
        with without_edit_date() if change and not form.has_changed() else nullcontext():
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        is_changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        with nullcontext() if is_changed else without_edit_date():
            super().save_related(request, form, formsets, change)

    def originals(self, request: HttpRequest, row: Model) -> Iterator[Model]:
        """The rows that a save is about to change, as they are stored."""
        yield self.model._base_manager.get(pk=row.pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.get_object(request, unquote(object_id)) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return super().history_view(request, object_id, extra_context)

    def revision_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._own_version(version_id)
        return super().revision_view(request, object_id, version_id, extra_context)

    def recover_view(
        self, request: HttpRequest, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._own_version(version_id)
        return super().recover_view(request, version_id, extra_context)

    def get_deleted_objects(
        self, objs: Iterable[Model], request: HttpRequest
    ) -> tuple[list[Any], dict[Any, int], set[Any], list[Any]]:
        """Rows that stay and lose a link are named.

        The rows of many-to-many tables, which have no names, are not.
        """
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        lost = list(links_lost_with(deleted_with(objs)))
        links = {
            row: f"{capfirst(row._meta.verbose_name)}: {row} ({each.verbose_name})"
            for row, each, _ in lost
        }
        tables = {
            f"{capfirst(each.remote_field.through._meta.verbose_name)}: "
            for _, each, _ in lost
            if each.many_to_many
        }
        named = _without(deleted, tuple(tables))
        return (
            [*named, *([STAYING, list(links.values())] if links else [])],
            counts,
            forbidden,
            protected,
        )

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        keep_whole(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            keep_whole(request, row)
        super().delete_queryset(request, queryset)

    def _own_version(self, version_id: str) -> None:
        """The parent takes any version of any model, whatever the user may do with that model."""
        get_object_or_404(Version.objects.get_for_model(self.model), pk=version_id)

    def ensure_first_version(self, row: Model | None) -> None:
        """What was there before the first change here, e.g. from a pack, can come back too."""
        ensure_first_version(row)

    def _reversion_revisionform_view(
        self,
        request: HttpRequest,
        version: Version,
        template_name: Any,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The parent's view without its muting of signals.

        That makes every thread of the server deaf meanwhile.

        The version is brought back even to be shown only, so it is worked out as a long change is.
        """
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        try:
            return write_prepared(
                lambda: self._brought_back(request, version, template_name, extra_context),
                lambda response: response.status_code == HTTPStatus.FOUND,
            )
        except (RevertError, ProtectedError, RestrictedError, IntegrityError):
            messages.error(request, " ".join([REFUSED, *(obstacles_to(version) or [UNKNOWN])]))
            changelist = self._address("changelist")
            filters = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
            return HttpResponseRedirect(add_preserved_filters(filters, changelist))

    def _brought_back(
        self,
        request: HttpRequest,
        version: Version,
        template_name: Any,
        extra_context: dict[str, Any] | None,
    ) -> HttpResponse:
        """The answer of the form of a row as it was then; it is saved if this is a redirect."""
        forget_messages(request)
        former, state = self._former(request, version)
        context = {FORMER_STATE: state} | (extra_context or {})
        if former is not None and context.get("recover"):
            return self._recovered_elsewhere(request, former)
        is_save = request.method == "POST" and RESTORE not in request.POST
        if is_save and request.POST.get(FORMER_STATE) != state:
            return self._refused(request, OVERTAKEN.format(version), request.path)
        shown = self._shown_of_parts(request, former) if former else {}
        before = unshown_parts(former, shown) if former else {}
        with without_lost_targets(version) as lost:
            restored = absent_rows(version.revision)
            self.bring_back(version)
        if (
            former is not None
        ):  # its form shows what was brought back, so sending it as it is changes nothing more
            restore_digits(former)
            mark_outdated(self.model, [former.pk])
        links = restore_links(restored)
        response = self.form_of(request, version, context)
        if former and (names := taken_back(before, unshown_parts(former, shown), shown)):
            self.message_user(request, UNSHOWN.format(names), messages.WARNING)
        if response.status_code != HTTPStatus.FOUND:
            response.template_name = template_name
            return response.render()
        _keep_names_of(former)
        self._tell_of_links(request, Outcome(links.made, lost.failed + links.failed))
        return response

    def _recovered_elsewhere(self, request: HttpRequest, former: Model) -> HttpResponse:
        """The form of a row that someone else has recovered, with what was typed here."""
        address = self._address("change", former.pk)
        message = RECOVERED.format(former)
        if request.method == "POST":
            request.POST = request.POST.copy()
            request.POST[RESTORE] = "1"
            form = self.changeform_view(request, str(former.pk), address)
            if isinstance(form, TemplateResponse) and _is_changed(form):
                self.message_user(request, f"{message} {TYPED}", messages.WARNING)
                return form.render()
        return self._refused(request, message, address)

    def _former(self, request: HttpRequest, version: Version) -> tuple[Model | None, str]:
        """What a version would replace, if anything.

        With it goes what tells whether somebody has written it since.
        """
        rows = self.model._base_manager.filter(pk=version.object_id)
        if request.method == "POST" and (former := rows.first()):
            lock_rows(self.rows_of_form(request, former))
        former = rows.first()
        return former, state_of(self.rows_of_form(request, former)) if former else DELETED

    def _shown_of_parts(self, request: HttpRequest, row: Model) -> dict[type[Model], set[str]]:
        """By model, the fields of parts that the page of a row shows."""
        shown: dict[type[Model], set[str]] = {}
        for formset, _ in self.get_formsets_with_inlines(request, row):
            shown.setdefault(formset.model, set()).update(formset.form.base_fields)
        return shown

    def rows_of_form(self, request: HttpRequest, row: Model) -> Iterator[QuerySet[Any]]:
        """The row and its parts, as they are stored."""
        yield self.model._base_manager.filter(pk=row.pk)
        for formset, _ in self.get_formsets_with_inlines(request, row):
            yield formset.model._base_manager.filter(**{formset.fk.name: row.pk})

    def _address(self, page: str, *keys: Any) -> str:
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}", args=keys
        )

    def _refused(self, request: HttpRequest, reason: str, address: str) -> HttpResponse:
        self.message_user(request, reason, messages.WARNING)
        return HttpResponseRedirect(address)

    def _tell_of_links(self, request: HttpRequest, links: Outcome) -> None:
        if links.success:
            self.message_user(request, links.success, messages.SUCCESS)
        if links.failure:
            self.message_user(request, links.failure, messages.WARNING)

    def bring_back(self, version: Version) -> None:
        """Revert the whole revision, and find out now whether the rest bears it.

        At the end of the transaction it would be too late.

        :raises IntegrityError: if a row that it points at is gone.
        """
        version.revision.revert(delete=True)
        models = {each._model for each in version.revision.version_set.all()}
        connection.check_constraints([model._meta.db_table for model in models])

    def form_of(
        self, request: HttpRequest, version: Version, context: dict[str, Any] | None
    ) -> HttpResponse:
        """The answer of the form of a row that was brought back."""
        with self.create_revision(request):
            response = self.changeform_view(
                request, quote(version.object_id), request.path, context
            )
            if reversion.is_active():
                moment = date_format(localtime(version.revision.date_created), "DATETIME_FORMAT")
                reversion.set_comment(f"Back to the version of {moment}.")
        return response


def ensure_first_version(row: Model | None) -> None:
    """Keep a row that has no history yet as it is now."""
    if row and not Version.objects.get_for_object(row).exists():
        with reversion.create_revision():
            reversion.set_comment(ORIGINAL)
            reversion.add_to_revision(row)


def keep_whole(request: HttpRequest, row: Model) -> None:
    """Keep a row with all that goes with it, so that its deletion can be taken back."""
    deleted = deleted_with([row])
    with reversion.create_revision():
        reversion.set_user(request.user)
        reversion.set_comment("Before it was deleted.")
        for model, parts in deleted.items():
            for part in parts if reversion.is_registered(model) else ():
                reversion.add_to_revision(part)
    note_links(Version.objects.get_for_object(row).first().revision, deleted)


def deleted_with(rows: Iterable[Model]) -> Deleted:
    """These rows and all that is deleted with them."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(list(rows))
    return collector.data


def _is_changed(response: TemplateResponse) -> bool:
    """Whether the form on this page differs from what is stored."""
    context = response.context_data or {}
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    return any(form.has_changed() for form in (context["adminform"].form, *formsets))


def _without(lines: list[Any], beginnings: tuple[str, ...]) -> list[Any]:
    """Nested lines without those that begin so."""
    kept = []
    for line in lines:
        if isinstance(line, list):
            kept.append(_without(line, beginnings))
        elif not beginnings or not str(line).startswith(beginnings):
            kept.append(line)
    return kept


def _keep_names_of(former: Model | None) -> None:
    """A row that got older names back is still found by the later ones."""
    row = former.stored() if isinstance(former, TitleHistoryMixin) else None
    if row and row.remember(former, row.names):
        row.add_former_titles(*former.former_titles.splitlines())
        row.save()
