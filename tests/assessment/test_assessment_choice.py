"""The page where visitors choose a level for the self-assessment: every level they can choose."""

import pytest
from django.test import Client

from tests.factories import LadderFactory, LevelFactory, LevelRequirementFactory
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/assess/"


def test_only_levels_that_name_skills_can_be_chosen() -> None:
    ladder = LadderFactory(title="TPM", slug="tpm")
    levels = {
        slug: LevelFactory(ladder=ladder, title=slug, slug=slug, position=position, cumulative=c)
        for position, (slug, c) in enumerate(
            [("junior", False), ("mid", True), ("senior", False), ("staff", True)], 1
        )
    }
    LevelRequirementFactory(level=levels["junior"])
    LevelRequirementFactory(level=levels["senior"], skill__status="draft")
    LevelFactory(ladder__title="Without skills")
    (item,) = Page.read(Client(), URL).marked("lines")[0].all("li")
    assert item.links == ["/ladders/tpm/", "/assess/tpm/junior/", "/assess/tpm/mid/"]
    LevelRequirementFactory(level=levels["senior"])
    (item,) = Page.read(Client(), URL).marked("lines")[0].all("li")
    assert item.links[1:] == [f"/assess/tpm/{slug}/" for slug in levels]


def test_the_ladder_offers_the_same_levels() -> None:
    requirement = LevelRequirementFactory(level__slug="asking", level__ladder__slug="tpm")
    LevelFactory(ladder=requirement.level.ladder, slug="silent", position=9)
    links = Page.read(Client(), "/ladders/tpm/").links
    assert "/assess/tpm/asking/" in links
    assert "/assess/tpm/silent/" not in links


def test_levels_of_a_hidden_ladder_cannot_be_chosen() -> None:
    requirement = LevelRequirementFactory(level__ladder__title="Ours")
    assert_shown_while_published(URL, requirement.level.ladder, "Ours")


def test_without_any_it_leads_to_the_ladders() -> None:
    page = Page.read(Client(), URL)
    assert "No ladder says yet which skills" in page
    assert "/ladders/" in page.links


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_ladders_as_for_many() -> None:
    assert_queries_do_not_grow(URL, LevelRequirementFactory)
