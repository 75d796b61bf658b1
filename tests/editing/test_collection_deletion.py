"""Only a collection without content can be deleted, and it can be recovered completely."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db.models import Model, QuerySet
from django.test import Client
from reversion.models import Version

from content.models import Collection, ContentImport, LoadedRow, SlugRedirect
from guides.models import Guide
from search.models import SearchEntry
from tests import factories
from tests.admin_forms import admin_url, saved
from tests.project.world import FACTORIES

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
OWNED = [
    model for model in FACTORIES if any(field.name == "collection" for field in model._meta.fields)
]
WAYS = pytest.mark.parametrize("way", ["page", "action"])


@pytest.fixture
def trusted(client: Client) -> Client:
    """Someone who may delete collections, signed in."""
    user = factories.EditorFactory()
    user.user_permissions.add(Permission.objects.get(codename="delete_collection"))
    client.force_login(user)
    return client


def delete(client: Client, collection: Collection, way: str) -> list[str]:
    """What the portal says to a deletion on the collection's page, or by the list's action."""
    chosen = {"action": "delete_selected", "_selected_action": [collection.pk], "post": "yes"}
    if way == "page":
        response = client.post(admin_url(collection, "delete"), {"post": "yes"})
    else:
        response = client.post(admin_url(Collection, "changelist"), chosen)
    return [str(message) for message in get_messages(response.wsgi_request)]


def recover(client: Client, collection: Collection) -> Any:
    version = Version.objects.get_deleted(Collection).get(object_id=collection.pk)
    return saved(client, admin_url(Collection, "recover", version.pk))


@WAYS
@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
def test_a_collection_with_content_stays_and_the_page_says_what_to_do(
    trusted: Client, model: type[Model], way: str
) -> None:
    collection = factories.CollectionFactory(title="Theirs")
    row = FACTORIES[model](collection=collection)
    assert delete(trusted, collection, way) == [
        (
            "“Theirs” was not deleted because it has content. Archive it to hide all of its "
            "content, or delete the content first."
        )
    ]
    assert model._base_manager.filter(pk=row.pk).exists()
    assert Collection.objects.filter(pk=collection.pk).exists()


def test_nobody_is_asked_whether_a_collection_with_content_is_to_be_deleted(
    trusted: Client,
) -> None:
    full, empty = factories.CollectionFactory.create_batch(2)
    factories.SkillFactory(collection=full)
    assert trusted.get(admin_url(full, "delete")).status_code == 302
    assert "Are you sure" in trusted.get(admin_url(empty, "delete")).text


@WAYS
def test_an_empty_collection_is_deleted_by_who_may(trusted: Client, way: str) -> None:
    collection = factories.CollectionFactory()
    editor = Client()
    editor.force_login(factories.EditorFactory())
    editor.post(admin_url(collection, "delete"), {"post": "yes"})
    assert Collection.objects.filter(pk=collection.pk).exists()
    delete(trusted, collection, way)
    assert not Collection.objects.filter(pk=collection.pk).exists()


def test_a_recovered_collection_has_its_former_addresses_and_its_imports_again(
    trusted: Client,
) -> None:
    collection = factories.CollectionFactory(title="Theirs", slug="theirs")
    SlugRedirect.objects.add_redirect(collection, "old")
    ContentImport.objects.create(collection=collection, note="Brought it.")
    QuerySet(Collection).update(edited_at=LONG_AGO)
    LoadedRow.objects.create(
        collection=collection, table="skills", key="risk", object_id=1, digest="0"
    )
    delete(trusted, collection, "page")
    assert not ContentImport.objects.exists()
    assert recover(trusted, collection).status_code == 302
    found = Collection.objects.get()
    assert (found.title, found.edited_at) == ("Theirs", LONG_AGO)
    assert SlugRedirect.objects.get().slug == "old"
    assert ContentImport.objects.get().note == "Brought it."


def test_content_that_was_deleted_before_its_collection_is_recovered_after_it(
    trusted: Client,
) -> None:
    guide = factories.GuideFactory(collection=factories.CollectionFactory(title="Theirs"))
    trusted.post(admin_url(guide, "delete"), {"post": "yes"})
    delete(trusted, guide.collection, "page")
    address = admin_url(Guide, "recover", Version.objects.get_deleted(Guide).get().pk)
    refused = trusted.get(address)
    assert "the collection “Theirs” is deleted. Recover it first." in str(
        list(get_messages(refused.wsgi_request))[-1]
    )
    recover(trusted, guide.collection)
    assert saved(trusted, address).status_code == 302
    assert SearchEntry.objects.filter(kind="guide", object_id=guide.pk).exists()


def test_an_earlier_version_does_not_decide_which_collection_is_the_portals_own(
    editor: Client,
) -> None:
    home, other = factories.home_collection(), factories.CollectionFactory(title="Theirs")
    for collection in (home, other):
        saved(editor, admin_url(collection, "change"), summary="New.")
    for was, now in ((home, other), (other, home)):
        Collection.objects.filter(pk=was.pk).update(is_home=False)
        Collection.objects.filter(pk=now.pk).update(is_home=True)
        for collection in (home, other):
            version = Version.objects.get_for_object(collection).last()
            assert saved(editor, admin_url(collection, "revision", version.pk)).status_code == 302
        assert Collection.objects.get(is_home=True) == now
