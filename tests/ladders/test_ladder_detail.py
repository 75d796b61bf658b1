"""The page of a ladder: its levels from the top, and the matrix of levels and skills."""

from typing import Any

import pytest
from django.test import Client

from ladders.models import Expectation, Ladder, Level
from roles.importance import Importance
from roles.models import Role
from tests.factories import (
    CollectionFactory,
    ExpectationFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    LevelRequirementFactory,
    RoleFactory,
    SkillFactory,
    SkillGroupFactory,
    step_of,
)
from tests.markup import Page
from tests.showing import (
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def ladder() -> Ladder:
    return LadderFactory(title="Reference", slug="tpm", role=None, body="")


def page_of(ladder: Ladder) -> Page:
    return Page.read(Client(), ladder.get_absolute_url())


def facts(page: Page) -> dict[str, str]:
    """The facts beneath the title."""
    return {
        row.one("dt").text: row.one("dd").text for row in page.marked("key-facts")[0].all("div")
    }


def test_it_says_whose_ladder_it_is_and_how_sure_that_is(ladder: Ladder) -> None:
    role = RoleFactory(title="Product TPM", slug="product-tpm")
    Ladder.objects.update(
        role=role, organization="Raven Works", confidence="low", rule="points",
        observed_on="2026-01-31",
        source_url="https://example.org/l", body="Read **it**.", sources="- A page",
    )  # fmt: skip
    page = page_of(ladder)
    assert page.one("h1").text == "Reference"
    assert page.marked("kind")[0].text == "Raven Works"
    assert ladder.summary in page
    assert facts(page) == {
        "Role": "Product TPM",
        "How levels are assessed": "Points across all skills",
        "Confidence": "Low: few reports",
        "Observed": "January 31, 2026",
        "Source": "Where it was read",
    }
    assert page.marked("key-facts")[0].links == ["/roles/product-tpm/", "https://example.org/l"]
    assert page.marked("fold")[-1].one("strong").text == "it"
    assert "A page" in page.marked("sources")[0]


def test_only_what_its_organization_published_is_called_so(ladder: Ladder) -> None:
    for confidence, words in (
        ("high", "As published"),
        ("medium", "Where it was read"),
        ("", "Where it was read"),
    ):
        Ladder.objects.update(
            organization="Raven Works", source_url="https://example.org/l", confidence=confidence
        )
        assert facts(page_of(ladder))["Source"] == words
    Ladder.objects.update(organization="", collection=CollectionFactory())
    theirs = Ladder.objects.get()
    assert facts(page_of(theirs))["Source"] == "As published"


def test_a_bare_ladder_is_a_reference_ladder_without_levels(ladder: Ladder) -> None:
    page = page_of(ladder)
    assert page.marked("kind")[0].text == "Reference ladder"
    assert facts(page) == {"How levels are assessed": "Every skill at its proficiency"}
    assert page.headings == ["levels"]
    assert "This ladder has no levels yet." in page
    assert page.marked("fold") == []


def test_its_levels_stand_from_the_top(ladder: Ladder) -> None:
    for position, title in enumerate(["Junior", "Senior", "Staff"], start=1):
        LevelFactory(
            ladder=ladder,
            title=title,
            code=f"L{position}",
            position=position,
            scope=f"{position} teams.",
        )
    manager = LevelFactory(
        ladder=ladder, title="Manager", track=Level.Track.MANAGER, position=4, scope=""
    )
    LevelMoveFactory(from_level=Level.objects.get(code="L2"), to_level=manager, kind="track_change")
    page = page_of(ladder)
    assert [link.text for link in page.marked("stairs")[0].all("a")] == [
        "Junior L1",
        "Senior L2",
        "Staff L3",
        "Manager",
    ]
    rows = page.marked("levels")[0].all("li")
    assert {row.one("h3").text for row in rows[:2]} == {"Staff L3", "Manager"}
    assert [row.text for row in rows[2:]] == [
        "Senior L2 Senior in one sentence. Scope: 2 teams.",
        "Junior L1 Junior in one sentence. Scope: 1 teams.",
    ]
    assert rows[2].links == ["/ladders/tpm/senior/"]
    assert [row.text for row in rows if "levels__level--manager" in row.attributes["class"]] == [
        "Manager Manager in one sentence."
    ]


@pytest.fixture
def filled(ladder: Ladder) -> Ladder:
    late, early = (
        SkillGroupFactory(title="Delivery", position=2),
        SkillGroupFactory(title="Technical", position=1),
    )
    risk, depth = SkillFactory(title="Risk", group=late), SkillFactory(title="Depth", group=early)
    levels = [
        LevelFactory(ladder=ladder, title=f"Level {n}", code=f"L{n}", position=n) for n in (1, 2, 3)
    ]
    for level, skill, step in [(0, risk, 2), (1, risk, 1), (1, depth, 0), (2, depth, 0)]:
        LevelRequirementFactory(level=levels[level], skill=skill, proficiency=step_of(skill, step))
    LevelRequirementFactory(
        level=levels[2],
        skill=SkillFactory(title="Alone", group=None),
        proficiency=None,
        importance=Importance.HELPFUL,
    )
    return ladder


def test_the_matrix_says_what_each_level_needs_of_each_skill(filled: Ladder) -> None:
    table = page_of(filled).part("matrix").one("table")
    assert [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")] == [
        ["Skill", "L1 Level 1", "L2 Level 2", "L3 Level 3"],
        ["Technical"],
        ["Depth", "–not required", "1Awareness, added", "1Awareness"],
        ["Delivery"],
        ["Risk", "3Practitioner", "2Working, lowered", "–not required, dropped"],
        ["Other skills"],
        ["Alone", "–not required", "–not required", "✓required, not graded, added, helpful"],
    ]
    assert "/skills/depth/" in table.links
    assert table.links[0] == "/ladders/tpm/level-1/"


def test_the_matrix_is_a_table_for_all_readers(filled: Ladder) -> None:
    table = page_of(filled).one("table")
    scopes = [[cell.attributes.get("scope") for cell in row.all("th")] for row in table.all("tr")]
    assert scopes[:3] == [["col"] * 4, ["rowgroup"], ["row"]]


def test_a_level_without_a_code_goes_by_its_title(ladder: Ladder) -> None:
    LevelRequirementFactory(level=LevelFactory(ladder=ladder, title="Senior", code=""))
    table = page_of(ladder).one("table")
    assert [cell.text for cell in table.all("th")][:2] == ["Skill", "Senior"]


def test_levels_with_one_code_are_told_apart_in_every_table(ladder: Ladder) -> None:
    made = [
        ("Senior", "7", ""),
        ("Staff", "8", ""),
        ("Manager", "8", "manager"),
        ("Lead", "9", ""),
        ("Head", "9", ""),
    ]
    for position, (title, code, track) in enumerate(made):
        level = LevelFactory(ladder=ladder, title=title, code=code, track=track, position=position)
        ExpectationFactory(level=level, skill=SkillFactory())
    names = ["7", "8", "8 · manager", "Lead (9)", "Head (9)"]
    coverage = page_of(ladder).part("coverage")
    assert [cell.text for cell in coverage.all("th") if cell.attributes["scope"] == "col"][
        1:
    ] == names
    LevelRequirementFactory(level=level)
    matrix = page_of(ladder).part("matrix")
    heads = [cell.text for cell in matrix.all("th") if cell.attributes["scope"] == "col"][1:]
    assert heads == ["7 Senior", "8 Staff", "8 · manager Manager", "Lead (9)", "Head (9)"]


@pytest.mark.parametrize(("length", "is_long"), [(60, False), (61, True)])
def test_a_long_title_stands_above_the_texts_of_its_level(
    ladder: Ladder, length: int, is_long: bool
) -> None:
    LevelFactory(ladder=ladder, title="x" * length)
    assert bool(page_of(ladder).marked("levels__level--long")) is is_long
    assert page_of(ladder).marked("levels__level")


def skill(ladder: Ladder) -> Any:
    return LevelRequirementFactory(level__ladder=ladder).skill


def guide(ladder: Ladder) -> Any:
    return GuideFactory(ladders=[ladder])


def role(ladder: Ladder) -> Any:
    ladder.role = RoleFactory()
    ladder.save()
    return ladder.role


@pytest.mark.parametrize("relate", [skill, guide, role])
def test_what_is_related_shows_while_it_and_its_collection_are_published(
    ladder: Ladder, relate: Any
) -> None:
    row = relate(ladder)
    row.collection = CollectionFactory()
    row.save()
    for hidden in (row, row.collection):
        assert_shown_while_published(ladder.get_absolute_url(), hidden, row.title)


def test_a_hidden_ladder_is_for_its_editors(filled: Ladder) -> None:
    assert_hidden_is_for_editors(filled)


def test_a_renamed_ladder_is_found_at_its_former_address(client: Client, filled: Ladder) -> None:
    filled.slug = "new"
    filled.save()
    assert client.get("/ladders/tpm/")["Location"] == "/ladders/new/"
    assert client.get("/ladders/tpm/level-1/")["Location"] == "/ladders/new/level-1/"
    assert Page.read(client, "/ladders/new/level-1/").one("h1").text == "Level 1"


def test_a_ladder_of_another_collection_names_its_publisher(client: Client, ladder: Ladder) -> None:
    LadderFactory(
        slug="tpm",
        title="Theirs",
        collection=CollectionFactory(slug="other", attribution="By Somebody Else."),
    )
    page = Page.read(client, "/ladders/other:tpm/")
    assert page.one("h1").text == "Theirs"
    assert "By Somebody Else." in page.marked("provenance")[0]
    assert page.marked("provenance")[0].links[0] == "/collections/other/"
    assert page_of(ladder).one("h1").text == "Reference"


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(ladder: Ladder) -> None:
    role(ladder)

    def grow() -> None:
        needed = LevelRequirementFactory(level__ladder=ladder)
        LevelMoveFactory(from_level=needed.level)
        guide(ladder)

    assert_queries_do_not_grow(ladder.get_absolute_url(), grow)


def test_a_ladder_of_several_roles_names_the_public_ones_and_stands_on_their_pages(
    client: Client,
) -> None:
    ladder = LadderFactory(role=RoleFactory(title="Engineering TPM"))
    ladder.other_roles.set(
        [RoleFactory(title="Product TPM"), RoleFactory(title="Secret TPM", status="draft")]
    )
    page = client.get(ladder.get_absolute_url()).content.decode()
    assert "Engineering TPM" in page
    assert "Product TPM" in page
    assert "Secret TPM" not in page
    for role in Role.objects.published():
        assert ladder.title in client.get(role.get_absolute_url()).content.decode()


def test_without_requirements_it_shows_how_much_each_level_says(ladder: Ladder) -> None:
    lower, upper = (
        LevelFactory(ladder=ladder, code=code, position=n) for n, code in enumerate(["A", "B"])
    )
    skill, group = (
        SkillFactory(title="Risk", slug="risk"),
        SkillGroupFactory(title="Scope", slug="scope"),
    )
    for level, number in ((lower, 1), (upper, 3)):
        ExpectationFactory.create_batch(number, level=level, skill=skill)
    ExpectationFactory(level=upper, skill=None, group=group, position=9)
    ExpectationFactory(level=upper, skill=skill, kind=Expectation.Kind.EXAMPLE)
    ExpectationFactory(level=upper, skill=None, group=None)
    page = page_of(ladder)
    assert "coverage" in page.headings
    rows = [
        [cell.text for cell in row.all("td")]
        for row in page.marked("matrix")[0].all("tr")
        if row.all("td")
    ]
    assert rows == [["1 on Risk at A", "3 on Risk at B"], ["–nothing", "1 on Scope at B"]]
    assert f"{upper.get_absolute_url()}#on-risk" in page.links
    LevelRequirementFactory(level=upper, skill=skill)
    assert "coverage" not in page_of(ladder).headings
