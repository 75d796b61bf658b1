"""The ladders app."""

from django.apps import AppConfig


class LaddersConfig(AppConfig):
    """See the package's models for what it holds."""

    name = "ladders"
    default_auto_field = "django.db.models.BigAutoField"
