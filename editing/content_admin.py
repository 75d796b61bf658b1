"""The base class of the admin of all content, and the actions that publish and archive rows."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

import reversion
from adminsortable2.admin import SortableAdminBase
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.text import get_text_list
from reversion.models import Version

from content import Row, Untyped
from content.base_models import Status, StatusModel
from content.text import first_names
from editing.conflicts import conflict_of, labels_changed_elsewhere
from editing.fields import FieldsMixin, is_key, text_fields
from editing.forms import RESTORED, EditForm, InlineFormSet, remember_saved
from editing.history import HistoryAdmin
from editing.merging import Snapshot
from transactions.row_locks import lock_rows
from transactions.write_lock import lock_to_write, respond_in_transaction

#: The fields that an action writes.
STATUS_FIELDS = ["status", "published_at", "updated_at"]
MAX_NAMED = 5


class StrictLookups(admin.ModelAdmin):
    """A change list that answers only the lookups that its filters offer."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuses other lookups: a pattern from the URL could be too much for the database."""
        offered = {"pk__in", *self.get_list_filter(request)}
        path, _, kind = lookup.rpartition("__")
        is_simple = kind in {"exact", "isnull", "in"} and path.removesuffix("__id") in offered
        if not is_simple and lookup not in offered:
            return False
        return super().lookup_allowed(lookup, value, request)


class ContentAdmin(SortableAdminBase, FieldsMixin, StrictLookups, HistoryAdmin):
    """The base class of the admin of everything that editors write.

    Saves of two editors are merged, and each save is one transaction that can be reverted. Deleted
    rows can be recovered. The browser stores what was typed until it is saved.
    """

    form = EditForm
    formfield_overrides = text_fields(markdown_rows=8, plain_rows=3)
    list_per_page = 50
    save_on_top = True
    #: The relation to the parent, among whose children a new row gets the last position.
    parent_field: ClassVar[str] = ""
    #: What is selected in the form of a new row, by name of the field.
    preselected: ClassVar[Mapping[str, str]] = {}

    class Media:
        js = ("js/admin-access.js",)

    def publishing_warnings(self, row: Row) -> list[str]:
        """Reasons to think again before this row is published, as sentences."""
        return []

    def has_public_url(self, obj: Row | None) -> bool:
        """Whether visitors know the URL of this row, or knew it once."""
        return bool(obj and getattr(obj, "published_at", None))

    def get_frozen_fields(self, request: HttpRequest, obj: Row | None) -> list[str]:
        """The fields that the URL is made of, if visitors know it; they cannot be changed then."""
        return ["slug"] if self.has_public_url(obj) else []

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [
            *super().get_readonly_fields(request, obj),
            *self.get_frozen_fields(request, obj),
            *self._readonly_import_fields(request),
        ]

    def _readonly_import_fields(self, request: HttpRequest) -> list[str]:
        """The fields that imports write; a superuser may correct the identifier."""
        if not hasattr(self.model, "external_id"):
            return []
        return ["extra"] if request.user.is_superuser else ["external_id", "extra"]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> dict[str, Sequence[str]]:
        if not hasattr(self.model, "slug") or self.has_public_url(obj):
            return {}
        return {"slug": ("title",)}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Untyped]:
        """Puts a new row after the last one of its parent."""
        initial: dict[str, Untyped] = dict(self.preselected)
        initial.update(super().get_changeform_initial_data(request))
        parent_key = initial.get(self.parent_field, "")
        if is_key(parent_key):
            siblings = self.model._default_manager.filter(**{self.parent_field: parent_key})
            last_position = siblings.aggregate(last=Max("position"))["last"] or 0
            initial["position"] = last_position + 1
        return initial

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """For a submitted form, locks the row and its inline rows, and reads the row again."""
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        lock_rows(self.form_querysets(request, row))
        return self.model._base_manager.filter(pk=row.pk).first()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Untyped] | None = None,
    ) -> HttpResponse:
        """Redirects to the page that recovers the row if it was deleted while its form was open."""
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return view()
        key = unquote(object_id or "")
        if is_key(key) and super().get_object(request, key) is None:
            redirect = self._redirect_to_recovery(request, key)
            if redirect:
                return redirect
        return respond_in_transaction(request, view)

    def _redirect_to_recovery(self, request: HttpRequest, key: str) -> HttpResponse | None:
        """A redirect to the page that recovers a deleted row.

        What was typed into the form of the row can be seen only in the form of the recovered row.

        :returns: None if this user cannot recover it.
        """
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            return None
        version = Version.objects.get_deleted(self.model).filter(object_id=key).first()
        if version is None:
            return None
        # `admin-unsaved.js` shows the hidden part if the browser has stored what was typed.
        message = format_html(
            "“{}” was deleted since you opened its form, so nothing was saved. "
            "You can recover it here."
            '<span data-unsaved-path="{}" hidden> What you typed is stored in this browser '
            "and will be restored when you open the form of the recovered row.</span>",
            version.object_repr,
            request.path,
        )
        self.message_user(request, message, messages.WARNING)
        return HttpResponseRedirect(self.page_url("recover", version.pk))

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """The first write of a form, after all of it was read and validated."""
        lock_to_write(self.form_querysets(request, obj) if change else [])
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: EditForm, formsets: Sequence[InlineFormSet], change: bool
    ) -> None:
        """The last write of a form.

        The session tells the browser of the save, even if the response does not arrive.
        """
        super().save_related(request, form, formsets, change)
        transaction.on_commit(partial(remember_saved, request))
        labels = labels_changed_elsewhere(form, formsets)
        if labels:
            message = (
                "Someone else changed this after you opened the form. Their changes were kept: "
                f"{', '.join(labels)}."
            )
            self.message_user(request, message, messages.INFO)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Untyped] | None = None
    ) -> HttpResponse:
        view = partial(super().delete_view, request, object_id, extra_context)
        return respond_in_transaction(request, view)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Untyped] | None = None
    ) -> HttpResponse:
        view = partial(super().changelist_view, request, extra_context)
        return respond_in_transaction(request, view)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Untyped], *args: Untyped, **kwargs: Untyped
    ) -> HttpResponse:
        """Adds what the form showed, and what someone else has changed since it was opened."""
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["conflict"] = conflict_of(form, formsets)
        if form.instance.pk:
            context["edit_state"] = Snapshot.of(form, formsets).signed(form.instance)
        if form.fields:
            context["form_state"] = _form_state(form)
        if context.get("form_state") == RESTORED:
            # Errors are shown at their fields; no one has asked to save the form yet.
            context["errors"] = None
        return super().render_change_form(request, context, *args, **kwargs)


def _form_state(form: ModelForm) -> str:
    """What `admin-unsaved.js` needs to know about the values in a form."""
    if not form.is_bound:
        return "stored"
    return RESTORED if form.has_error(NON_FIELD_ERRORS, RESTORED) else "sent"


@admin.action(description="Publish", permissions=["change"])
def publish(modeladmin: ContentAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """Also warns of rows that stay hidden because a row that they belong to is not published."""
    hidden = []
    for row in set_status(modeladmin, request, queryset, Status.PUBLISHED):
        if row.unpublished_ancestors():
            hidden.append(f"“{row}”")
    if hidden:
        names = get_text_list(first_names(hidden, MAX_NAMED), "and")
        message = f"Published, but not visible until what it belongs to is published: {names}."
        modeladmin.message_user(request, message, messages.WARNING)


@admin.action(description="Revert to draft", permissions=["change"])
def unpublish(modeladmin: ContentAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    set_status(modeladmin, request, queryset, Status.DRAFT)


@admin.action(description="Archive", permissions=["change"])
def archive(modeladmin: ContentAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    set_status(modeladmin, request, queryset, Status.ARCHIVED)


def set_status(
    modeladmin: ContentAdmin, request: HttpRequest, queryset: QuerySet, status: Status
) -> list[StatusModel]:
    """Validate and save each of these rows with a status, and report how many were changed.

    :returns: the changed rows.
    """
    changed: list[StatusModel] = []
    for row in _locked_rows(queryset):
        if row.status == status:
            continue
        try:
            _save_status(modeladmin, request, row, status)
        except ValidationError as error:
            message = f"“{row}” was not changed: {' '.join(error.messages)}"
            modeladmin.message_user(request, message, messages.ERROR)
        else:
            changed.append(row)
    opts = modeladmin.opts
    number = len(changed)
    name = opts.verbose_name if number == 1 else opts.verbose_name_plural
    level = messages.SUCCESS if changed else messages.WARNING
    modeladmin.message_user(request, f"{number} {name} changed to “{status.label}”.", level)
    return changed


def _locked_rows(queryset: QuerySet) -> QuerySet:
    """The same rows, locked, with the rows that their visibility depends on."""
    keys = list(queryset.order_by().values_list("pk", flat=True))
    rows = queryset.model._default_manager.filter(pk__in=keys)
    lock_rows([rows])
    visibility_parents = queryset.model.visibility_parents
    return rows.select_related(*visibility_parents) if visibility_parents else rows


def _save_status(
    modeladmin: ContentAdmin, request: HttpRequest, row: StatusModel, status: Status
) -> None:
    """
    :raises ValidationError: if the row is invalid, or if there are reasons not to publish it.
    """
    row.status = status
    row.full_clean()
    warnings = modeladmin.publishing_warnings(row) if status == Status.PUBLISHED else []
    if warnings:
        raise ValidationError([*warnings, "Open it to publish it anyway."])
    with reversion.create_revision():
        reversion.set_user(request.user)
        row.save(update_fields=STATUS_FIELDS)
        modeladmin.log_change(request, row, f"Status: {status.label}.")
