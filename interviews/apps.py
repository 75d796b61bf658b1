"""The interviews app."""

from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    """See the package's models for what it holds."""

    name = "interviews"
    default_auto_field = "django.db.models.BigAutoField"
