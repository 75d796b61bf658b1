"""What crawlers are asked to leave out: the admin, and searches and loops, which never end."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from content.pages import public_page

#: Addresses with everything beneath them, and those that are left out as soon as something is asked
#: of them.
LEFT_OUT = ["admin:index", "search_suggestions"]
LEFT_OUT_WHEN_ASKED = ["search", "hiring:loop_builder"]


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in LEFT_OUT),
        *(f"Disallow: {reverse(name)}?" for name in LEFT_OUT_WHEN_ASKED),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
