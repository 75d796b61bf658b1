"""Search entries follow the rows they depend on: collection, ladder, and skills of parts."""

from collections.abc import Callable

import pytest

from content.base_models import Status
from content.models import Collection
from ladders.models import Ladder, Level
from search.models import SearchEntry
from skills.models import Skill
from tests.factories import (
    CollectionFactory,
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    SkillFactory,
)
from tests.search.index import found, index_right_after_all  # noqa: F401

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("index_right_after_all"),
    pytest.mark.followed_at_once,
]


def withdraw_ladder(level: Level) -> None:
    level.ladder.status = Status.DRAFT
    level.ladder.save()


def withdraw_ladder_by_update(level: Level) -> None:
    Ladder.objects.filter(pk=level.ladder_id).update(status=Status.ARCHIVED)


def withdraw_collection(level: Level) -> None:
    level.ladder.collection.status = Status.DRAFT
    level.ladder.collection.save()


def withdraw_collection_by_update(level: Level) -> None:
    Collection.objects.update(status=Status.DRAFT)


WITHDRAWALS = [
    withdraw_ladder,
    withdraw_ladder_by_update,
    withdraw_collection,
    withdraw_collection_by_update,
]


@pytest.mark.parametrize("withdraw", WITHDRAWALS)
def test_a_level_goes_and_comes_with_what_it_stands_on(withdraw: Callable[[Level], None]) -> None:
    level = LevelFactory(title="Senior")
    assert found("senior")
    withdraw(level)
    assert not found("senior")
    Collection.objects.update(status=Status.PUBLISHED)
    Ladder.objects.update(status=Status.PUBLISHED)
    assert found("senior")


def test_a_level_that_moves_to_a_draft_ladder_is_gone() -> None:
    level = LevelFactory(title="Senior")
    level.ladder = LadderFactory(status=Status.DRAFT)
    level.save()
    assert not found("senior")


def test_a_row_that_moves_to_a_draft_collection_is_gone() -> None:
    skill = SkillFactory(title="Planning")
    skill.collection = CollectionFactory(status=Status.DRAFT)
    skill.save()
    assert found("planning") == set()


def test_the_words_of_an_expectation_go_with_its_skill() -> None:
    expectation = ExpectationFactory(text="Foresight.", level__title="Senior")
    assert len(found("foresight")) == 1
    expectation.skill.status = Status.DRAFT
    expectation.skill.save()
    assert found("foresight") == set()
    Skill.objects.update(status=Status.PUBLISHED)
    assert len(found("foresight")) == 1


def test_results_lead_to_the_new_address_of_what_is_renamed() -> None:
    level = LevelFactory(title="Senior")
    ladder, collection = level.ladder, level.ladder.collection
    ladder.slug = "renamed"
    ladder.save()
    assert SearchEntry.objects.get(kind="level").url == f"/ladders/renamed/{level.slug}/"
    collection.is_home = False
    collection.slug = "theirs"
    collection.save()
    assert SearchEntry.objects.get(kind="level").url == f"/ladders/theirs:renamed/{level.slug}/"
