"""The page of a guide: its text, and its related topics."""

from typing import Any

import pytest
from django.test import Client

from guides.models import Guide
from tests.factories import (
    CollectionFactory,
    GuideFactory,
    LadderFactory,
    RoleFactory,
    SkillFactory,
)
from tests.markup import Page
from tests.showing import (
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def guide() -> Guide:
    return GuideFactory(title="First steps", slug="first-steps")


def page_of(guide: Guide) -> Page:
    return Page.read(Client(), guide.get_absolute_url())


def test_it_shows_its_text_under_headings_of_its_own(guide: Guide) -> None:
    Guide.objects.update(
        body="# One\n\nRead *this*.\n\n## Two\n\n- a\n- b",
        sources="- A book",
        reviewed_on="2026-11-22",
    )
    page = page_of(guide)
    assert page.one("h1").text == "First steps"
    assert page.marked("kind")[0].text == "Guide · Newcomers · 1 minute"
    assert guide.summary in page
    text = page.marked("prose--long")[0]
    assert [(heading.name, heading.text) for heading in text.all("h2", "h3")] == [
        ("h2", "One"),
        ("h3", "Two"),
    ]
    assert text.one("em").text == "this"
    assert [item.text for item in text.all("li")] == ["a", "b"]
    assert "A book" in page.marked("sources")[0]
    assert "reviewed November 22, 2026" in page.marked("provenance")[0]


def test_it_leads_to_what_it_speaks_of(guide: Guide) -> None:
    guide.roles.add(RoleFactory(title="Lead"))
    guide.skills.add(SkillFactory(title="Risk"))
    guide.ladders.add(LadderFactory(title="Reference"))
    part = page_of(guide).part("related")
    assert [row.text for row in part.all("li")] == ["Lead", "Risk", "Reference"]
    assert part.links == ["/roles/lead/", "/skills/risk/", "/ladders/reference/"]


def test_a_guide_that_speaks_of_nothing_shows_no_empty_part(guide: Guide) -> None:
    guide.skills.add(skill := SkillFactory())
    assert "related" in page_of(guide).headings
    guide.skills.remove(skill)
    assert "related" not in page_of(guide).headings


def role(guide: Guide) -> Any:
    guide.roles.add(row := RoleFactory())
    return row


def skill(guide: Guide) -> Any:
    guide.skills.add(row := SkillFactory())
    return row


def ladder(guide: Guide) -> Any:
    guide.ladders.add(row := LadderFactory())
    return row


RELATED = [role, skill, ladder]


@pytest.mark.parametrize("relate", RELATED)
def test_what_is_related_shows_while_it_and_its_collection_are_published(
    guide: Guide, relate: Any
) -> None:
    row = relate(guide)
    row.collection = CollectionFactory()
    row.save()
    for hidden in (row, row.collection):
        assert_shown_while_published(guide.get_absolute_url(), hidden, row.title)


def test_a_hidden_guide_is_for_its_editors(guide: Guide) -> None:
    assert_hidden_is_for_editors(guide)


def test_a_renamed_guide_is_found_at_its_former_address(client: Client, guide: Guide) -> None:
    guide.slug = "beginning"
    guide.save()
    assert client.get("/guides/first-steps/")["Location"] == "/guides/beginning/"
    assert Page.read(client, "/guides/beginning/").one("h1").text == "First steps"


def test_a_guide_of_another_collection_names_its_publisher(client: Client, guide: Guide) -> None:
    other = CollectionFactory(slug="other", attribution="By Somebody Else.")
    GuideFactory(slug="first-steps", title="Theirs", collection=other)
    page = Page.read(client, "/guides/other:first-steps/")
    assert page.one("h1").text == "Theirs"
    assert "By Somebody Else." in page.marked("provenance")[0]
    assert page.marked("provenance")[0].links[0] == "/collections/other/"
    assert page_of(guide).one("h1").text == "First steps"


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(guide: Guide) -> None:
    def grow() -> None:
        for relate in RELATED:
            relate(guide)

    assert_queries_do_not_grow(guide.get_absolute_url(), grow)


def test_it_leads_to_the_guides_before_and_after_it(guide: Guide) -> None:
    GuideFactory(title="Last", slug="last", position=9)
    hidden = GuideFactory(title="Between", slug="between", position=5)
    assert page_of(guide).marked("nextprev")[0].links == ["/guides/between/"]
    assert page_of(hidden).marked("nextprev")[0].links == ["/guides/first-steps/", "/guides/last/"]
    Guide.objects.filter(pk=hidden.pk).update(status="draft")
    assert page_of(guide).marked("nextprev")[0].links == ["/guides/last/"]
