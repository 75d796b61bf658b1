"""The admin of guides."""

import pytest
from django.test import Client

from guides.models import Guide
from tests import factories
from tests.admin_forms import admin_url, opened

pytestmark = pytest.mark.django_db


def test_a_guide_is_written_linked_and_published(client: Client) -> None:
    client.force_login(factories.EditorFactory())
    role, skill = factories.RoleFactory(), factories.SkillFactory()
    url = admin_url(Guide, "add")
    data = {
        "title": "First steps",
        "slug": "first-steps",
        "body": "## Start\n\nHere.",
        "status": "published",
    }
    response = client.post(
        url, opened(client, url) | data | {"roles": [role.pk], "skills": [skill.pk]}
    )
    assert response.status_code == 302
    guide = Guide.objects.get()
    assert (list(guide.roles.all()), list(guide.skills.all())) == ([role], [skill])
    assert "First steps" in Client().get(guide.get_absolute_url()).text
