"""The first account, and the group of editors.

Editors may change all content and nothing else, such as accounts.
"""

from collections.abc import Iterator

from django.apps import AppConfig
from django.apps.registry import Apps
from django.apps.registry import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import User
from django.utils.crypto import get_random_string

from content.base_models import ContentModel

FIRST_ACCOUNT = "editor"
#: Letters and digits that are not easily confused: people type the password from a screen.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
#: A password has so many groups of so many characters.
GROUPS, GROUP_LENGTH = 4, 5
GROUP = "Editors"
APPS = frozenset({"content", "search", "skills", "roles", "ladders", "interviews", "guides"})
ALL_ACTIONS = ("view", "add", "change", "delete")
#: Models with other permissions. Deleting a collection would delete everything in it, and only
#: renaming a row adds a redirect.
EXCEPTIONS = {"collection": ("view", "add", "change"), "slugredirect": ("view", "delete")}


def create_first_account() -> str:
    """Create an account for a portal that has none.

    :returns: its password, which is stored nowhere in plain text; empty if there was an account.
    """
    if User.objects.exists():
        return ""
    groups = [get_random_string(GROUP_LENGTH, ALPHABET) for _ in range(GROUPS)]
    password = "-".join(groups)
    User.objects.create_superuser(FIRST_ACCOUNT, password=password)
    return password


def grant_permissions(
    app_config: AppConfig, using: str, apps: Apps = all_apps, **kwargs: object
) -> None:
    """Give the group the permissions of an app that was migrated; a receiver of `post_migrate`.

    Permissions that someone added are not removed.
    """
    if app_config.label not in APPS:
        return
    # Django creates them on the same signal, but later.
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:  # the accounts are not migrated yet
        return
    group, _ = groups.get_or_create(name=GROUP)
    allowed = permissions.filter(
        content_type__app_label=app_config.label, codename__in=list(codenames(app_config))
    )
    group.permissions.add(*allowed)


def codenames(app_config: AppConfig) -> Iterator[str]:
    """The names of the permissions that editors have on the models of an app.

    They have all permissions on models of content, and none on others.
    """
    for model in app_config.get_models():
        name = model._meta.model_name or ""
        default_actions = ALL_ACTIONS if issubclass(model, ContentModel) else ()
        for action in EXCEPTIONS.get(name, default_actions):
            yield f"{action}_{name}"
