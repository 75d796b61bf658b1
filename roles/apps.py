"""The roles app."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """See the package's models for what it holds."""

    name = "roles"
    default_auto_field = "django.db.models.BigAutoField"
