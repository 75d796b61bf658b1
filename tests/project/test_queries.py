"""Every public page takes as many queries for 40 rows as for 3, and at most ten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.models import Guide
from interchange.packs import TABLES
from ladders.models import Level
from roles.models import Role
from skills.models import Skill
from tests.project.addresses import FILES, PAGES, path_of
from tests.project.growth import FEW_BY_NATURE, grow
from tests.project.world import World, content_models
from tests.samples import is_full_run

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.thorough]

MOST = 10
#: A whole collection takes a query for each of its tables, and one for the names of what its rows
#: refer to.
WHOLE = {"collection_pack", "collection_case", "collection_descriptors"}
MOST_OF_A_WHOLE = 2 * len(TABLES)
FEW, MANY = 3, 300 if is_full_run() else 40
#: Lists with filters, and a ladder with many skills in addition to the one with many levels.
VARIANTS: dict[str, Callable[[World], str]] = {
    "roles of a family that need a skill": lambda world: (
        f"/roles/?family={world[Role].family.key}&skill={world[Skill].key}"
    ),
    "skills by words": lambda world: "/skills/?q=risk&kind=skill",
    "ladders of a role": lambda world: f"/ladders/?role={world[Role].key}&confidence=high",
    "questions by everything": lambda world: (
        f"/interviews/questions/?q=tell&skill={world[Skill].key}&role={world[Role].key}&"
        "band=senior&kind=behavioral&minutes=60"
    ),
    "the second page of questions": lambda world: "/interviews/questions/?page=2",
    "questions of a skill as CSV": lambda world: (
        f"/interviews/questions.csv?skill={world[Skill].key}"
    ),
    "guides for somebody": lambda world: f"/guides/?audience={world[Guide].audience}",
    "what a search finds": lambda world: "/search/?q=risk+m",
    "what a search finds of one kind": lambda world: "/search/?q=title&kind=question&page=2",
    "a wide ladder": lambda world: "/ladders/wide/",
    "a level of a wide ladder": lambda world: Level.objects.get(
        ladder__slug="wide"
    ).get_absolute_url(),
}
SURFACES = {
    name: lambda world, name=name: path_of(name, world) for name in PAGES | FILES
} | VARIANTS


@pytest.fixture(scope="module")
def queries(world: World, django_db_blocker: Any) -> dict[str, tuple[list[str], list[str]]]:
    """What each surface asks the database, first with few rows and then with many."""
    with django_db_blocker.unblock():
        grow(world, FEW - 1)
        for _ in ("to warm up what stays warm", "to count"):
            few = {name: asked(address(world)) for name, address in SURFACES.items()}
        grow(world, MANY - FEW)
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE"
            )  # as the database does by itself, but not within a transaction
        return {name: (few[name], asked(address(world))) for name, address in SURFACES.items()}


def asked(address: str) -> list[str]:
    """The queries of an answer that is not stored yet."""
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(address)
        answer.getvalue()
    assert answer.status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("name", SURFACES)
def test_a_page_costs_the_same_for_few_and_for_many_rows_and_little(
    name: str, queries: dict[str, tuple[list[str], list[str]]]
) -> None:
    few, many = queries[name]
    assert len(few) == len(many), [query for query in many if query not in few]
    assert 0 < len(many) <= (MOST_OF_A_WHOLE if name in WHOLE else MOST), many


def test_there_are_as_many_rows_of_every_kind(queries: dict[str, Any]) -> None:
    counts = {model: model.objects.published().count() for model in content_models()}
    assert {model: number for model, number in counts.items() if number < MANY} == {
        model: counts[model] for model in FEW_BY_NATURE
    }
