"""What the pages of the admin tell the browser.

It keeps what was typed until it is saved (`admin-unsaved.js`).
"""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms.forms import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse

#: The field by which a form is sent to be drawn again with what was typed, and not to be saved.
RESTORE = "_restore"
RESTORED = "restored"
#: The field with the name that the browser gave to the form.
FORM_MARK = "form_mark"
MARK_LENGTH = 80
#: The names of the forms that were saved last in a session, which every page of the admin carries.
SAVED_FORMS = "saved_forms"
MOST_SAVED = 20


class UnsavedMixin(admin.ModelAdmin):
    """Forms whose unsaved text the browser keeps, and puts back."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last write of a form.

        The session tells the browser of it even if this answer never arrives.
        """
        super().save_related(request, form, formsets, change)
        transaction.on_commit(lambda: remember_saved(request))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if form.fields:
            is_restored = form.is_bound and form.has_error(NON_FIELD_ERRORS, RESTORED)
            context["form_state"] = (
                RESTORED if is_restored else "sent" if form.is_bound else "stored"
            )
            # What is wrong with single fields is said beside them; nobody asked to save them yet.
            if is_restored:
                context["errors"] = None
        return super().render_change_form(request, context, **kwargs)


def remember_saved(request: HttpRequest) -> None:
    """Remember in the session that the form of this request was saved."""
    mark = request.POST.get(FORM_MARK, "")
    if mark.isascii() and mark.isalnum() and len(mark) < MARK_LENGTH:
        request.session[SAVED_FORMS] = [*request.session.get(SAVED_FORMS, []), mark][-MOST_SAVED:]
