"""The file robots.txt."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_crawlers_are_kept_out_of_the_admin_and_of_what_has_no_end_and_shown_the_sitemap(
    client: Client,
) -> None:
    response = client.get("/robots.txt")
    assert (
        response["Content-Type"] == "text/plain; charset=utf-8"
        or response["Content-Type"] == "text/plain"
    )
    assert response.text.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/suggestions/",
        "Disallow: /search/?",
        "Disallow: /interviews/builder/?",
        "Sitemap: http://testserver/sitemap.xml",
    ]
