"""Unexpected values in admin forms: refused with a message, or stored as both databases can."""

import logging
import random
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client

from roles.models import RoleMove
from tests.admin_forms import admin_url, opened
from tests.factories import SuperuserFactory
from tests.project.hostile_files import VALUES
from tests.project.world import FACTORIES, World

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

#: In how many fields of a form something else is sent, form by form.
FIELDS = (1, 3)
#: How the names of fields end that scripts write: the positions of parts, and how many there are.
WRITTEN = ("-position", "-TOTAL_FORMS")
MODELS = [*(model for model in FACTORIES if model in admin.site._registry), User, Group]
#: What a browser sends: its form was read as UTF-8, so there are no lone surrogates.
SENT = [value for value in VALUES if value.isprintable() or "\0" in value] + [
    "0",
    "-",
    "99999999999",
    "on",
    "1,2",
]


@pytest.fixture
def superuser() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(SuperuserFactory())
    return client


def hostile(data: dict[str, Any], number: int) -> dict[str, Any]:
    """The form with other values in this many fields, including one set by a script, if any."""
    fields = sorted(data)
    names = random.sample(fields, min(number, len(fields)))
    written = sorted(name for name in data if name.endswith(WRITTEN) and "__prefix__" not in name)
    names += random.sample(written, min(1, len(written)))
    return data | {name: random.choice(SENT) for name in names}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.drawn(7)
def test_no_value_makes_a_form_fail(
    model: type[Model], superuser: Client, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    url = admin_url(model._default_manager.earliest("pk"), "change")
    data = opened(superuser, url)
    for number in FIELDS:
        sent = hostile(data, number)
        answer = superuser.post(url, sent)
        faults = [
            record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR
        ]
        changed = {name: str(value)[:40] for name, value in sent.items() if data[name] != value}
        assert answer.status_code in {200, 302}, changed
        assert faults == [], changed


def test_many_forms_are_tried() -> None:
    assert len(MODELS) > 15
    assert len(SENT) > 20


@pytest.mark.parametrize("key", ["9" * 25, "-1", "\u0663", "1.5", "x"])
def test_a_key_that_cannot_be_is_refused_in_the_forms_of_accounts(
    superuser: Client, key: str
) -> None:
    user = SuperuserFactory()
    user.groups.add(Group.objects.get())
    for row, name in (
        (Group.objects.get(), "permissions"),
        (user, "groups"),
        (user, "user_permissions"),
    ):
        url = admin_url(row, "change")
        answer = superuser.post(url, opened(superuser, url) | {name: key})
        assert answer.status_code == 200
        assert answer.context["adminform"].form.has_error(name), (name, key)


def test_a_part_that_is_sent_without_its_position_keeps_it(superuser: Client, world: World) -> None:
    move = RoleMove.objects.exclude(from_role=None).get()
    url = admin_url(move.to_role, "change")
    assert (
        superuser.post(url, opened(superuser, url) | {"moves_in-0-position": ""}).status_code == 302
    )
    assert RoleMove.objects.get(pk=move.pk).position == move.position
