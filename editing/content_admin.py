"""What every admin page of content does.

It keeps what was typed, tells of conflicts, and writes one recorded change.
"""

from functools import partial
from typing import Any, ClassVar

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Max, Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from reversion.models import Version

from editing.conflicts import conflict_of, kept_of
from editing.fields import FieldsMixin, is_key, text_fields
from editing.forms import EditForm
from editing.history import HistoryAdmin
from editing.merging import Snapshot
from editing.row_locks import lock_rows
from editing.unsaved import UnsavedMixin
from editing.write_lock import lock_to_write, save


class StrictLookups(admin.ModelAdmin):
    """A change list whose address can ask for what its filters offer, and for nothing else."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A pattern from the address could make the database choke."""
        offered = {
            "pk__in",
            *(each for each in self.get_list_filter(request) if isinstance(each, str)),
        }
        path, _, kind = lookup.rpartition("__")
        path = path.removesuffix("__id")
        simple = kind in {"exact", "isnull", "in"} and path in offered
        return (simple or lookup in offered) and super().lookup_allowed(lookup, value, request)


class ContentAdmin(SortableAdminBase, FieldsMixin, UnsavedMixin, StrictLookups, HistoryAdmin):
    """The admin of everything that editors write.

    Its forms keep what was typed, tell of conflicts, and write inside one recorded change; every
    save can be taken back, and what was deleted can be recovered.
    """

    form = EditForm
    formfield_overrides = text_fields(markdown_rows=8, plain_rows=3)
    list_per_page = 50
    save_on_top = True
    #: The relation to what a row is a part of, for the position of a new one.
    whole: ClassVar[str] = ""

    class Media:
        js = ("js/admin-access.js",)

    def doubts_about(self, row: Any) -> list[str]:
        """Why an editor should think again before this row is published, each in a sentence."""
        return []

    def is_addressed(self, obj: Any) -> bool:
        """Whether the address of this row is, or was, known to visitors."""
        return bool(obj and getattr(obj, "published_at", None))

    def frozen(self, request: HttpRequest, obj: Any) -> list[str]:
        """Fields that make the address, which does not change once visitors know it."""
        return ["slug"] if self.is_addressed(obj) else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [
            *super().get_readonly_fields(request, obj),
            *self.frozen(request, obj),
            *self._imported(request),
        ]

    def _imported(self, request: HttpRequest) -> list[str]:
        """What ties a row to its import; a superuser may mend the tie."""
        if not hasattr(self.model, "external_id"):
            return []
        return ["extra"] if request.user.is_superuser else ["external_id", "extra"]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, tuple[str, ...]]:
        has_slug = any(field.name == "slug" for field in self.model._meta.fields)
        return {"slug": ("title",)} if has_slug and not self.is_addressed(obj) else {}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        whole = initial.get(self.whole, "")
        if is_key(whole):
            rows = self.model._default_manager.filter(**{self.whole: whole})
            initial["position"] = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
        return initial

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """On a post, the row as it is when all other writers of it are done."""
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        lock_rows(self.rows_of_form(request, row))
        return self.model._base_manager.filter(pk=row.pk).first()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return view()
        key = unquote(object_id or "")
        is_deleted = is_key(key) and super().get_object(request, key) is None
        recovery = self._recovery(request, key) if is_deleted else None
        return recovery or save(request, view)

    def _recovery(self, request: HttpRequest, key: str) -> HttpResponse | None:
        """The way to the deleted row, without whose form nobody sees again what was typed into it.

        :returns: None if this user cannot recover it.
        """
        version = Version.objects.get_deleted(self.model).filter(object_id=key).first()
        if version is None or not (
            self.has_add_permission(request) and self.has_change_permission(request)
        ):
            return None
        # The part that is hidden is shown by `admin-unsaved.js` if it is true.
        message = format_html(
            "“{}” was deleted since you opened its form, so nothing was saved. "
            "You can recover it here."
            '<span data-unsaved-path="{}" hidden> What you typed is kept in this browser, '
            "and is put back when you open the form of the recovered row.</span>",
            version.object_repr,
            request.path,
        )
        self.message_user(request, message, messages.WARNING)
        return HttpResponseRedirect(self._address("recover", version.pk))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The first write of a form, after all of it was read and checked."""
        lock_to_write(self.rows_of_form(request, obj) if change else [])
        super().save_model(request, obj, form, change)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().delete_view, request, object_id, extra_context)
        return save(request, view) if request.method == "POST" else view()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().changelist_view, request, extra_context)
        return save(request, view) if request.method == "POST" else view()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if kept := kept_of(form, formsets):
            text = (
                "Somebody else changed this since you opened the form, and their changes stay: "
                f"{', '.join(kept)}."
            )
            self.message_user(request, text, messages.INFO)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["conflict"] = conflict_of(form, formsets)
        if form.instance.pk:
            context["edit_state"] = Snapshot.of(form, formsets).signed(form.instance)
        return super().render_change_form(request, context, **kwargs)
