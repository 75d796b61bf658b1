"""The skills app."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """See the package's models for what it holds."""

    name = "skills"
    default_auto_field = "django.db.models.BigAutoField"
