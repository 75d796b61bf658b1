"""The small portal for the tests of the whole project, and a visitor's walk through it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.models import Collection
from interviews.question_filters import QuestionFilterForm
from ladders.models import Band, Ladder, Level
from skills.models import Skill
from tests.factories import EditorFactory, LevelFactory, QuestionFactory, SuperuserFactory
from tests.project.walk import Walk
from tests.project.watching import rendered_templates, unknown_variables
from tests.project.world import World, make_world

#: Where pages are found that no link leads to.
UNLINKED = [
    "/search/?q=risk",
    "/search/?q=nothing",
    "/roles/?q=nothing",
    "/interviews/questions/?page=2",
    "/nowhere/",
]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One published row of every kind; what a test changes is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Visit:
    """A visitor's walk through the small portal, and what was seen on the way."""

    walk: Walk
    #: The statements that the database was sent.
    statements: list[str]
    #: The names of the rendered templates.
    templates: set[str]
    #: Variables that templates asked for and no one had given, with the template.
    unknown: set[tuple[str, str]]
    #: Words that no visitor may read.
    secrets: list[str]


@pytest.fixture(scope="session")
def visit(django_db_setup: None, django_db_blocker: Any) -> Visit:
    """One walk for all tests that only read it.

    Their files are in one group, so the walk is made once per run. It begins without the rows of
    the module that first requests it, and does not change the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        Collection.objects.all().delete()
        Band.objects.all().delete()
        world = make_world()
        add_second_pages(world)
        people = [EditorFactory(email="ed@people.test"), SuperuserFactory(email="su@people.test")]
        visit = walked(world, [*(person.username for person in people), "people.test"])
        transaction.set_rollback(True)
    caches["pages"].clear()
    return visit


def add_second_pages(world: World) -> None:
    """Make a second question, and a ladder that forks to a level of which nothing is known."""
    QuestionFactory()
    LevelFactory(ladder=world[Ladder], track=Level.Track.MANAGER, slug="unknown")


def walked(world: World, secrets: list[str]) -> Visit:
    """Walk with lists of one question a page."""
    level = world[Level].key
    seeds = [
        *UNLINKED,
        f"/interviews/builder/?level={level}&skill={world[Skill].key}",
        f"/ladders/compare/?from={world[Ladder].key}/unknown&to={level}",
    ]
    with (
        patch.object(QuestionFilterForm, "page_size", 1),
        rendered_templates() as templates,
        unknown_variables() as unknown,
        CaptureQueriesContext(connection) as captured,
    ):
        walk = Walk(Client(), seeds)
    return Visit(walk, [query["sql"] for query in captured], templates, unknown, secrets)
