"""The URL of the Markdown preview, which scripts of the admin request while someone types."""

from django.urls import path

from editing import views

app_name = "editing"
urlpatterns = [path("admin/markdown-preview/", views.markdown_preview, name="markdown_preview")]
