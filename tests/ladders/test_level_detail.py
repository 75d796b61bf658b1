"""The page of a level: its scope, requirements and expectations, and moves from it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from content.base_models import Status
from ladders.models import Ladder, Level
from roles.importance import Importance
from tests.factories import (
    BandFactory,
    CollectionFactory,
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    LevelRequirementFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    SkillDescriptorFactory,
    SkillFactory,
    SkillGroupFactory,
    step_of,
)
from tests.markup import Page
from tests.showing import (
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def level() -> Level:
    return LevelFactory(
        ladder=LadderFactory(title="Reference", slug="tpm"),
        title="Senior TPM",
        slug="senior",
        code="R4",
        position=4,
    )


def page_of(level: Level) -> Page:
    return Page.read(Client(), level.get_absolute_url())


def beside(level: Level, title: str, position: int, **values: Any) -> Level:
    return LevelFactory(ladder=level.ladder, title=title, position=position, **values)


def test_it_says_what_the_level_answers_for(level: Level) -> None:
    Level.objects.update(
        years_min=5, years_max=8, band=BandFactory(title="Senior"), body="More **here**."
    )
    page = page_of(level)
    assert page.one("h1").text == "Senior TPM"
    assert page.marked("kind")[0].text == "R4 · about senior"
    assert level.summary in page
    assert [
        (row.one("dt").text, row.one("dd").text) for row in page.marked("key-facts")[0].all("div")
    ] == [
        ("Experience", "5 to 8 years, usually"),
        ("Band", "Senior. Reference level: overlaps the band"),
    ]
    assert page.part("more").one("strong").text == "here"
    assert page.marked("crumbs")[0].links == ["/ladders/", "/ladders/tpm/"]


def test_a_level_that_spans_bands_names_both_above_its_title(level: Level) -> None:
    Level.objects.update(
        band=BandFactory(title="Senior"),
        band_to=BandFactory(title="Staff"),
        band_relation="broader",
    )
    assert page_of(level).marked("kind")[0].text == "R4 · about senior to staff"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ((0, None), ""),
        ((1, None), "1 year or more, usually"),
        ((0, 0), "less than a year, usually"),
        ((None, 5), "up to 5 years, usually"),
        ((1, 1), "1 year, usually"),
        ((0, 1), "0 to 1 year, usually"),
    ],
)
def test_years_may_be_open(level: Level, years: tuple[int | None, int | None], words: str) -> None:
    Level.objects.update(years_min=years[0], years_max=years[1])
    assert words in page_of(level)
    assert ("Experience" in page_of(level)) == bool(words)


def test_its_track_is_named_where_the_ladder_has_several(level: Level) -> None:
    assert "Individual contributor" not in page_of(level)
    LevelFactory(ladder=level.ladder, track=Level.Track.MANAGER, position=9)
    assert page_of(level).marked("kind")[0].text == "R4 · Individual contributor"


def test_a_track_is_named_if_only_the_levels_of_the_other_one_state_theirs(level: Level) -> None:
    Level.objects.update(track="")
    manager = LevelFactory(ladder=level.ladder, track=Level.Track.MANAGER, position=9, code="M1")
    assert page_of(manager).marked("kind")[0].text == "M1 · Manager"
    assert page_of(level).marked("kind")[0].text == "R4"


def test_a_bare_level_shows_no_empty_parts(level: Level) -> None:
    level.code = level.scope = level.autonomy = level.reach = ""
    level.save()
    page = page_of(level)
    assert page.marked("side")[0].text == ""
    assert page.marked("key-facts") == page.marked("changes") == page.marked("strip") == []
    assert page.all("h2") == []
    assert page.marked("kind")[0].text == ""


def test_it_needs_skills_with_their_descriptor_in_place(level: Level) -> None:
    late, early = (
        SkillGroupFactory(title="Delivery", position=2),
        SkillGroupFactory(title="Technical", position=1),
    )
    risk, depth = (
        SkillFactory(title="Risk", group=late),
        SkillFactory(title="Depth", group=early, descriptors=True),
    )
    LevelRequirementFactory(
        level=level, skill=risk, proficiency=step_of(risk, 3), importance=Importance.HELPFUL
    )
    LevelRequirementFactory(
        level=level, skill=depth, proficiency=step_of(depth, 2), note="In *one* area."
    )
    part = page_of(level).part("skills")
    assert [title.text for title in part.marked("group__title")] == ["Technical", "Delivery"]
    assert [row.text for row in part.marked("skill-row")] == [
        "Depth Practitioner, level 3 of 4 expected Practitioner Depth at Practitioner. In one area."
        " About depth",
        "Risk Expert, level 4 of 4 helpful Expert About risk",
    ]
    assert part.marked("skill-row")[0].links == ["/skills/depth/"]


def test_it_says_what_differs_from_the_level_below(level: Level) -> None:
    lower = beside(level, "TPM", 3)
    skills = {
        title: SkillFactory(title=title, descriptors=True)
        for title in ("Added", "Lowered", "Raised", "Same")
    }
    for title, step in {"Lowered": 2, "Raised": 0, "Same": 1}.items():
        LevelRequirementFactory(
            level=lower, skill=skills[title], proficiency=step_of(skills[title], step)
        )
    for skill in skills.values():
        LevelRequirementFactory(level=level, skill=skill, proficiency=step_of(skill, 1))
    page = page_of(level)
    changes = {
        row.marked("skill-row__title")[0].text: row.marked("skill-row__change")[0].text
        for row in page.part("skills").marked("skill-row")
    }
    assert changes == {
        "Added": "added new at this level",
        "Lowered": "lowered from Practitioner",
        "Raised": "raised from Awareness",
        "Same": "",
    }
    assert "1 skill raised, 1 added, 1 lowered: compare side by side" in page.part("changes")


def test_a_cumulative_level_shows_what_it_carries_over(level: Level) -> None:
    needed = LevelRequirementFactory(level=beside(level, "TPM", 3))
    SkillDescriptorFactory(skill=needed.skill, proficiency=needed.proficiency, text="Does it.")
    assert page_of(level).marked("skill-row") == []
    Level.objects.update(cumulative=True)
    (row,) = page_of(level).part("skills").marked("skill-row")
    assert "Does it." in row
    assert "Inherited from TPM" in row


def test_it_shows_the_steps_from_and_to_it(level: Level) -> None:
    lower, upper = beside(level, "TPM", 3), beside(level, "Staff", 5, code="R5")
    LevelMoveFactory(from_level=lower, to_level=level, text="Lead *more*.")
    LevelMoveFactory(from_level=level, to_level=upper, kind="lateral")
    LevelMoveFactory(from_level=lower, to_level=upper)
    part = page_of(level).part("moves")
    texts = {row.one("summary").text: row.marked("prose")[0].text for row in part.all("details")}
    assert texts == {
        "From TPM Promotion": "Lead more. TPM",
        "To Staff (R5) Lateral move": "Staff (R5)",
    }
    assert set(part.links) == {lower.get_absolute_url(), upper.get_absolute_url()}


def test_the_editor_of_a_hidden_ladder_sees_the_steps_on_it(level: Level) -> None:
    LevelMoveFactory(from_level=level, to_level=beside(level, "Staff", 5))
    elsewhere = LevelMoveFactory(
        from_level=level, to_level=LevelFactory(title="Elsewhere")
    ).to_level
    set_status(level.ladder, Status.DRAFT)
    editor = signed_in("change_ladder")
    assert [
        row.text for row in Page.read(editor, level.get_absolute_url()).part("moves").all("summary")
    ] == [
        "To Staff Promotion",
        "To Elsewhere Promotion",
    ]
    set_status(elsewhere.ladder, Status.DRAFT)
    assert "Elsewhere" not in Page.read(editor, level.get_absolute_url())


def test_a_picture_leads_to_every_level_of_the_ladder(level: Level) -> None:
    lower, upper = beside(level, "TPM", 3, code="R3"), beside(level, "Staff", 5, code="R5")
    manager = beside(level, "Manager", 6, code="M1", track=Level.Track.MANAGER)
    LevelMoveFactory(from_level=level, to_level=manager, kind="track_change")
    page = page_of(level)
    strip = page.marked("strip")[0]
    assert set(strip.links) == {row.get_absolute_url() for row in (lower, level, upper, manager)}
    current = [bar for bar in strip.all("a") if bar.attributes.get("aria-current")]
    assert [bar.attributes["aria-label"] for bar in current] == ["Senior TPM (R4)"]
    facts = {
        row.one("dt").text: row.one("dd").text for row in page.marked("key-facts")[0].all("div")
    }
    assert facts["Next level"] == "Staff (R5), Manager (M1)"
    assert page.marked("nextprev") == []


def test_a_level_of_a_long_ladder_links_to_its_neighbors(level: Level) -> None:
    for position in range(5, 17):
        beside(level, f"Level {position}", position, code="")
    page = page_of(level)
    assert page.marked("strip") == []
    assert [link.text for link in page.marked("nextprev")[0].all("a")] == ["Level above Level 5"]


def test_levels_of_other_companies_in_its_bands_are_a_click_away(level: Level) -> None:
    low, high = BandFactory(title="Senior"), BandFactory(title="Staff")
    Level.objects.update(band=low)
    for title, bands in {"Same": {"band": low}, "Wider": {"band": low, "band_to": high}}.items():
        ladder = LadderFactory(organization=title)
        LevelFactory(ladder=ladder, title=title, code=title[0], **bands)
    LevelFactory(ladder=LadderFactory(organization="Higher"), band=high)
    part = page_of(level).part("equivalents")
    assert [row.text for row in part.all("th") if row.attributes["scope"] == "row"] == [
        "This ladder", "Same", "Wider",
    ]  # fmt: skip
    matches = [
        bar.attributes["aria-label"]
        for bar in part.marked("lane")[0].all("a") + part.marked("lane")[1].all("a")
    ]
    assert matches == ["Senior TPM (R4): Senior", "Same (S): Senior, confidence medium"]


def test_a_level_without_skills_offers_the_reference_level_of_its_band(level: Level) -> None:
    band = BandFactory(title="Senior")
    Level.objects.update(band=band)
    LevelRequirementFactory(level=level)
    theirs = LevelFactory(ladder=LadderFactory(organization="Raven Works"), band=band, code="L5")
    page = page_of(theirs)
    assert "Raven Works names no skills for this level." in page
    assert level.get_assessment_url() in page.marked("side")[0].links
    assert theirs.get_assessment_url() not in page.marked("side")[0].links
    assert page.marked("kind")[0].text.startswith("Raven Works · L5")


def test_it_shows_questions_that_test_what_it_needs_at_its_band(level: Level) -> None:
    low, band, high = BandFactory(), BandFactory(title="Senior", slug="senior"), BandFactory()
    Level.objects.update(band=band)
    skill = LevelRequirementFactory(level=level).skill
    for title, values in {
        "Here": {"band_from": low, "band_to": high},
        "At any band": {},
        "Too low": {"band_to": low},
        "Too high": {"band_from": high},
        "For candidates": {"audience": "candidate"},
    }.items():
        QuestionSkillFactory(question=QuestionFactory(title=title, **values), skill=skill)
    QuestionSkillFactory(question__prompt="Of another skill")
    part = page_of(level).part("questions")
    facts = [row.one("small").text for row in part.all("li")]
    assert [fact.rpartition(" · ")[2] for fact in facts] == ["At any band", "Here"]
    assert part.links[-1] == "/interviews/questions/?band=senior"


def test_questions_test_what_a_level_carries_over_too(level: Level) -> None:
    skill = LevelRequirementFactory(level=beside(level, "TPM", 3)).skill
    QuestionSkillFactory(skill=skill, question__prompt="Carried")
    assert "Carried" not in page_of(level)
    Level.objects.update(cumulative=True)
    assert "Carried" in page_of(level).part("questions")


def test_it_says_when_the_level_itself_was_changed(level: Level) -> None:
    Ladder.objects.update(edited_at=datetime(2001, 1, 1, tzinfo=UTC))
    Level.objects.update(edited_at=datetime(2002, 3, 4, tzinfo=UTC))
    assert "changed March 4, 2002" in page_of(level).marked("provenance")[0]


def question_set(level: Level) -> Any:
    return QuestionSetFactory(level=level)


def needed_skill(level: Level) -> Any:
    return LevelRequirementFactory(level=level).skill


def expected_skill(level: Level) -> Any:
    return ExpectationFactory(level=level).skill


def question(level: Level) -> Any:
    return QuestionSkillFactory(skill=LevelRequirementFactory(level=level).skill).question


def other_ladder(level: Level) -> Any:
    return LevelMoveFactory(
        from_level=level, to_level=LevelFactory(title="Elsewhere", ladder__title="Elsewhere")
    ).to_level.ladder


RELATED = [question_set, needed_skill, expected_skill, question, other_ladder]


@pytest.mark.parametrize("relate", RELATED)
def test_what_is_related_shows_while_it_and_its_collection_are_published(
    level: Level, relate: Any
) -> None:
    row = relate(level)
    row.collection = CollectionFactory()
    row.save()
    for hidden in (row, row.collection):
        assert_shown_while_published(level.get_absolute_url(), hidden, row.title)


def test_a_level_follows_its_ladder(level: Level) -> None:
    assert_hidden_is_for_editors(level.ladder, level.get_absolute_url(), "Its ladder")


def test_a_level_is_found_on_its_own_ladder_only(client: Client, level: Level) -> None:
    LadderFactory(slug="other", levels=1)
    assert client.get("/ladders/tpm/senior/").status_code == 200
    for url in (
        "/ladders/other/senior/",
        "/ladders/none/senior/",
        "/ladders/tpm/none/",
        "/ladders/other/Senior/",
    ):
        assert client.get(url).status_code == 404, url


def test_the_right_to_edit_levels_alone_does_not_open_a_hidden_ladder(level: Level) -> None:
    set_status(level.ladder, Status.DRAFT)
    assert signed_in("change_level").get(level.get_absolute_url()).status_code == 404
    assert signed_in("change_ladder").get(level.get_absolute_url()).status_code == 200


def test_a_level_of_another_collection_names_its_publisher(client: Client, level: Level) -> None:
    other = CollectionFactory(slug="other", attribution="By Somebody Else.")
    LevelFactory(ladder=LadderFactory(slug="tpm", collection=other), slug="senior", title="Theirs")
    page = Page.read(client, "/ladders/other:tpm/senior/")
    assert page.one("h1").text == "Theirs"
    assert "By Somebody Else." in page.marked("provenance")[0]
    assert page.marked("provenance")[0].links[0] == "/collections/other/"
    assert page_of(level).one("h1").text == "Senior TPM"


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(level: Level) -> None:
    Level.objects.update(band=BandFactory())

    def grow() -> None:
        for relate in RELATED[:4]:
            relate(level)
        LevelMoveFactory(from_level=level)
        ExpectationFactory(level=level, skill=None, group=SkillGroupFactory())

    assert_queries_do_not_grow(level.get_absolute_url(), grow)


def test_the_steps_that_are_named_are_explained_where_they_stand() -> None:
    requirement = LevelRequirementFactory()
    url = requirement.level.get_absolute_url()
    assert Page.read(Client(), url).marked("words") == []
    type(requirement.proficiency).objects.filter(pk=requirement.proficiency.pk).update(
        summary="Does it alone."
    )
    assert (
        Page.read(Client(), url).marked("words")[0].text
        == "About the proficiencies Working Does it alone."
    )
