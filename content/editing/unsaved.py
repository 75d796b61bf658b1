"""What the pages of the admin tell the browser, which keeps what was typed until it is saved (`admin-unsaved.js`)."""

from typing import Any

from django.contrib import admin, messages
from django.forms.forms import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse

#: The field by which a form is sent to be drawn again with what was typed, and not to be saved.
RESTORE = "_restore"
RESTORED = "restored"
#: The field with the name that the browser gave to the form, and how a message about its save carries that name.
FORM_MARK = "form_mark"
SAVED = "saved-form-"
MARK_LENGTH = 80


class UnsavedMixin(admin.ModelAdmin):
    """Forms whose unsaved text the browser keeps, and puts back."""

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        """A success names the form that was sent, so that the browser forgets what it kept of it."""
        mark = request.POST.get(FORM_MARK, "")
        if level == messages.SUCCESS and mark.isascii() and mark.isalnum() and len(mark) < MARK_LENGTH:
            extra_tags = f"{extra_tags} {SAVED}{mark}".strip()
        super().message_user(request, message, level, extra_tags, fail_silently)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        if not context["is_popup"] and form.fields:
            is_restored = form.is_bound and form.has_error(NON_FIELD_ERRORS, RESTORED)
            context["form_state"] = RESTORED if is_restored else "sent" if form.is_bound else "stored"
            if is_restored:  # what is wrong with single fields is said beside them; nobody asked to save them yet
                context["errors"] = None
        return super().render_change_form(request, context, **kwargs)
