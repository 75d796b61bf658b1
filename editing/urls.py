"""Addresses that forms of the admin ask while somebody types."""

from django.urls import path

from editing import preview

app_name = "editing"
urlpatterns = [path("admin/markdown-preview/", preview.markdown_preview, name="markdown_preview")]
