"""Two levels side by side: added, raised, lowered, dropped and new, in one ladder or across two."""

from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client

from content.base_models import Status
from ladders.models import Level, LevelRequirement
from skills.models import Proficiency, Skill
from tests.factories import (
    CollectionFactory,
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    ScaleFactory,
    SkillDescriptorFactory,
    SkillFactory,
)
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/ladders/compare/"


@pytest.fixture
def steps() -> list[Proficiency]:
    return list(ScaleFactory(steps=["Working", "Expert"]).proficiencies.all())


@pytest.fixture
def pair() -> tuple[Level, Level]:
    """Two levels of one ladder, the upper including the lower."""
    ladder = LadderFactory(title="Reference", slug="tpm")
    return (
        LevelFactory(ladder=ladder, title="Senior", slug="senior", position=1),
        LevelFactory(ladder=ladder, title="Staff", slug="staff", position=2, cumulative=True),
    )


def url_of(before: Any, after: Any) -> str:
    return (
        f"{URL}?"
        f"{urlencode({'from': getattr(before, 'key', before), 'to': getattr(after, 'key', after)})}"
    )


def page_of(before: Any, after: Any) -> Page:
    return Page.read(Client(), url_of(before, after))


def changes(page: Page) -> dict[str, list[str]]:
    """The skills under each kind of change."""
    found: dict[str, list[str]] = {}
    for element in page.part("skills").walk():
        if "group__title" in (element.attributes.get("class") or ""):
            kind = element.text.partition(":")[0]
        elif element.name == "h4":
            found.setdefault(kind, []).append(element.text)
    same = [summary.text for summary in page.all("summary") if summary.text.startswith("Unchanged")]
    return found | ({"Unchanged": same} if same else {})


def need(level: Level, skill: Skill, proficiency: Proficiency) -> None:
    LevelRequirementFactory(level=level, skill=skill, proficiency=proficiency)


def test_skills_are_added_raised_lowered_and_unchanged(
    pair: tuple[Level, Level], steps: list[Proficiency]
) -> None:
    senior, staff = pair
    new, more, less, same = (
        SkillFactory(title=title, scale=steps[0].scale) for title in ["New", "More", "Less", "Same"]
    )
    for skill, before, after in ((new, None, 0), (more, 0, 1), (less, 1, 0), (same, 0, None)):
        for level, step in ((senior, before), (staff, after)):
            if step is not None:
                need(level, skill, steps[step])
    page = page_of(senior, staff)
    assert changes(page) == {
        "Added": ["New"],
        "Raised": ["More"],
        "Lowered": ["Less"],
        "Unchanged": ["Unchanged: 1"],
    }
    assert changes(page_of(staff, senior))["Dropped"] == ["New"]


def test_a_skill_that_is_helpful_at_one_level_only_is_not_unchanged(
    pair: tuple[Level, Level], steps: list[Proficiency]
) -> None:
    skill = SkillFactory(title="Same step", scale=steps[0].scale)
    for level, importance in zip(pair, ["helpful", "essential"], strict=True):
        LevelRequirementFactory(
            level=level, skill=skill, proficiency=steps[1], importance=importance
        )
    heading = "Same proficiency, different importance"
    page = page_of(*pair)
    assert changes(page) == {heading: ["Same step"]}
    assert f"1 skill {heading.lower()}" in page
    LevelRequirement.objects.update(importance="helpful")
    assert changes(page_of(*pair)) == {"Unchanged": ["Unchanged: 1"]}


def test_both_descriptors_stand_in_place_with_the_changed_words_marked(
    pair: tuple[Level, Level], steps: list[Proficiency]
) -> None:
    skill = SkillFactory(title="Risk", scale=steps[0].scale)
    texts = [
        "- Keeps a list of the risks of one team.",
        "- Keeps a list of the risks of many teams.",
    ]
    for level, step, text in zip(pair, steps, texts, strict=True):
        need(level, skill, step)
        SkillDescriptorFactory(skill=skill, proficiency=step, text=text)
    part = page_of(*pair).part("skills")
    assert all(text.removeprefix("- ") in part for text in texts)
    assert [mark.text for mark in part.all("mark")] == ["one team", "many teams"]


def test_scope_autonomy_reach_years_and_band_stand_side_by_side(pair: tuple[Level, Level]) -> None:
    Level.objects.filter(pk=pair[1].pk).update(scope="Many teams.", years_min=8)
    rows = [
        [cell.text for cell in row.all("h3", "p")]
        for row in page_of(*pair).part("reach").marked("compare")
    ]
    assert rows[0] == ["Scope", "One team.", "Many teams."]
    assert "Stated only for Staff: usual experience" in page_of(*pair).part("reach")
    Level.objects.filter(pk=pair[0].pk).update(years_min=3, years_max=5)
    rows = [
        [cell.text for cell in row.all("h3", "p")]
        for row in page_of(*pair).part("reach").marked("compare")
    ]
    assert rows[-1] == ["Usual experience", "3 to 5 years", "8 years or more"]


def test_its_summary_ends_with_the_skills_where_no_expectation_is_new(
    pair: tuple[Level, Level], steps: list[Proficiency]
) -> None:
    skill = SkillFactory(scale=steps[0].scale)
    for level in pair:
        need(level, skill, steps[0])
    ExpectationFactory(level=pair[0], text="Reports by exception.")
    assert page_of(*pair).marked("note")[0].text == "1 skill unchanged"
    ExpectationFactory(level=pair[1], text="Names the risks.")
    assert page_of(*pair).marked("note")[0].text == "1 skill unchanged; 1 new expectation"


def test_expectations_are_new_taken_further_and_carried(pair: tuple[Level, Level]) -> None:
    senior, staff = pair
    skill = SkillFactory(title="Risk")
    ExpectationFactory(level=senior, skill=skill, text="Names the risks of a program.", position=1)
    ExpectationFactory(level=senior, skill=SkillFactory(), text="Reports by exception.", position=2)
    ExpectationFactory(
        level=staff, skill=skill, text="Treats the cause behind several.", position=1
    )
    assert told(page_of(senior, staff)) == {
        "New: 1": ["Treats the cause behind several."],
        "Extended by new expectations: 1": ["Names the risks of a program."],
        "Unchanged: 1": ["Reports by exception."],
    }
    assert told(page_of(staff, senior)) == {
        "Unchanged: 2": ["Names the risks of a program.", "Reports by exception."],
        "No longer stated: 1": ["Treats the cause behind several."],
    }


def told(page: Page) -> dict[str, list[str]]:
    part = page.part("expectations")
    titles = [title.text for title in part.marked("group__title")]
    return dict(
        zip(
            titles,
            [[text.text for text in row.all("p")] for row in part.marked("told")],
            strict=True,
        )
    )


def test_levels_of_two_ladders_are_compared_with_a_word_of_caution(
    pair: tuple[Level, Level],
) -> None:
    theirs = LevelFactory(
        title="IC4", ladder__title="Their ladder", ladder__collection=CollectionFactory(slug="acme")
    )
    ExpectationFactory(level=theirs, text="Works alone.")
    ExpectationFactory(level=pair[0], text="Works in a team.")
    page = page_of(theirs, pair[0])
    assert (
        page.one("h1").text == f"From IC4, {theirs.ladder.owner_name}, to Senior, Reference ladder"
    )
    assert "IC4 of Their ladder, next to Senior of Reference" in page
    assert "read this as a comparison of two texts" in page
    theirs_alone = f"Stated only for {theirs.ladder.owner_name} IC4: 1"
    assert told(page) == {
        "Stated for Reference ladder Senior: 1": ["Works in a team."],
        theirs_alone: ["Works alone."],
    }


def test_skills_of_two_ladders_are_not_called_added_or_raised(steps: list[Proficiency]) -> None:
    ours, theirs = (
        LevelFactory(
            title=name, slug="m", ladder=LadderFactory(slug=name.lower(), organization=name)
        )
        for name in ("Raven", "Crow")
    )
    more, less, own = (
        SkillFactory(title=title, scale=steps[0].scale) for title in ("More", "Less", "Own")
    )
    for level, skill, step in (
        (ours, more, 0),
        (theirs, more, 1),
        (ours, less, 1),
        (theirs, less, 0),
        (theirs, own, 0),
    ):
        need(level, skill, steps[step])
    page = page_of(ours, theirs)
    assert changes(page) == {
        "Required only at Crow Crow": ["Own"],
        "Higher at Crow Crow": ["More"],
        "Higher at Raven Raven": ["Less"],
    }
    assert "added" not in page


def test_two_levels_of_one_code_are_told_apart_by_their_organizations() -> None:
    for name in ("Raven", "Crow"):
        ladder = LadderFactory(slug=name.lower(), organization=name)
        level = LevelFactory(ladder=ladder, title="Manager", code="L5", slug="l5")
        ExpectationFactory(level=level, skill=None, text=f"Works at {name}.")
    page = page_of("raven/l5", "crow/l5")
    assert page.one("h1").text == "From Manager (L5), Raven, to Manager (L5), Crow"
    assert [note.text for told in page.marked("told") for note in told.all("small")] == [
        "Crow L5",
        "Raven L5",
    ]


def test_ladders_of_one_organization_are_told_apart_by_their_titles() -> None:
    for slug in ("one", "two"):
        ladder = LadderFactory(slug=slug, title=f"Ladder {slug}", organization="Raven")
        LevelFactory(ladder=ladder, title="Manager", slug="m")
    assert (
        page_of("one/m", "two/m").one("h1").text
        == "From Manager, Ladder one, to Manager, Ladder two"
    )


def test_ladders_without_requirements_say_so(pair: tuple[Level, Level]) -> None:
    assert "The skills that the two levels require are not known here." in page_of(*pair)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Of one ladder or two"),
        ("?from=tpm/senior", "Of one ladder or two"),
        ("?from=tpm/senior&to=tpm/senior", "This is already selected. Choose another one."),
        ("?from=tpm/senior&to=tpm/nobody", "There is no “tpm/nobody”."),
        ("?from=::/&to=%00", "There is no “::/”."),
        ("?from=tpm&to=/", "There is no “tpm”."),
    ],
)
@pytest.mark.usefixtures("pair")
def test_what_cannot_be_compared_gets_a_sentence_and_the_choice(query: str, words: str) -> None:
    page = Page.read(Client(), URL + query)
    assert words in page
    assert [option.text for option in page.one("form").all("select")[0].all("option")] == [
        "Choose",
        "Senior",
        "Staff",
    ]


def test_a_level_page_leads_to_what_changes_from_below_and_above(
    pair: tuple[Level, Level], steps: list[Proficiency]
) -> None:
    senior, staff = pair
    for level in pair:
        need(level, SkillFactory(scale=steps[0].scale), steps[0])
    staff_page = Page.read(Client(), staff.get_absolute_url())
    address = unquote(url_of(senior, staff))
    assert address in map(unquote, staff_page.part("changes").links)
    side = Page.read(Client(), senior.get_absolute_url()).marked("side")[0]
    assert "Compare with Staff" in side
    assert address in map(unquote, side.links)


def test_a_level_is_compared_while_its_ladder_is_published(pair: tuple[Level, Level]) -> None:
    assert_shown_while_published(url_of(*pair), pair[0].ladder, "From Senior to Staff")


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_skills_as_for_many(
    pair: tuple[Level, Level], steps: list[Proficiency]
) -> None:
    def grow() -> None:
        skill = SkillFactory(scale=steps[0].scale)
        for level, step in zip(pair, steps, strict=True):
            need(level, skill, step)
            SkillDescriptorFactory(skill=skill, proficiency=step)
            ExpectationFactory(level=level, skill=skill)
        LevelFactory(ladder=pair[0].ladder)

    assert_queries_do_not_grow(url_of(*pair), grow)


def test_editors_compare_what_is_not_public_yet(
    pair: tuple[Level, Level], steps: list[Proficiency]
) -> None:
    collection = CollectionFactory(status=Status.DRAFT)
    skill = SkillFactory(
        title="Risk", scale=ScaleFactory(collection=collection), collection=collection
    )
    draft = LevelFactory(
        title="Lead", ladder=LadderFactory(collection=collection, status=Status.DRAFT)
    )
    LevelRequirementFactory(level=draft, skill=skill)
    LevelRequirementFactory(level=pair[0], skill=SkillFactory(title="Code"))
    url = url_of(pair[0], draft)
    assert "Compare two levels" in Page.read(Client(), url)
    assert changes(Page.read(signed_in("change_level"), url)) == {
        f"Required only at {draft.ladder.owner_name} Lead": ["Risk"],
        "Required only at Reference ladder Senior": ["Code"],
    }
    assert "Compare two levels" in Page.read(signed_in("change_skill"), url)
