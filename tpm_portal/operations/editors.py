"""The Editors group.

Whoever is in it edits all content, and neither users nor what the site keeps for itself.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.apps.registry import apps as all_apps
from django.contrib.auth.management import create_permissions

from content.base_models import ContentModel

GROUP = "Editors"
APPS = frozenset({"content", "skills", "roles", "ladders", "interviews", "guides"})
ALL = ("view", "add", "change", "delete")
#: A collection takes everything in it along when it goes; redirects are made by renaming.
EXCEPTIONS = {"collection": ("view", "add", "change"), "slugredirect": ("view", "delete")}


def grant(app_config: AppConfig, using: str, apps: Apps = all_apps, **kwargs: Any) -> None:
    """After an app has been migrated, give its permissions to the group.

    Never takes away what somebody added.
    """
    if app_config.label not in APPS:
        return
    # Django makes them on the same signal, but after us.
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    try:
        groups, permissions = (
            apps.get_model("auth", "Group").objects,
            apps.get_model("auth", "Permission").objects,
        )
    except LookupError:  # the accounts are not migrated yet
        return
    group, _ = groups.using(using).get_or_create(name=GROUP)
    allowed = permissions.using(using).filter(
        content_type__app_label=app_config.label, codename__in=list(codenames(app_config))
    )
    group.permissions.add(*allowed)


def codenames(app_config: AppConfig) -> Iterator[str]:
    """The names of the permissions that editors have on this app's models.

    They have all on content, none on what serves it.
    """
    for model in app_config.get_models():
        name = model._meta.model_name or ""
        usual = ALL if issubclass(model, ContentModel) else ()
        yield from (f"{action}_{name}" for action in EXCEPTIONS.get(name, usual))
