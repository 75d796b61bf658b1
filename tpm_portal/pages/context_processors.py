"""What every page needs: the main navigation, and its own address. No queries."""

from django.http import HttpRequest

from content.page_cache import has_session

SECTIONS = [
    ("Roles", "roles:role_list", "/roles/"),
    ("Skills", "skills:skill_list", "/skills/"),
    ("Ladders", "ladders:ladder_list", "/ladders/"),
    ("Interviews", "interviews:interview_home", "/interviews/"),
    ("Guides", "guides:guide_list", "/guides/"),
]
#: What is longer was not made by a link or a filter of ours.
LONGEST_ADDRESS = 500


def portal(request: HttpRequest) -> dict[str, object]:
    """The main navigation, with the section this page is in.

    With it comes the address that a public page is known by.
    """
    sections = [
        {"title": title, "url": name, "path": path, "here": request.path.startswith(path)}
        for title, name, path in SECTIONS
    ]
    return {"main_navigation": sections, "address": _address(request)}


def _address(request: HttpRequest) -> str:
    """Without parameters that the page does not know; none where the answer is for one visitor."""
    if (
        request.resolver_match is None
        or request.method not in {"GET", "HEAD"}
        or has_session(request)
    ):
        return ""
    address = request.build_absolute_uri(request.get_full_path())
    return address if len(address) <= LONGEST_ADDRESS else ""
