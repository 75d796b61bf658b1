"""The table of contents of the site."""

from django.contrib import admin
from django.urls import include, path, register_converter

from content.converters import FileFormConverter, KeyConverter
from tpm_portal.changes import changes, changes_feed
from tpm_portal.collection_files import collection_case, collection_descriptors, collection_pack
from tpm_portal.collection_page import collection_detail
from tpm_portal.health import healthz, readyz
from tpm_portal.home import home
from tpm_portal.robots import robots
from tpm_portal.search_page import search, search_suggestions
from tpm_portal.sitemaps import sitemap

register_converter(KeyConverter, "key")
register_converter(FileFormConverter, "file_form")

urlpatterns = [
    path("", home, name="home"),
    path("", include("editing.urls")),
    path("roles/", include("roles.urls")),
    path("skills/", include("skills.urls")),
    path("", include("ladders.urls")),
    path("interviews/", include("interviews.urls")),
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

handler400 = "tpm_portal.errors.bad_request"
handler403 = "tpm_portal.errors.forbidden"
handler404 = "tpm_portal.errors.not_found"
handler500 = "tpm_portal.errors.server_error"
