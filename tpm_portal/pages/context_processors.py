"""What every page needs: navigation, footer, and its own address. Takes no queries."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

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
#: The links of the footer by part: each a title and the name of a page.
FOOTER = {
    "Explore": [
        ("Roles", "roles:role_list"),
        ("Career map", "roles:role_map"),
        ("Skills A–Z", "skills:skill_index"),
        ("Ladders", "ladders:ladder_list"),
        ("Levels across companies", "ladders:band_map"),
        ("Guides", "guides:guide_list"),
    ],
    "Tools": [
        ("Self-assessment", "assessment:assessment_choice"),
        ("Compare levels", "ladders:level_compare"),
        ("Compare roles", "roles:role_compare"),
        ("Which type of TPM?", "roles:role_choice"),
    ],
    "Interviews": [
        ("Question bank", "interviews:question_list"),
        ("Interview practice", "interviews:practice"),
        ("Loop builder", "hiring:loop_builder"),
        ("Calibration", "hiring:calibration"),
    ],
    "Data": [
        ("All questions as CSV", "question_files:question_csv"),
        ("Levels across companies as CSV", "ladders:band_map_csv"),
        ("Recent changes", "changes"),
        ("Search", "search"),
    ],
}
#: Longer addresses are not made by links or filters of the site.
MAX_ADDRESS_LENGTH = 500


class Link(NamedTuple):
    """A link of the footer."""

    title: str
    path: str


class FooterPart(NamedTuple):
    """A part of the footer with its links."""

    title: str
    links: Sequence[Link]


@cache
def footer() -> list[FooterPart]:
    """The footer of every page, with addresses that are the same for everybody."""
    parts = []
    for title, pages in FOOTER.items():
        links = [Link(link_title, reverse(name)) for link_title, name in pages]
        parts.append(FooterPart(title, links))
    return parts


def portal(request: HttpRequest) -> dict[str, object]:
    """Navigation, footer, the canonical address of the page, and the description of the site.

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
        "footer": footer(),
        "address": address if len(address) <= MAX_ADDRESS_LENGTH else "",
        "site_description": SITE_DESCRIPTION,
        "web_fonts": settings.WEB_FONTS,
    }
