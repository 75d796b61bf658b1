"""The guides app."""

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """See the package's models for what it holds."""

    name = "guides"
    default_auto_field = "django.db.models.BigAutoField"
