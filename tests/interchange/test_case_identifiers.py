"""The identifier of a line in a package stays the same when another line is added above it."""

import json

import pytest

from content.models import Collection
from ladders.models import Expectation
from tests import factories
from tests.interchange.packages import export_text

pytestmark = pytest.mark.django_db


def statements(collection: Collection) -> dict[str, str]:
    """The words of all expectations by identifier."""
    items = json.loads(export_text(collection))["CFItems"]
    return {
        each["identifier"]: each["fullStatement"]
        for each in items
        if each["CFItemType"] == "Expectation"
    }


def test_a_line_put_first_changes_the_identifier_of_no_other() -> None:
    level = factories.LevelFactory()
    for position, text in enumerate(["Plans.", "Ships.", "Plans."], start=1):
        factories.ExpectationFactory(level=level, text=text, position=position)
    before = statements(level.ladder.collection)
    assert sorted(before.values()) == ["Plans.", "Plans.", "Ships."]
    for line in Expectation.objects.all():
        line.position += 1
        line.save()
    factories.ExpectationFactory(level=level, text="Leads.", position=1)
    after = statements(level.ladder.collection)
    assert before.items() <= after.items()
    assert sorted(after.values()) == ["Leads.", "Plans.", "Plans.", "Ships."]
