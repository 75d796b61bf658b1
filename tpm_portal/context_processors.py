"""What every page needs: the main navigation. No queries."""

from django.http import HttpRequest

SECTIONS = [
    ("Roles", "roles:role_list", "/roles/"),
    ("Skills", "skills:skill_list", "/skills/"),
    ("Ladders", "ladders:ladder_list", "/ladders/"),
    ("Interviews", "interviews:interview_home", "/interviews/"),
    ("Guides", "guides:guide_list", "/guides/"),
]


def portal(request: HttpRequest) -> dict[str, object]:
    """The main navigation, with the section this page is in."""
    sections = [
        {"title": title, "url": name, "path": path, "here": request.path.startswith(path)}
        for title, name, path in SECTIONS
    ]
    return {"main_navigation": sections}
