"""Connects the change record with what follows it."""

from django.apps import AppConfig

from content import change_tracking


class ContentConfig(AppConfig):
    """What all content shares."""

    name = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content.base_models import ContentModel
        from content.visibility import follow_changes

        change_tracking.connect(ContentModel)
        change_tracking.followers[:] = [follow_changes]
