"""The sitemap contains every published page and nothing else."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from content.base_models import Status
from content.models import Collection
from skills.models import Skill
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
from tests.pack_files import Pack
from tpm_portal.pages import sitemaps

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
EDITED = datetime(2020, 2, 29, 12, tzinfo=UTC)
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
        (place.text or "").removeprefix("http://testserver")
        for place in read(client, path).findall(".//s:loc", SPACE)
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


def test_it_names_every_page_without_arguments_but_those_that_need_a_choice() -> None:
    assert {name.rpartition(":")[2] for name in sitemaps.page_names()} == {
        "home",
        "role_list",
        "role_map",
        "skill_list",
        "skill_index",
        "ladder_list",
        "band_map",
        "assessment_choice",
        "interview_home",
        "question_list",
        "loop_builder",
        "practice",
        "calibration",
        "guide_list",
        "changes",
    }


def test_it_says_when_a_page_was_changed(client: Client) -> None:
    skill, noted = (
        SkillFactory(),
        SkillFactory(change_note="One more step.", noted_on=date(2030, 3, 2)),
    )
    Skill.objects.filter(pk=skill.pk).update(edited_at=EDITED)
    changed = changes(client)
    assert changed[skill.get_absolute_url()] == "2020-02-29"
    assert changed[noted.get_absolute_url()] == "2030-03-02"


def test_an_import_is_no_change_of_a_page(client: Client, tmp_path: Path) -> None:
    pack = Pack(tmp_path).with_skill()
    pack.load()
    address = Skill.objects.get().get_absolute_url()
    assert changes(client)[address] == ""
    Skill.objects.update(body="Ours.")
    assert changes(client)[address] > ""


def test_a_part_of_an_index_has_the_date_of_its_latest_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PART_SIZE", 1)
    first, other = SkillFactory.create_batch(2)
    Skill.objects.filter(pk=first.pk).update(edited_at=EDITED)
    Skill.objects.filter(pk=other.pk).update(
        edited_at=None, change_note="One more.", noted_on=date(2020, 3, 2)
    )
    assert changes(client)["/sitemap-skills.xml"] == "2020-03-02"
    Skill.objects.update(edited_at=None, change_note="", noted_on=None)
    assert changes(client)["/sitemap-skills.xml"] == ""


def changes(client: Client) -> dict[str, str]:
    """The day of the last change by address, of pages or of parts of the sitemap."""
    return {
        page.findtext("s:loc", "", SPACE).removeprefix("http://testserver"): page.findtext(
            "s:lastmod", "", SPACE
        )[:10]
        for page in read(client)
    }


def test_it_takes_one_query_a_kind_and_one_for_the_version(
    client: Client, django_assert_num_queries: Any
) -> None:
    SkillFactory.create_batch(3)
    with django_assert_num_queries(len(sitemaps.page_models()) + 1):
        client.get("/sitemap.xml")


def test_a_large_one_is_an_index_of_parts_that_hold_every_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PART_SIZE", 4)
    monkeypatch.setattr(sitemaps.RowSitemap, "limit", 4)
    skills = SkillFactory.create_batch(9)
    parts = places(client)
    assert {"/sitemap-lists.xml", "/sitemap-skills.xml", "/sitemap-skills.xml?p=3"} <= set(parts)
    named = [place for part in parts for place in places(client, part)]
    assert {skill.get_absolute_url() for skill in skills} <= set(named)
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    "path",
    ["/sitemap-none.xml", "/sitemap-skills.xml?p=2", "/sitemap-skills.xml?p=x", "/sitemap.xml?p=9"],
)
def test_a_part_that_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get("/sitemap-skills.xml?p=1").status_code == 200
    assert client.get(path).status_code == 404
