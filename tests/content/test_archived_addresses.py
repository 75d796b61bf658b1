"""Visitors get the page that the help text of the status promises for archived content."""

from collections.abc import Callable

import pytest
from django.test import Client

from content.base_models import Status, StatusModel
from tests import factories
from tests.admin_forms import admin_url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STATEMENT = "all other addresses answer “Page not found”"
FACTORIES = [
    factories.CollectionFactory,
    factories.GuideFactory,
    factories.LadderFactory,
    factories.QuestionFactory,
    factories.QuestionSetFactory,
    factories.RoleFactory,
    factories.SkillFactory,
]


@pytest.mark.parametrize("create", FACTORIES)
def test_an_archived_address_is_not_found_until_the_row_is_published_again(
    client: Client, create: Callable[[], StatusModel]
) -> None:
    row = create()
    address = row.get_absolute_url()
    row.slug = "renamed"
    row.save()
    renamed = row.get_absolute_url()
    assert client.get(renamed).status_code == 200
    row.status = Status.ARCHIVED
    row.save()
    for old in (address, renamed):
        page = client.get(old)
        assert page.status_code == 404
        assert "Page not found" in page.text
    row.status = Status.PUBLISHED
    row.save()
    assert client.get(renamed).status_code == 200
    assert client.get(address).headers["Location"] == renamed


@pytest.mark.parametrize("create", FACTORIES)
def test_the_form_says_so(editor: Client, create: Callable[[], StatusModel]) -> None:
    form = editor.get(admin_url(create(), "change")).text
    assert STATEMENT in form
    assert "Archived things" not in form
