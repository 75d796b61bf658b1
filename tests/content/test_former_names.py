"""Former titles: the search finds all that were public; pages show only the current one."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from content.base_models import Status
from content.models import SlugRedirect, TitleHistoryMixin
from ladders.models import Level
from search.models import SearchEntry
from search.results import find_entries
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url, saved
from tests.factories import LadderFactory, LevelFactory, SkillFactory
from tests.search.search_entries import shown, titles

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MADE = [
    made for made in vars(factories).values() if getattr(made, "_meta", None) and made._meta.model
]
FOUND = [
    made
    for made in MADE
    if issubclass(made._meta.model, TitleHistoryMixin) and hasattr(made._meta.model, "search_kind")
]


def retitle(row: TitleHistoryMixin, *names: str) -> Any:
    for name in names:
        row.title = name  # type: ignore[attr-defined]
        row.save()
    return row


@pytest.mark.parametrize("made", FOUND, ids=lambda made: made.__name__)
def test_what_is_renamed_is_found_by_its_former_title(made: Any, client: Client) -> None:
    row = retitle(made(title="Plain"), "Zebra", "Giraffe")
    (found,) = find_entries("zebra").ranking
    assert SearchEntry.objects.get(pk=found).object_id == row.pk
    assert list(find_entries("giraffe").ranking) == [found]
    assert "Zebra" not in client.get(row.get_absolute_url()).text


def test_the_search_says_that_it_is_another_name() -> None:
    retitle(SkillFactory(title="Zebra", summary="", body="", aliases="Horse"), "Giraffe")
    assert shown("zebra") == [("Giraffe", "Other and former names: Horse, [Zebra]")]


def test_every_title_is_kept_and_the_present_one_is_not_among_them() -> None:
    skill = retitle(SkillFactory(title="One"), "Two", "Three", "Two", "One")
    assert skill.former_titles.splitlines() == ["Three", "Two"]
    assert Skill.objects.get().former_titles == skill.former_titles


def test_a_title_is_kept_whatever_the_writer_had_read_before() -> None:
    first, second = SkillFactory(title="One"), Skill.objects.defer("title").get()
    retitle(first, "Two")
    retitle(second, "Three")
    assert Skill.objects.get().former_titles == "Two"
    second.title, second.slug, second.summary = "Four", "four", "New."
    second.save(update_fields=["title"])
    assert Skill.objects.get().former_titles.splitlines() == ["Two", "Three"]
    second.save(update_fields=["summary"])
    assert not SlugRedirect.objects.exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_titles_of_what_was_never_public_are_forgotten(status: Status) -> None:
    skill = retitle(SkillFactory(title="One", status=status), "Two")
    skill.title, skill.slug, skill.status = "Three", "three", Status.PUBLISHED
    skill.save()
    assert skill.former_titles == ""
    assert not SlugRedirect.objects.exists()
    skill.status = Status.ARCHIVED
    assert retitle(skill, "Four").former_titles == "Three"


def test_a_level_follows_its_ladder_and_its_short_name_counts() -> None:
    level = LevelFactory(title="Senior", code="R4", ladder=LadderFactory(status=Status.DRAFT))
    level.code = "L4"
    level.save()
    level.ladder.status = Status.PUBLISHED
    level.ladder.save()
    level.code = "IC4"
    level.save()
    assert retitle(level, "Lead", "Expert").former_titles.splitlines() == [
        "Senior (L4)",
        "Senior (IC4)",
        "Lead (IC4)",
    ]
    assert titles("L4") == titles("senior") == [level.search_title()]
    assert titles("R4") == []


@pytest.mark.parametrize("model", [Skill, Level])
def test_names_are_not_written_past_what_keeps_them(model: Any) -> None:
    rows = [{Skill: SkillFactory, Level: LevelFactory}[model](title="Zebra", slug="zebra")]
    for names in ({"slug": "x"}, {"title": "X"}, {"slug": "x", "title": "X"}):
        with pytest.raises(ValueError, match="Save row by row"):
            model.objects.update(**names)
        with pytest.raises(ValueError, match="Save row by row"), transaction.atomic():
            model.objects.bulk_update(rows, list(names))
        with pytest.raises(ValueError, match="Save row by row"):
            model.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["id"], update_fields=list(names)
            )
    assert model.objects.update(summary="X") == 1
    assert model.objects.get(slug="zebra", title="Zebra", summary="X")


def test_an_editor_renames_and_takes_a_wrong_title_out(client: Client) -> None:
    client.force_login(factories.EditorFactory())
    skill = SkillFactory(title="Zebra")
    saved(client, admin_url(skill, "change"), title="Giraffe", summary="")
    assert titles("zebra") == ["Giraffe"]
    saved(client, admin_url(skill, "change"), former_titles="")
    assert titles("zebra") == []
    level = LevelFactory(title="Zebra", code="")
    saved(client, admin_url(level, "change"), title="Giraffe")
    assert Level.objects.get().former_titles == "Zebra"
