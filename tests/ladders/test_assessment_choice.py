"""The way into the self-assessment: every level that one can be compared with."""

import pytest
from django.test import Client

from tests.factories import LadderFactory, LevelFactory, LevelRequirementFactory
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/assess/"


def test_every_level_of_a_ladder_that_names_skills_can_be_chosen() -> None:
    ladder = LadderFactory(title="TPM", slug="tpm")
    LevelRequirementFactory(
        level__ladder=ladder, level__title="Junior", level__slug="junior", level__position=1
    )
    LevelFactory(ladder=ladder, title="Senior", slug="senior", position=2)
    LevelFactory(ladder__title="Without skills")
    (item,) = Page.read(Client(), URL).marked("lines")[0].all("li")
    assert item.links == ["/ladders/tpm/", "/assess/tpm/junior/", "/assess/tpm/senior/"]


def test_levels_of_a_hidden_ladder_cannot_be_chosen() -> None:
    requirement = LevelRequirementFactory(level__ladder__title="Ours")
    assert_shown_while_published(URL, requirement.level.ladder, "Ours")


def test_without_any_it_leads_to_the_ladders() -> None:
    page = Page.read(Client(), URL)
    assert "No ladder says yet which skills" in page
    assert "/ladders/" in page.links


def test_it_takes_as_many_queries_for_few_ladders_as_for_many() -> None:
    assert_queries_do_not_grow(URL, LevelRequirementFactory)
