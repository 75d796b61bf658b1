"""The live preview of Markdown that text areas of the admin ask for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from content.fields import MARKDOWN_LENGTH
from content.markdown import render_markdown


@require_POST
@csrf_protect
@never_cache
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The posted `source` as visitors would see it, as a fragment of HTML."""
    if not (request.user.is_active and request.user.is_staff):
        raise PermissionDenied
    source = request.POST.get("source", "")
    if len(source) > MARKDOWN_LENGTH:
        message = f"The text has {len(source)} characters; the limit is {MARKDOWN_LENGTH}."
        return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")
    # Past the cache, from which every half-written text would push a published one out.
    return HttpResponse(render_markdown.__wrapped__(source))
