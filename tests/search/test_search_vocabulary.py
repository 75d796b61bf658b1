"""The vocabulary of the search contains exactly the words of public rows."""

import importlib
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from content.base_models import Status
from search.models import SearchEntry, SearchWord
from skills.models import Skill
from tests.earlier_apps import EarlierApps
from tests.factories import (
    CollectionFactory,
    ExpectationFactory,
    SkillDescriptorFactory,
    SkillFactory,
)
from tests.markup import Page
from tests.showing import HIDDEN

pytestmark = [pytest.mark.django_db, pytest.mark.followed_at_once]


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(title="Zymurgy", slug="beer")


def knows(word: str) -> bool:
    return SearchWord.objects.filter(word=word).exists()


def proposed() -> bool:
    """Whether the search proposes the word for a misspelled one."""
    return "zymurgy" in Page.read(Client(), "/search/?q=zymrugy")


@pytest.mark.parametrize("status", HIDDEN)
def test_words_of_what_is_hidden_are_not_proposed_from_the_next_request_on(
    skill: Skill, status: Status
) -> None:
    assert proposed()
    skill.status = status
    skill.save()
    assert not proposed()
    skill.status = Status.PUBLISHED
    skill.save()
    assert proposed()


def test_a_hidden_collection_takes_its_words_along() -> None:
    collection = CollectionFactory()
    SkillFactory(title="Zymurgy", collection=collection)
    assert proposed()
    collection.status = Status.DRAFT
    collection.save()
    assert not proposed()


def test_a_deleted_collection_takes_its_words_along(skill: Skill) -> None:
    collection = CollectionFactory()
    SkillFactory(title="Xylology", collection=collection)
    assert knows("xylology")
    collection.delete()
    assert not knows("xylology")
    assert knows("zymurgy")
    assert SearchEntry.objects.count() == 1


def test_a_word_stays_while_another_entry_has_it(skill: Skill) -> None:
    other = SkillFactory(title="Zymurgy for all")
    skill.delete()
    assert proposed()
    other.delete()
    assert not proposed()


def test_words_that_are_edited_away_go() -> None:
    skill = SkillFactory(title="Zymurgy")
    descriptor: Any = SkillDescriptorFactory(skill=skill, text="Reads zythology.")
    assert knows("zythology")
    descriptor.text = "Reads books."
    descriptor.save()
    assert not knows("zythology")
    Skill.objects.filter(pk=skill.pk).update(summary="About xenon.")
    assert knows("xenon")
    Skill.objects.filter(pk=skill.pk).update(summary="")
    assert not knows("xenon")


def test_words_of_a_hidden_part_go_from_the_entry_of_its_whole() -> None:
    expectation: Any = ExpectationFactory(text="Does zymurgy.")
    assert proposed()
    expectation.skill.status = Status.ARCHIVED
    expectation.skill.save()
    assert not proposed()


def test_entries_are_counted_once_for_each_word(skill: Skill) -> None:
    skill.save()
    skill.save()
    SkillFactory(title="Zymurgy, zymurgy and zymurgy")
    assert SearchWord.objects.get(word="zymurgy").entries == 2


def test_the_migration_counts_what_is_there_and_forgets_the_rest(skill: Skill) -> None:
    SkillFactory(title="Zymurgy again")
    SearchWord.objects.change_counts({"zymurgy": 5, "unused": 1})
    migration = importlib.import_module("content.migrations.0005_search_word_counts")
    migration.count_words(EarlierApps(), connection.schema_editor())
    assert SearchWord.objects.get(word="zymurgy").entries == 2
    assert not knows("unused")
