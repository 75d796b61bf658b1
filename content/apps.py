"""Connects change tracking with the signals of all content and with visibility."""

from django.apps import AppConfig

from content import change_tracking


class ContentConfig(AppConfig):
    """The app of what all kinds of content share."""

    name = "content"

    def ready(self) -> None:
        from content.base_models import ContentModel
        from content.visibility import update_visibility

        change_tracking.connect(ContentModel)
        change_tracking.listeners[:] = [update_visibility]
