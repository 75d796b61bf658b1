"""The roof of the project: what spans all apps. It has no models."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project package as an app, for its commands, checks and templates."""

    name = "tpm_portal"

    def ready(self) -> None:
        from tpm_portal import checks  # noqa: F401
