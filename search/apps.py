"""Has the index follow every change of content."""

from django.apps import AppConfig

from content import change_tracking


class SearchConfig(AppConfig):
    """The search. Its app comes after `content`, which decides first what is live."""

    name = "search"

    def ready(self) -> None:
        from search.index import rebuild

        change_tracking.listeners.append(rebuild)
