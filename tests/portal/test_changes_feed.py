"""The feed of changes: valid Atom with only public content."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import CollectionFactory, SkillFactory
from tests.showing import HIDDEN, set_status
from tpm_portal.pages.changes import FEED_SIZE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def feed() -> ElementTree.Element:
    answer = Client().get(URL)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def told(element: ElementTree.Element) -> dict[str, str]:
    return {child.tag.removeprefix(ATOM): (child.text or "").strip() for child in element}


def test_it_has_what_atom_asks_for() -> None:
    SkillFactory(title="Risk", summary="Sees what may go wrong.")
    root = feed()
    assert root.tag == f"{ATOM}feed"
    assert {"id", "title", "updated"} <= told(root).keys()
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/changes/",
        "self": "http://testserver/changes.atom",
    }
    (entry,) = root.findall(f"{ATOM}entry")
    assert told(entry)["title"] == "Risk"
    assert told(entry)["summary"] == "Sees what may go wrong."
    assert told(entry)["id"] == "http://testserver/skills/risk/"
    assert told(entry)["updated"]
    assert told(entry)["rights"] == "CC-BY-4.0"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Example Publisher"


def test_the_note_of_a_change_comes_before_the_summary() -> None:
    SkillFactory(change_note="One descriptor more.", noted_on="2026-03-02", summary="A summary.")
    (entry,) = feed().findall(f"{ATOM}entry")
    assert told(entry)["summary"] == "March 2, 2026: One descriptor more."


@pytest.mark.parametrize(
    "title", ["</title><x>&", "\x01\x1f bell", "\ufffe", "\u202e right", "😀" * 100]
)
def test_a_hostile_title_leaves_it_well_formed(title: str) -> None:
    SkillFactory(title=title, slug="x", collection=CollectionFactory(publisher=title, slug="y"))
    assert len(feed().findall(f"{ATOM}entry")) == 1


def test_it_holds_the_last_changes_only_and_an_empty_one_is_whole_too() -> None:
    assert feed().findall(f"{ATOM}entry") == []
    SkillFactory.create_batch(FEED_SIZE + 1)
    assert len(feed().findall(f"{ATOM}entry")) == FEED_SIZE


def test_what_is_not_published_is_not_in_it() -> None:
    skill = SkillFactory()
    assert len(feed().findall(f"{ATOM}entry")) == 1
    for status in HIDDEN:
        set_status(skill, status)
        assert feed().findall(f"{ATOM}entry") == []


def test_every_page_leads_to_it() -> None:
    links = Client().get("/").text
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Changes" href="/changes.atom">'
        in links
    )
