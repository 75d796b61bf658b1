"""The project package as an app: its commands, checks, templates and admin. It has no models."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    """The app of the whole project."""

    name = "tpm_portal"

    def ready(self) -> None:
        from tpm_portal import checks  # noqa: F401
        from tpm_portal.operations.accounts import grant_permissions

        post_migrate.connect(grant_permissions, dispatch_uid="editors")


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's name, order and labels."""

    default_site = "tpm_portal.admin_site.PortalAdminSite"


class StaticConfig(StaticFilesConfig):
    """Static files, without the sources of minified scripts of the admin, which no page loads."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "jquery.js",
        "select2.full.js",
        "xregexp.js",
        "adminsortable2.js",
    ]
