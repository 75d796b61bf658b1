"""Querysets of content: rows are found by key, and every bulk write is tracked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import SiteVersion
from search.models import SearchEntry
from skills.models import Skill, SkillDescriptor
from tests.factories import CollectionFactory, SkillDescriptorFactory, SkillFactory

pytestmark = pytest.mark.django_db


def version() -> int:
    row = SiteVersion.objects.first()
    return row.version if row else 0


def test_a_key_without_a_collection_means_the_portals_own() -> None:
    imported = CollectionFactory(slug="other")
    ours, theirs = SkillFactory(slug="risk"), SkillFactory(slug="risk", collection=imported)
    assert Skill.objects.with_key("risk").get() == ours
    assert Skill.objects.with_key("other:risk").get() == theirs
    assert (ours.key, theirs.key) == ("risk", "other:risk")


@pytest.mark.parametrize(
    "key",
    ["", ":", "none", "none:risk", ":risk:", "risk:risk", "portal:other:risk", "RISK", "x" * 500],
)
def test_a_key_that_no_row_has_finds_nothing(key: str) -> None:
    SkillFactory(slug="risk")
    assert not Skill.objects.with_key(key).exists()
    assert Skill.objects.with_key("risk").exists()
    assert Skill.objects.with_key("portal:risk").exists()


def test_public_rows_and_rows_by_key_bring_their_collection(django_assert_num_queries: Any) -> None:
    SkillFactory(slug="risk", collection=CollectionFactory(slug="other"))
    with django_assert_num_queries(2):
        assert Skill.objects.published().get().key == "other:risk"
        assert Skill.objects.with_key("other:risk").get().key == "other:risk"


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(summary="New."),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_create([Skill(collection=rows.get().collection, slug="new")]),
        lambda rows: rows.update_or_create(pk=rows.get().pk, defaults={"summary": "New."}),
    ],
)
def test_every_write_raises_the_version_of_the_site(write: Callable[[Any], Any]) -> None:
    SkillFactory()
    before = version()
    write(Skill.objects.all())
    assert version() == before + 1


def test_reading_and_writing_nothing_do_not_raise_the_version() -> None:
    SkillFactory()
    before = version()
    list(Skill.objects.published())
    Skill.objects.none().update(summary="New.")
    Skill.objects.none().delete()
    assert version() == before


def test_a_bulk_change_of_parts_is_followed_in_the_search() -> None:
    skill = SkillDescriptorFactory(text="Counts the ravens.").skill
    SkillDescriptor.objects.filter(skill=skill).update(text="Feeds the ravens.")
    assert "Feeds the ravens." in SearchEntry.objects.get(kind="skill", object_id=skill.pk).body
    SkillDescriptor.objects.filter(skill=skill).delete()
    assert "ravens" not in SearchEntry.objects.get(kind="skill", object_id=skill.pk).body


def test_a_template_cannot_write() -> None:
    assert Skill.objects.update.alters_data
    assert Skill.objects.all().delete.alters_data
    assert not hasattr(Skill.objects, "delete")


def test_neighbors_are_the_rows_before_and_after_in_order() -> None:
    places = {"B": 1, "A": 1, "D": 3, "C": 2}
    skills = {title: SkillFactory(title=title, position=place) for title, place in places.items()}
    rows = Skill.objects.filter(pk__in=[skill.pk for skill in skills.values()])
    with CaptureQueriesContext(connection) as queries:
        found = {
            title: rows.neighbors(skill, "position", "title", "id")
            for title, skill in skills.items()
        }
    assert len(queries) == len(skills)
    assert found == {
        "A": (None, skills["B"]),
        "B": (skills["A"], skills["C"]),
        "C": (skills["B"], skills["D"]),
        "D": (skills["C"], None),
    }


def test_rows_alike_in_all_but_their_key_have_an_order_too() -> None:
    first, second = (SkillFactory(title="Same", slug=slug, position=1) for slug in ("one", "two"))
    assert Skill.objects.neighbors(first, "position", "title", "id") == (None, second)
    assert Skill.objects.neighbors(second, "position", "title", "id") == (first, None)


def test_neighbors_are_public_and_of_the_same_collection() -> None:
    skill, after = (SkillFactory(title=title) for title in ("A", "Z"))
    between = SkillFactory(title="B")
    SkillFactory(title="C", collection=CollectionFactory())
    assert Skill.objects.neighbors(skill, "title", "id") == (None, between)
    Skill.objects.filter(pk=between.pk).update(status="draft")
    assert Skill.objects.neighbors(skill, "title", "id") == (None, after)
    assert Skill.objects.neighbors(between, "title", "id") == (skill, after)
