"""The history of rows in the admin: saves can be reverted and deletions undone, row by row."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from functools import partial
from itertools import chain

import reversion
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import ManyToManyField, Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from reversion.admin import VersionAdmin
from reversion.errors import RevertError
from reversion.models import Version

from content import Untyped
from content.change_tracking import without_edit_date
from editing.forms import EditForm, InlineFormSet
from editing.lost_links import links_lost_with, rows_deleted_with, store_lost_links
from editing.reverting import VersionPage
from editing.versions import ensure_first_version, model_of, put_out_of_the_way
from transactions.write_lock import respond_in_transaction

LINKS_HEADING = (
    "These are not deleted but lose their link to what is deleted. Recovering it restores the "
    "links:"
)

#: The nested lists of texts by which a page names what is deleted.
NestedTexts = list[Untyped]

#: The revision of a submitted form; it is begun when the row is saved.
_revision: ContextVar[ExitStack | None] = ContextVar("revision", default=None)


class HistoryAdmin(VersionAdmin):
    """An admin with a history for each row.

    A row's version contains the rows of its inlines, so that they are reverted together.
    """

    history_latest_first = True
    revision_form_template = "reversion/revision_form.html"
    recover_form_template = "reversion/recover_form.html"

    @contextmanager
    def create_revision(self, request: HttpRequest) -> Iterator[None]:
        """A revision for a submitted form; pages that only read do not take a write lock."""
        if request.method != "POST":
            yield
            return
        with super().create_revision(request):
            yield

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Skips reversion's method, which puts all rows of an action into one revision.

        Reverting one of them would revert them all.
        """
        context = {"has_change_permission": self.has_change_permission(request)}
        context.update(extra_context or {})
        return super(VersionAdmin, self).changelist_view(request, context)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        view = partial(super().add_view, request, form_url, extra_context)
        return respond_in_transaction(request, view)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Skips reversion's method, whose revision begins before the form is validated.

        The revision begins in `save_model`, after the originals have versions of their own.
        """
        view = partial(
            super(VersionAdmin, self).change_view, request, object_id, form_url, extra_context
        )

        def respond() -> HttpResponse:
            with ExitStack() as revision:
                token = _revision.set(revision)
                try:
                    return view()
                finally:
                    _revision.reset(token)

        return respond_in_transaction(request, respond)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Begins the revision, before which the originals get versions of their own."""
        revision = _revision.get()
        if change and revision is not None:
            for row in self.originals(request, obj):
                ensure_first_version(row)
            revision.enter_context(self.create_revision(request))
        # If only child rows change, saving them sets the edit date of the row as well.
        is_unchanged = change and not form.has_changed()
        with without_edit_date() if is_unchanged else nullcontext():
            super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: EditForm,
        formsets: Sequence[InlineFormSet],
        change: bool,
    ) -> None:
        """Leaves the edit date as it is if the form was sent without any change."""
        has_changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        with nullcontext() if has_changed else without_edit_date():
            super().save_related(request, form, formsets, change)

    def originals(self, request: HttpRequest, row: Model) -> Iterator[Model]:
        """The rows that the submitted form changes, as they are stored before it is saved."""
        yield self.model._base_manager.get(pk=row.pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Leaves a row that does not exist to Django's own page, which says so."""
        if self.get_object(request, unquote(object_id)) is None:
            return super(VersionAdmin, self).history_view(request, object_id, extra_context)
        return super().history_view(request, object_id, extra_context)

    def revision_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """The page to look at a version of a row and to revert the row to it."""
        version = self._get_version(version_id)
        if version.object_id != unquote(object_id):
            raise Http404
        context = {"title": f"Revert {version.object_repr}", "revert": True}
        context.update(extra_context or {})
        return self._version_page(request, version, self.revision_form_template, context)

    def recover_view(
        self, request: HttpRequest, version_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """The page to look at the last version of a deleted row and to recover the row."""
        version = self._get_version(version_id)
        if not self.has_add_permission(request):
            raise PermissionDenied
        context = {"title": f"Recover {version.object_repr}", "recover": True}
        context.update(extra_context or {})
        return self._version_page(request, version, self.recover_form_template, context)

    def _get_version(self, version_id: str) -> Version:
        """The version with this key, if it is one of a row of this admin's model."""
        return get_object_or_404(Version.objects.get_for_model(self.model), pk=version_id)

    def _version_page(
        self, request: HttpRequest, version: Version, template_name: str, context: dict[str, object]
    ) -> HttpResponse:
        """The answer of the page of a version; only who may change rows may submit its form."""
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return VersionPage(self, request, version, context).respond(template_name)

    def form_querysets(self, request: HttpRequest, row: Model) -> Iterator[QuerySet]:
        """The stored rows that the page of a row edits: the row and its inline rows."""
        yield self.model._base_manager.filter(pk=row.pk)
        for formset, _ in self.get_formsets_with_inlines(request, row):
            yield formset.model._base_manager.filter(**{formset.fk.name: row.pk})

    def page_url(self, page: str, *args: object) -> str:
        """The URL of a page of this admin, e.g. `change`."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(f"{self.admin_site.name}:{name}", args=args)

    def revert_to(self, version: Version) -> None:
        """Revert the whole revision, and check now whether all links have their targets.

        The end of the transaction would be too late.

        :raises RevertError: if another row has a unique value of a reverted row.
        :raises IntegrityError: if a row that one of the reverted rows needs is deleted.
        """
        try:
            version.revision.revert(delete=True)
        except RevertError:
            # Rows that exchanged unique values since then are in each other's way.
            put_out_of_the_way(version.revision)
            version.revision.revert(delete=True)
        models = {model_of(reverted) for reverted in version.revision.version_set.all()}
        connection.check_constraints([model._meta.db_table for model in models])

    def form_response(
        self, request: HttpRequest, version: Version, context: dict[str, object]
    ) -> HttpResponse:
        """The answer of the form of a row that was reverted; a submitted form is saved."""
        with self.create_revision(request):
            object_id = quote(version.object_id)
            response = self.changeform_view(request, object_id, request.path, context)
            if reversion.is_active():
                moment = date_format(localtime(version.revision.date_created), "DATETIME_FORMAT")
                reversion.set_comment(f"Restored the version of {moment}.")
        return response

    def get_deleted_objects(
        self, objs: Sequence[Model] | QuerySet, request: HttpRequest
    ) -> tuple[NestedTexts, dict[str, int], set[str], NestedTexts]:
        """Also names remaining rows that lose a link, and no rows of many-to-many tables.

        The latter have no names that an editor knows.
        """
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        links = {}
        table_names = set()
        for row, link, _ in links_lost_with(rows_deleted_with(objs)):
            links[row] = f"{capfirst(row._meta.verbose_name)}: {row} ({link.verbose_name})"
            if isinstance(link, ManyToManyField):
                # How Django begins the text about a row of this many-to-many table.
                table = getattr(type(row), link.name).through._meta
                table_names.add(f"{capfirst(table.verbose_name)}: ")
        named = _without_rows_of_tables(deleted, tuple(table_names))
        if links:
            named += [LINKS_HEADING, list(links.values())]
        return named, counts, forbidden, protected

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Stores a version first, from which the row can be recovered."""
        save_version_before_delete(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Stores a version of each row first, so that each can be recovered by itself."""
        for row in queryset:
            save_version_before_delete(request, row)
        super().delete_queryset(request, queryset)


def save_version_before_delete(request: HttpRequest, row: Model) -> None:
    """Store versions of a row and of all rows deleted with it, so that they can be recovered."""
    deleted = rows_deleted_with([row])
    with reversion.create_revision():
        reversion.set_user(request.user)
        reversion.set_comment("Before it was deleted.")
        for deleted_row in chain.from_iterable(deleted.values()):
            if reversion.is_registered(type(deleted_row)):
                reversion.add_to_revision(deleted_row)
    version = Version.objects.get_for_object(row).first()
    store_lost_links(version.revision, deleted)


def _without_rows_of_tables(texts: NestedTexts, table_names: tuple[str, ...]) -> NestedTexts:
    """Nested texts without those that begin with one of these names."""
    remaining: NestedTexts = []
    for text in texts:
        if isinstance(text, list):
            remaining.append(_without_rows_of_tables(text, table_names))
        elif not str(text).startswith(table_names):
            remaining.append(text)
    return remaining
