"""The group Editors: it exists after every migrate, and may change content and nothing else."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client

from content.base_models import ContentModel
from tests import factories
from tests.admin_forms import admin_url
from tpm_portal.operations.accounts import APPS, GROUP, codenames

pytestmark = pytest.mark.django_db

ACTIONS = ("view", "add", "change", "delete")


def granted() -> set[str]:
    group = Group.objects.get(name=GROUP)
    return set(group.permissions.values_list("codename", flat=True))


def test_editors_may_do_everything_with_content_but_delete_a_collection() -> None:
    content = {
        model._meta.model_name for model in apps.get_models() if issubclass(model, ContentModel)
    }
    assert len(content) > 25
    everything = {f"{action}_{name}" for action in ACTIONS for name in content}
    assert granted() == (everything - {"delete_collection"}) | {
        "view_slugredirect",
        "delete_slugredirect",
    }


def test_editors_touch_neither_accounts_nor_what_the_site_keeps_for_itself() -> None:
    labels = set(
        Group.objects.get(name=GROUP).permissions.values_list("content_type__app_label", flat=True)
    )
    assert labels == APPS
    assert not {name for name in granted() if "search" in name or "siteversion" in name}


def test_to_migrate_again_changes_nothing_and_mends_what_is_missing() -> None:
    before = granted()
    group = Group.objects.get(name=GROUP)
    extra = Permission.objects.get(codename="view_logentry")
    group.permissions.add(extra)
    group.permissions.remove(Permission.objects.get(codename="change_skill"))
    call_command("migrate", verbosity=0)
    assert granted() == before | {"view_logentry"}
    assert Group.objects.filter(name=GROUP).count() == 1


def test_the_group_is_made_where_it_is_missing() -> None:
    before = granted()
    Group.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert granted() == before


def test_every_app_of_content_is_named() -> None:
    assert {
        model._meta.app_label for model in apps.get_models() if issubclass(model, ContentModel)
    } == APPS
    assert all(list(codenames(apps.get_app_config(label))) for label in APPS)


def test_an_editor_meets_content_only(client: Client) -> None:
    client.force_login(factories.EditorFactory())
    index = client.get("/admin/")
    assert [app["app_label"] for app in index.context["app_list"]] == [
        "roles", "skills", "ladders", "interviews", "guides", "search", "content",
    ]  # fmt: skip
    for page in (
        "/admin/auth/user/",
        "/admin/auth/group/",
        "/admin/search/searchentry/",
        "/admin/content/siteversion/",
    ):
        assert client.get(page).status_code == 403
    collection = factories.home_collection()
    assert client.get(admin_url(collection, "change")).status_code == 200
    assert client.post(admin_url(collection, "delete"), {"post": "yes"}).status_code == 403


def test_somebody_without_the_group_meets_nothing(client: Client) -> None:
    client.force_login(factories.UserFactory(is_staff=True))
    assert client.get("/admin/").context["app_list"] == []
    assert client.get("/admin/skills/skill/").status_code == 403
