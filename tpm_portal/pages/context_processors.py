"""What every page needs: the main navigation, and its own address. Takes no queries."""

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
    """The main navigation, the canonical address of the page, and the description of the site."""
    sections = []
    for title, path in SECTIONS:
        sections.append(
            {"title": title, "path": path, "aria_current": _aria_current(request, path)}
        )
    return {
        "main_navigation": sections,
        "address": _canonical_address(request),
        "site_description": SITE_DESCRIPTION,
    }


def _aria_current(request: HttpRequest, path: str) -> str:
    """The attribute of the link to a section: for its first page, for other pages, or none."""
    if request.path == path:
        return "page"
    return "true" if request.path.startswith(path) else ""


def _canonical_address(request: HttpRequest) -> str:
    """The address without unknown parameters; empty if the page is for one visitor only."""
    if request.resolver_match is None or request.method not in {"GET", "HEAD"}:
        return ""
    if has_session(request):
        return ""
    address = request.build_absolute_uri(request.get_full_path())
    return address if len(address) <= MAX_ADDRESS_LENGTH else ""
