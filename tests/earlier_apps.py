"""The models as earlier migrations see them, from before the search had its own app."""

from typing import Any

from django.apps import apps

OF_THE_SEARCH = {"SearchEntry", "SearchWord"}


class EarlierApps:
    """Stands in for the apps that a function of such a migration is called with."""

    def get_model(self, app: str, name: str = "") -> Any:
        """The model as it is now, wherever it belongs; named as for `django.apps.apps`."""
        app, name = (app, name) if name else app.split(".")
        return apps.get_model("search" if name in OF_THE_SEARCH else app, name)
