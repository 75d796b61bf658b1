"""Addresses of what all content shares."""

from django.urls import path, register_converter

from content import preview, views
from content.converters import FileFormConverter, KeyConverter

register_converter(KeyConverter, "key")
register_converter(FileFormConverter, "file_form")

app_name = "content"
urlpatterns = [
    path("collections/<slug:slug>/", views.collection_detail, name="collection_detail"),
    path("admin/markdown-preview/", preview.markdown_preview, name="markdown_preview"),
]
