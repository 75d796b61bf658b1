"""What every page needs: the main navigation, and its own address. Takes no queries."""

from django.http import HttpRequest

from content.page_cache import has_session

#: Title, name of the first page, and path of each section.
SECTIONS = [
    ("Roles", "roles:role_list", "/roles/"),
    ("Skills", "skills:skill_list", "/skills/"),
    ("Ladders", "ladders:ladder_list", "/ladders/"),
    ("Interviews", "interviews:interview_home", "/interviews/"),
    ("Guides", "guides:guide_list", "/guides/"),
]
#: Longer addresses are not made by links or filters of the site.
MAX_ADDRESS_LENGTH = 500


def portal(request: HttpRequest) -> dict[str, object]:
    """The main navigation with the section of this page, and the canonical address of the page."""
    sections = []
    for title, url_name, path in SECTIONS:
        is_current = request.path.startswith(path)
        sections.append({"title": title, "url": url_name, "path": path, "is_current": is_current})
    return {"main_navigation": sections, "address": _canonical_address(request)}


def _canonical_address(request: HttpRequest) -> str:
    """The address without unknown parameters; empty if the page is for one visitor only."""
    if request.resolver_match is None or request.method not in {"GET", "HEAD"}:
        return ""
    if has_session(request):
        return ""
    address = request.build_absolute_uri(request.get_full_path())
    return address if len(address) <= MAX_ADDRESS_LENGTH else ""
