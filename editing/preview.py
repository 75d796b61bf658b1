"""The live Markdown preview of the admin.

A text area knows where to ask, and a view answers editors.
"""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from content.fields import MARKDOWN_LENGTH
from content.markdown import render_markdown


class MarkdownWidget(AdminTextareaWidget):
    """A text area with its preview beside it; without scripts it is the text area alone."""

    class Media:
        js = ("js/admin-preview.js",)

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-preview-url": reverse("editing:markdown_preview")}


@require_POST
@csrf_protect
@never_cache
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The posted `source` as visitors would see it, as a fragment of HTML."""
    if not (request.user.is_active and request.user.is_staff):
        raise PermissionDenied
    source = request.POST.get("source", "")
    if len(source) > MARKDOWN_LENGTH:
        message = (
            f"The text has {len(source)} characters; {MARKDOWN_LENGTH} are the most that can be "
            "saved."
        )
        return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")
    # Not remembered: every half-written text would push a published one out of the memo.
    return HttpResponse(render_markdown.__wrapped__(source))
