"""The table of contents of the site."""

from django.contrib import admin
from django.urls import include, path, register_converter

from content.pages import FileFormConverter, KeyConverter
from editing.views import markdown_preview
from search.search_page import search, search_suggestions
from tpm_portal.operations.health import healthz, readyz
from tpm_portal.pages.changes import changes, changes_feed
from tpm_portal.pages.collections import (
    collection_case,
    collection_descriptors,
    collection_detail,
    collection_pack,
)
from tpm_portal.pages.home import home
from tpm_portal.pages.sitemaps import sitemap
from tpm_portal.pages.views import robots

register_converter(KeyConverter, "key")
register_converter(FileFormConverter, "file_form")

urlpatterns = [
    path("", home, name="home"),
    path("admin/markdown-preview/", markdown_preview, name="markdown_preview"),
    path("roles/", include("roles.urls")),
    path("skills/", include("skills.urls")),
    path("ladders/", include("ladders.urls")),
    path("assess/", include("assessment.urls")),
    path("interviews/", include("interviews.urls")),
    path("interviews/", include("question_files.urls")),
    path("interviews/", include("hiring.urls")),
    path("guides/", include("guides.urls")),
    path("collections/<slug:slug>/", collection_detail, name="collection_detail"),
    path("collections/<slug:slug>/pack.zip", collection_pack, name="collection_pack"),
    path("collections/<slug:slug>/case.json", collection_case, name="collection_case"),
    path(
        "collections/<slug:slug>/descriptors.csv",
        collection_descriptors,
        name="collection_descriptors",
    ),
    path("changes/", changes, name="changes"),
    path("changes.atom", changes_feed, name="changes_feed"),
    path("search/", search, name="search"),
    path("search/suggestions/", search_suggestions, name="search_suggestions"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap_part"),
    path("admin/", admin.site.urls),
]

handler400 = "tpm_portal.pages.views.bad_request"
handler403 = "tpm_portal.pages.views.forbidden"
handler404 = "tpm_portal.pages.views.not_found"
handler500 = "tpm_portal.pages.views.server_error"
