"""The career map: roles, entry points, and moves with the skills they require."""

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from roles.importance import Importance
from roles.models import Role, RoleMove
from tests.factories import (
    CollectionFactory,
    FamilyRequirementFactory,
    RoleFactory,
    RoleFamilyFactory,
    RoleMoveFactory,
    SkillFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.markup import Element, Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/roles/map/"


@pytest.fixture
def roles() -> dict[str, Role]:
    """Three roles of one family."""
    family = RoleFamilyFactory(title="Programs")
    names = ["Build", "Launch", "Money"]
    return {
        name: RoleFactory(title=name, slug=name.lower(), family=family, position=n)
        for n, name in enumerate(names)
    }


def move(start: Role | str, end: Role, kind: str = "lateral", **given: Any) -> RoleMove:
    begins = (
        {"from_role": None, "origin": start}
        if isinstance(start, str)
        else {"from_role": start, "origin": ""}
    )
    return RoleMoveFactory(to_role=end, kind=kind, **begins, **given)


def spots(page: Page) -> dict[str, list[str]]:
    """The content of the picture: each node with the types of edges that start there."""
    found = {}
    for spot in page.marked("map__spot"):
        lines = [
            str(line.attributes["class"]).rpartition("--")[2] for line in spot.marked("map__line")
        ]
        found[spot.text] = lines
    return found


def costs(page: Page) -> dict[str, Element]:
    return {each.one("summary").text: each for each in page.marked("cost")}


def test_the_picture_holds_every_role_and_every_way_in(roles: dict[str, Role]) -> None:
    move("Recent graduate", roles["Launch"], "entry")
    move(roles["Build"], roles["Launch"])
    move(roles["Build"], roles["Money"], "switch")
    move(roles["Launch"], roles["Money"], "related")
    page = Page.read(Client(), URL)
    assert spots(page) == {
        "Recent graduate": ["entry"],
        "Build": ["lateral", "switch"],
        "Launch": [],
        "Money": [],
    }
    links = page.marked("map")[0].all("a")
    assert [link.attributes["aria-label"] for link in links] == [
        "Build, leads to Launch, Money",
        "Launch",
        "Money",
    ]
    assert [link.attributes["href"] for link in links] == [
        "/roles/build/",
        "#to-launch",
        "#to-money",
    ]
    assert "Programs" in page.marked("map__family")[0]


def test_a_move_tells_what_it_takes_in_skills(roles: dict[str, Role]) -> None:
    code, plans, words = (SkillFactory(title=title) for title in ("Code", "Plans", "Words"))
    needs = {"Build": {code: 3, plans: 1}, "Launch": {plans: 2, words: 0}}
    for name, wanted in needs.items():
        for skill, step in wanted.items():
            SkillRequirementFactory(role=roles[name], skill=skill, proficiency=step_of(skill, step))
    SkillRequirementFactory(
        role=roles["Launch"], skill=SkillFactory(title="Nice"), importance=Importance.HELPFUL
    )
    move(roles["Build"], roles["Launch"], text="Show a plan.")
    move(roles["Launch"], roles["Build"])
    move(roles["Build"], roles["Money"])
    move("Recent graduate", roles["Launch"], "entry")
    found = costs(Page.read(Client(), URL))
    assert list(found) == [
        "From Launch Lateral move: 1 new, 0 higher",
        "From Build Lateral move: 2 new, 1 higher",
        "From Recent graduate Entry: 2 essential skills",
        "From Build Lateral move: skills not stated",
    ]
    there = found["From Build Lateral move: 2 new, 1 higher"]
    assert "Show a plan." in there
    assert "New: Words, Nice Higher: Plans" in there or "New: Nice, Words Higher: Plans" in there
    assert there.links == ["/roles/compare/?a=build&b=launch"]
    assert found["From Recent graduate Entry: 2 essential skills"].links == []


def test_one_role_can_be_looked_at_alone(roles: dict[str, Role]) -> None:
    move(roles["Build"], roles["Launch"])
    move(roles["Launch"], roles["Money"])
    move("Recent graduate", roles["Money"], "entry")
    page = Page.read(Client(), f"{URL}?role=build")
    assert spots(page) == {"Build": ["lateral"], "Launch": []}
    assert page.one("h1").text == "Moves to and from Build"
    assert URL in page.links


@pytest.mark.parametrize("key", ["nowhere", "other:x", "%00", "x" * 500])
def test_a_role_that_is_none_shows_the_whole_map(roles: dict[str, Role], key: str) -> None:
    move(roles["Build"], roles["Launch"])
    assert Page.read(Client(), f"{URL}?role={key}").one("h1").text == "Career map"


def test_without_moves_it_leads_to_the_list() -> None:
    page = Page.read(Client(), URL)
    assert "No move between roles is published yet" in page
    assert "/roles/" in page.links


def test_a_move_shows_while_both_its_ends_do(roles: dict[str, Role]) -> None:
    move(roles["Money"], roles["Launch"])
    move(roles["Build"], roles["Launch"])
    assert_shown_while_published(URL, roles["Build"], "From Build")


def test_roles_of_other_collections_are_left_out(roles: dict[str, Role]) -> None:
    other = RoleFactory(title="Elsewhere", collection=CollectionFactory())
    move(roles["Build"], other)
    move(other, roles["Build"])
    move(roles["Build"], roles["Launch"])
    page = Page.read(Client(), URL)
    assert "Elsewhere" not in page
    assert len(costs(page)) == 1


def test_a_long_title_stands_whole_in_its_box_and_beside_it(roles: dict[str, Role]) -> None:
    titles = [
        f"Portfolio and program management office lead {place}"
        for place in ("in Europe", "in Africa", "")
    ]
    for title in titles:
        move(RoleFactory(title=title, family=roles["Build"].family), roles["Build"])
    page = Page.read(Client(), URL)
    picture = page.marked("map")[0]
    assert all(f"From {title.strip()}" in page for title in titles)
    assert {title.strip() for title in titles} <= {link.text for link in picture.all("a")}
    boxes = [
        (number(link.one("rect"), "y"), number(link.one("rect"), "height"))
        for link in picture.all("a")
    ]
    assert all(y + height < following for (y, height), (following, _) in pairwise(boxes))
    for link, (y, height) in zip(picture.all("a"), boxes, strict=True):
        assert all(y + 8 < number(line, "y") < y + height - 8 for line in link.all("tspan"))


def number(element: Element, name: str) -> float:
    return float(str(element.attributes[name]))


def test_a_long_name_of_an_origin_takes_as_many_lines_as_it_needs(roles: dict[str, Role]) -> None:
    names = [
        "Customer support or solutions engineer",
        " ".join(["Words"] * 20),
        " ".join(["Words"] * 21),
    ]
    for name in names:
        move(name, roles["Build"], "entry")
    page = Page.read(Client(), URL)
    two, *long = page.marked("map__origin")
    assert [line.text for line in two.all("tspan")] == ["Customer support or solutions", "engineer"]
    assert [each.text for each in long] == names[1:]
    heights = [
        number(line, "y") for each in page.marked("map__origin") for line in each.all("tspan")
    ]
    assert heights == sorted(heights)
    assert heights[-1] + 8 < float(str(page.marked("map")[0].attributes["height"]))


def test_lists_of_roles_and_their_pages_lead_to_it(roles: dict[str, Role]) -> None:
    move(roles["Build"], roles["Launch"])
    assert URL in Page.read(Client(), "/roles/").links
    assert f"{URL}?role=build" in Page.read(Client(), "/roles/build/").links
    assert f"{URL}?role=money" not in Page.read(Client(), "/roles/money/").links


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_roles_as_for_many(roles: dict[str, Role]) -> None:
    def grow() -> None:
        other = RoleFactory(family=RoleFamilyFactory())
        SkillRequirementFactory(role=other)
        move(roles["Build"], other)
        move(f"From {other.slug}", other, "entry")

    assert_queries_do_not_grow(URL, grow)


def test_a_move_within_a_family_takes_no_skill_of_its_core_profile(roles: dict[str, Role]) -> None:
    plan, risk = SkillFactory(title="Plan"), SkillFactory(title="Risk")
    for skill in (plan, risk):
        FamilyRequirementFactory(
            family=roles["Build"].family, skill=skill, importance=Importance.EXPECTED
        )
    SkillRequirementFactory(role=roles["Launch"], skill=risk, proficiency=step_of(risk, 3))
    move(roles["Build"], roles["Launch"])
    move("Recent graduate", roles["Build"])
    summaries = [each.one("small").text for each in Page.read(Client(), URL).marked("cost")]
    assert sorted(summaries) == ["Lateral move: 0 new, 1 higher", "Lateral move: 2 required skills"]
