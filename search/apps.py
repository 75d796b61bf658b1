"""Has the index follow every change of content."""

from django.apps import AppConfig

from content import changes


class SearchConfig(AppConfig):
    """The search. Its app comes after `content`, which decides first what is live."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search.index import rebuild

        changes.followers.append(rebuild)
