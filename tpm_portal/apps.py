"""The roof of the project: what spans all apps. It has no models."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    """The project package as an app, for its commands, checks and templates."""

    name = "tpm_portal"

    def ready(self) -> None:
        from tpm_portal import checks  # noqa: F401
        from tpm_portal.operations.editors import grant

        post_migrate.connect(grant, dispatch_uid="editors")


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's name, order and labels."""

    default_site = "tpm_portal.admin_site.PortalAdminSite"
