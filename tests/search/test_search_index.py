"""The content of search entries, and rebuilding them."""

import importlib

import pytest
from django.db import connection, models

from content.base_models import ContentModel, Status
from guides.models import Guide
from interviews.models import AnswerFramework, Question, QuestionSet
from ladders.models import Ladder, Level
from roles.models import Role
from search import index as search_index
from search.index import BODY_LENGTH, indexed_models, kind_labels, rebuild_all
from search.models import SearchEntry, SearchWord
from search.results import find_entries
from skills.models import Skill
from tests.factories import (
    CollectionFactory,
    ExpectationFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    ProbeFactory,
    QuestionFactory,
    RoleFactory,
    SkillDescriptorFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.followed_at_once]


def entry_of(row: models.Model) -> SearchEntry:
    return SearchEntry.objects.get(kind=row.search_kind, object_id=row.pk)  # type: ignore[attr-defined]


def test_these_kinds_can_be_found() -> None:
    assert set(indexed_models()) == {
        AnswerFramework,
        Guide,
        Ladder,
        Level,
        Question,
        QuestionSet,
        Role,
        Skill,
    }
    kinds = [model.search_kind for model in indexed_models()]
    assert len(kinds) == len(set(kinds))
    assert all(kind.isascii() and kind.isalpha() and kind.islower() for kind in kinds)
    assert all(issubclass(model, ContentModel) for model in indexed_models())


def test_an_entry_holds_names_summary_and_words_without_markup() -> None:
    role = RoleFactory(
        title="TPM",
        aliases="Delivery lead\nOwner",
        purpose="Makes *it* [work](https://example.org/).",
    )
    entry = entry_of(role)
    assert (entry.title, entry.aliases, entry.summary) == (
        "TPM",
        "Delivery lead\nOwner",
        role.summary,
    )
    assert entry.url == role.get_absolute_url()
    assert entry.collection == role.collection
    assert entry.changed_at == role.edited_at
    assert "Makes it work." in entry.body
    assert "example.org" not in entry.body


def test_parts_are_found_with_their_whole() -> None:
    skill, question, level = SkillFactory(), QuestionFactory(), LevelFactory()
    SkillDescriptorFactory(skill=skill, text="Seen working.")
    ProbeFactory(question=question, text="Why so?")
    ExpectationFactory(level=level, text="Leads it.")
    assert "Seen working." in entry_of(skill).body
    assert "Why so?" in entry_of(question).body
    assert "Leads it." in entry_of(level).body


def test_a_level_is_called_by_its_ladder() -> None:
    level = LevelFactory(
        title="Senior TPM", code="R4", ladder=LadderFactory(title="Reference ladder")
    )
    entry = entry_of(level)
    assert entry.title == "Senior TPM (R4) · Reference ladder"
    assert entry.url == level.get_absolute_url()


def test_an_organization_finds_its_ladder() -> None:
    assert entry_of(LadderFactory(organization="Example Org")).aliases == "Example Org"


def test_the_part_of_a_very_long_text_beyond_the_limit_is_not_found() -> None:
    guide = GuideFactory(body="word " * (BODY_LENGTH // 5) + "beyond")
    assert len(entry_of(guide).body) == BODY_LENGTH
    assert find_entries("word").ranking
    assert not find_entries("beyond").ranking


def test_the_longest_texts_can_be_written() -> None:
    """PostgreSQL bounds what one row may index."""
    unique = " ".join(f"{number:x}z" for number in range(16_000))[:100_000]
    RoleFactory(
        title="Long",
        purpose=unique,
        responsibilities=unique,
        deliverables=unique,
        body=unique,
        aliases=unique,
    )
    assert find_entries("fffz").ranking


def test_words_are_learnt_with_the_entries_that_have_them() -> None:
    SkillFactory(title="Café planning", body="a " + "x" * 41)
    GuideFactory(title="Kept back", body="Unpublished.", status=Status.DRAFT)
    words = set(SearchWord.objects.values_list("word", flat=True))
    assert {"cafe", "planning"} <= words
    assert not words & {"café", "a", "x" * 41, "unpublished", "kept"}


def test_writing_all_anew_gives_the_same() -> None:
    for factory in (RoleFactory, SkillFactory, LevelFactory, QuestionFactory, GuideFactory):
        factory()
    RoleFactory(collection=CollectionFactory(slug="other"))
    GuideFactory(status=Status.DRAFT)

    def entries() -> list[tuple[object, ...]]:
        columns = [
            field.attname for field in SearchEntry._meta.concrete_fields if field.name != "id"
        ]
        return sorted(SearchEntry.objects.values_list(*columns), key=str)

    before = entries()
    words = set(SearchWord.objects.values_list("word", "entries"))
    SearchEntry.objects.filter(kind="role").delete()
    SearchEntry.objects.update(title="spoilt")
    SearchWord.objects.change_counts(dict.fromkeys({"stray"}, 1))
    rebuild_all()
    assert entries() == before
    assert set(SearchWord.objects.values_list("word", "entries")) == words


def test_rows_are_written_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    SkillFactory.create_batch(5)
    monkeypatch.setattr(search_index, "BATCH_SIZE", 2)
    rebuild_all()
    assert SearchEntry.objects.filter(kind="skill").count() == 5


@pytest.mark.sqlite
def test_the_full_text_tables_follow_every_change_of_their_tables() -> None:
    skill = SkillFactory(title="First")
    skill.title = "Second"
    skill.save()
    SkillFactory().delete()
    with connection.cursor() as cursor:
        for index in ("content_headings", "content_documents", "content_words"):
            cursor.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def test_the_migration_of_the_index_goes_back_and_forth() -> None:
    SkillFactory(title="Stays")
    migration = importlib.import_module("content.migrations.0002_search_vectors")
    back = {"sqlite": migration.SQLITE_BACK, "postgresql": migration.POSTGRESQL_BACK}[
        connection.vendor
    ]
    forth = {"sqlite": migration.SQLITE, "postgresql": migration.POSTGRESQL}[connection.vendor]
    connection.check_constraints()  # a table whose keys are still to be checked cannot be altered
    with connection.cursor() as cursor:
        for statement in [*back, *forth]:
            cursor.execute(statement)
    assert find_entries("stays").ranking
    SkillFactory(title="Comes later")
    assert find_entries("later").ranking


def test_a_kind_is_called_what_its_things_are_called() -> None:
    assert (kind_labels()["set"], kind_labels()["role"]) == ("question set", "role")
