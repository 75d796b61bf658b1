"""The sitemap holds every published page and nothing else."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from content.gate import Status
from content.models import Collection
from tests.factories import (
    AnswerFrameworkFactory,
    CollectionFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    QuestionFactory,
    QuestionSetFactory,
    RoleFactory,
    SkillFactory,
)
from tpm_portal import sitemaps

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
KINDS = [
    AnswerFrameworkFactory,
    GuideFactory,
    LadderFactory,
    QuestionFactory,
    QuestionSetFactory,
    RoleFactory,
    SkillFactory,
]


def read(client: Client, path: str = "/sitemap.xml") -> ElementTree.Element:
    """The sitemap, which has to be well-formed."""
    response = client.get(path)
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def places(client: Client, path: str = "/sitemap.xml") -> list[str]:
    """The addresses it names, of pages or of its own parts, without the host."""
    return [
        (place.text or "").removeprefix("http://testserver") for place in read(client, path).findall(".//s:loc", SPACE)
    ]


@pytest.mark.parametrize("factory", KINDS)
def test_it_names_what_is_published_and_not_what_is_not(client: Client, factory: Any) -> None:
    shown = factory()
    hidden = factory(status=Status.DRAFT)
    foreign = factory(collection=CollectionFactory(slug="other"))
    closed = factory(collection=CollectionFactory(status=Status.DRAFT))
    named = places(client)
    assert shown.get_absolute_url() in named
    assert foreign.get_absolute_url() in named
    assert hidden.get_absolute_url() not in named
    assert closed.get_absolute_url() not in named


def test_levels_follow_their_ladder_and_collections_stand_for_themselves(client: Client) -> None:
    level = LevelFactory()
    hidden = LevelFactory(ladder=LadderFactory(status=Status.DRAFT))
    named = places(client)
    assert level.get_absolute_url() in named
    assert hidden.get_absolute_url() not in named
    assert Collection.objects.get(is_home=True).get_absolute_url() in named


def test_it_names_the_first_page_and_the_lists_once_each(client: Client) -> None:
    named = places(client)
    assert "/" in named
    assert {reverse("roles:role_list"), reverse("interviews:question_list")} <= set(named)
    assert len(named) == len(set(named))


def test_it_says_when_a_page_was_changed(client: Client) -> None:
    skill = SkillFactory()
    changed = {
        page.findtext("s:loc", "", SPACE): page.findtext("s:lastmod", "", SPACE)
        for page in read(client).findall("s:url", SPACE)
    }
    assert changed["http://testserver" + skill.get_absolute_url()] == skill.updated_at.date().isoformat()


def test_it_takes_one_query_a_kind_and_one_for_the_version(client: Client, django_assert_num_queries: Any) -> None:
    SkillFactory.create_batch(3)
    with django_assert_num_queries(len(sitemaps.MODELS) + 1):
        client.get("/sitemap.xml")


def test_a_large_one_is_an_index_of_parts_that_hold_every_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PART_SIZE", 4)
    monkeypatch.setattr(sitemaps.RowSitemap, "limit", 4)
    skills = SkillFactory.create_batch(9)
    parts = places(client)
    assert {"/sitemap-lists.xml", "/sitemap-skills.xml", "/sitemap-skills.xml?p=3"} <= set(parts)
    named = [place for part in parts for place in places(client, part)]
    assert {skill.get_absolute_url() for skill in skills} <= set(named)
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    "path", ["/sitemap-none.xml", "/sitemap-skills.xml?p=2", "/sitemap-skills.xml?p=x", "/sitemap.xml?p=9"]
)
def test_a_part_that_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get("/sitemap-skills.xml?p=1").status_code == 200
    assert client.get(path).status_code == 404
