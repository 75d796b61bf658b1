"""The page of a collection: publisher, version, license, attribution."""

import pytest
from django.test import Client

from content.base_models import Status
from content.models import Collection
from search import index as search_index
from tests.factories import (
    CollectionFactory,
    LadderFactory,
    LevelFactory,
    RoleFactory,
    SkillFactory,
    home_collection,
)
from tests.markup import Page
from tests.showing import assert_hidden_is_for_editors, assert_queries_do_not_grow, signed_in
from tpm_portal.pages import collections as views

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection() -> Collection:
    return CollectionFactory(slug="other", title="Other framework")


def page_of(collection: Collection) -> Page:
    return Page.read(Client(), collection.get_absolute_url())


def facts(page: Page) -> dict[str, str]:
    """The facts beneath the title."""
    return {row.one("dt").text: row.one("dd").text for row in page.marked("facts")[0].all("div")}


def test_it_says_who_publishes_it_under_which_terms(collection: Collection) -> None:
    Collection.objects.update(source_url="https://example.org/f", notices="A *trademark*.")
    page = page_of(collection)
    assert page.one("h1").text == "Other framework"
    assert collection.summary in page
    stated = facts(page)
    assert stated == {
        "Publisher": "Example Publisher",
        "Version": "1.0",
        "License": "CC-BY-4.0",
        "Source": "https://example.org/f",
    }
    assert page.marked("facts")[0].links == [
        "https://creativecommons.org/licenses/by/4.0/",
        "https://example.org/f",
    ]
    assert [heading.text for heading in page.all("h2")] == [
        "Attribution",
        "License terms",
        "Notices",
    ]
    assert "Example Publisher, CC BY 4.0" in page
    assert page.one("em").text == "trademark"


def test_what_is_not_known_is_not_shown(collection: Collection) -> None:
    Collection.objects.update(version="", license="Our own", license_url="", summary="")
    page = page_of(collection)
    assert set(facts(page)) == {"Publisher", "License"}
    assert [heading.text for heading in page.all("h2")] == ["Attribution"]
    assert [link.rpartition("/")[2] for link in page.links] == [
        "pack.zip",
        "case.json",
        "descriptors.csv",
    ]


def test_the_portals_own_collection_has_a_page_too(client: Client) -> None:
    home_collection()
    assert Page.read(client, "/collections/portal/").one("h1").text == "TPM Portal"


def test_a_hidden_collection_is_for_its_editors(collection: Collection) -> None:
    assert_hidden_is_for_editors(collection)


def test_everything_in_a_hidden_collection_is_hidden_with_it(
    client: Client, collection: Collection
) -> None:
    skill = SkillFactory(collection=collection)
    assert client.get(skill.get_absolute_url()).status_code == 200
    Collection.objects.update(status="draft")
    assert client.get(skill.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("slug", ["none", "other:other", "%00", "a" * 500])
def test_a_collection_that_there_is_not_is_not_found(
    client: Client, collection: Collection, slug: str
) -> None:
    assert client.get(f"/collections/{slug}/").status_code == 404
    assert client.get(collection.get_absolute_url()).status_code == 200


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(collection: Collection) -> None:
    assert_queries_do_not_grow(
        collection.get_absolute_url(), lambda: SkillFactory(collection=collection)
    )


def test_a_renamed_collection_and_all_of_it_are_found_at_their_former_addresses(
    client: Client,
) -> None:
    collection = CollectionFactory(slug="other")
    skill = SkillFactory(slug="risk", collection=collection)
    former = [collection.get_absolute_url(), skill.get_absolute_url()]
    skill.slug = "risks"
    skill.save()
    collection.slug = "theirs"
    collection.save()
    skill.refresh_from_db()
    assert client.get(former[0])["Location"] == "/collections/theirs/"
    assert client.get(former[1])["Location"] == client.get("/skills/other:risks/")["Location"]
    assert client.get(former[1])["Location"] == skill.get_absolute_url() == "/skills/theirs:risks/"
    collection.status = Status.DRAFT
    collection.save()
    assert {client.get(address).status_code for address in [*former, "/collections/none/"]} == {404}


def test_it_says_what_was_changed_and_what_the_license_asks_for(collection: Collection) -> None:
    Collection.objects.update(license="CC-BY-SA-4.0", modified="Converted from a table.")
    page = page_of(collection)
    assert "Changed here: Converted from a table." in page
    assert "Share alike: anything you make from it must use the same license." in page
    Collection.objects.update(license="Our own terms", modified="")
    page = page_of(collection)
    assert "Changed here" not in page
    assert "License terms" not in page.headings


@pytest.mark.parametrize(
    ("spdx", "said"),
    [("CC-BY-4.0", []), ("CC-BY-SA-4.0", ["Share alike"]), ("CC-BY-ND-4.0", ["No derivatives"])],
)
def test_every_page_of_it_says_so(collection: Collection, spdx: str, said: list[str]) -> None:
    Collection.objects.filter(pk=collection.pk).update(
        license=spdx, modified="Converted from a table."
    )
    skill = SkillFactory(collection=collection, slug="risk")
    provenance = Page.read(Client(), skill.get_absolute_url()).marked("provenance")[0].text
    assert "Changed here: Converted from a table." in provenance
    assert [words for words in ("Share alike", "No derivatives") if words in provenance] == said


def test_it_can_be_taken_away(collection: Collection) -> None:
    assert f"/collections/{collection.slug}/pack.zip" in page_of(collection).links


def test_it_says_what_it_holds_and_leads_to_it(collection: Collection) -> None:
    assert "contents" not in page_of(collection).headings
    SkillFactory.create_batch(2, collection=collection)
    SkillFactory(collection=collection, status=Status.DRAFT)
    LevelFactory(ladder=LadderFactory(collection=collection, role=None))
    SkillFactory()
    part = page_of(collection).part("contents")
    assert {row.text for row in part.all("li")} == {"2 skills", "1 ladder", "1 level"}
    assert {*part.links} == {"/skills/?collection=other", "/ladders/?collection=other"}


def test_no_more_is_counted_than_anybody_wants_to_know(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MAX_COUNTED", 2)
    monkeypatch.setattr(views, "MAX_COUNTED", 2)
    SkillFactory.create_batch(2, collection=collection)
    assert "2 skills" in page_of(collection).part("contents")
    SkillFactory.create_batch(2, collection=collection)
    assert "more than 2 skills" in page_of(collection).part("contents")


def test_editors_are_led_through_a_collection_that_is_not_public_yet() -> None:
    collection = CollectionFactory(slug="agency", status=Status.DRAFT)
    SkillFactory(title="Risk", slug="risk", collection=collection, status=Status.DRAFT)
    RoleFactory(title="Analyst", collection=collection)
    url = "/collections/agency/"
    editor = signed_in("change_collection", "change_skill")
    page = Page.read(editor, url)
    assert "/skills/agency:risk/" in page.links
    assert "Analyst" not in page
    assert editor.get("/skills/agency:risk/").status_code == 200
    collection.status = Status.PUBLISHED
    collection.save()
    assert "/skills/agency:risk/" not in Page.read(editor, url).links
