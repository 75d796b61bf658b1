"""Connects the change record with what follows it."""

from django.apps import AppConfig

from content import changes


class ContentConfig(AppConfig):
    """What all content shares."""

    name = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content.gate import Gated
        from content.visibility import follow_changes

        changes.connect(Gated)
        changes.followers[:] = [follow_changes]
