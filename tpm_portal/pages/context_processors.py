"""What every page needs: the main navigation, and its own address. Takes no queries."""

from django.conf import settings
from django.http import HttpRequest

from content.page_cache import has_session

#: The description of pages that have none of their own.
SITE_DESCRIPTION = (
    "Roles, skills, career ladders and interview questions for technical program managers."
)
#: Title and path of each section.
SECTIONS = [
    ("Roles", "/roles/"),
    ("Skills", "/skills/"),
    ("Ladders", "/ladders/"),
    ("Interviews", "/interviews/"),
    ("Guides", "/guides/"),
]
#: Longer addresses are not made by links or filters of the site.
MAX_ADDRESS_LENGTH = 500


def portal(request: HttpRequest) -> dict[str, object]:
    """The main navigation, the canonical address of the page, and the description of the site.

    The address has no unknown parameters. It is empty if the page is for one visitor only.
    """
    sections = []
    for title, path in SECTIONS:
        aria_current = "true" if request.path.startswith(path) else ""
        if request.path == path:
            aria_current = "page"
        sections.append({"title": title, "path": path, "aria_current": aria_current})
    address = ""
    if request.resolver_match and request.method in {"GET", "HEAD"} and not has_session(request):
        address = request.build_absolute_uri(request.get_full_path())
    return {
        "main_navigation": sections,
        "address": address if len(address) <= MAX_ADDRESS_LENGTH else "",
        "site_description": SITE_DESCRIPTION,
        "web_fonts": settings.WEB_FONTS,
    }
