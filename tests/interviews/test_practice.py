"""Practice: questions that fit role, level and time; the same address draws the same ones.

What strong answers show is displayed afterward.
"""

import pytest
from django.test import Client

from interviews.models import AskedBy, Question
from ladders.models import Level, LevelRequirement
from roles.importance import Importance
from tests.factories import (
    AnchorFactory,
    AnswerFrameworkFactory,
    AnswerStepFactory,
    BandFactory,
    FamilyRequirementFactory,
    LevelFactory,
    LevelMoveFactory,
    LevelRequirementFactory,
    QuestionFactory,
    QuestionSkillFactory,
    RoleFactory,
    SkillFactory,
    SkillRequirementFactory,
)
from tests.hiring.loops import Hiring, make_hiring
from tests.markup import Page
from tests.showing import HIDDEN, assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/practice/"


@pytest.fixture
def hiring() -> Hiring:
    """A level with skills, and questions of 10 to 20 minutes that test them."""
    return make_hiring()


def read(query: str = "") -> Page:
    return Page.read(Client(), f"{URL}?{query}")


def drawn(query: str) -> list[str]:
    """The titles of the questions."""
    return [each.attributes["data-title"] for each in read(query).marked("practice__question")]


@pytest.mark.usefixtures("hiring")
def test_before_anything_is_asked_for_it_says_what_it_is() -> None:
    page = read()
    assert "Nothing you write leaves your browser." in page
    assert not page.marked("practice__question")
    assert read("level=tpm/senior").marked("practice__question")


@pytest.mark.usefixtures("hiring")
def test_questions_fill_the_time_and_no_more() -> None:
    minutes = dict(Question.objects.values_list("title", "minutes"))
    for draw in range(6):
        titles = drawn(f"minutes=40&draw={draw}")
        assert sum(minutes[title] for title in titles) <= 40
        assert len(titles) == len(set(titles)) >= 2
    assert len(drawn("minutes=180")) == len(minutes)
    assert len(drawn("minutes=5")) == 1


@pytest.mark.usefixtures("hiring")
def test_the_same_address_draws_the_same_and_another_draws_others() -> None:
    assert drawn("minutes=20&draw=3") == drawn("minutes=20&draw=3")
    assert len({tuple(drawn(f"minutes=20&draw={draw}")) for draw in range(8)}) > 1


def test_only_what_the_level_needs_at_its_band_is_drawn(hiring: Hiring) -> None:
    assert hiring.level.band
    other = BandFactory(title="Other", position=hiring.level.band.position + 1)
    hiring.questions["Team"].band_from = hiring.questions["Team"].band_to = other
    hiring.questions["Team"].save()
    QuestionFactory(title="Elsewhere", minutes=5)
    assert "Team" in drawn("minutes=180")
    assert "Elsewhere" in drawn("minutes=180")
    assert sorted(drawn("level=tpm/senior&minutes=180")) == [
        "Charts",
        "Launch",
        "Numbers",
        "Outage",
    ]


def test_questions_on_what_only_levels_of_another_track_need_are_left_out(hiring: Hiring) -> None:
    skill = SkillFactory()
    manager = LevelFactory(
        ladder=hiring.level.ladder,
        position=hiring.level.position,
        track=Level.Track.MANAGER,
    )
    LevelRequirementFactory(level=manager, skill=skill)
    QuestionSkillFactory(question=QuestionFactory(title="Hire", minutes=5), skill=skill)
    assert "Hire" in drawn(f"level={manager.key}&minutes=180")
    assert "Hire" not in drawn(f"level={hiring.level.key}&minutes=180")


def test_questions_of_other_roles_are_left_out(hiring: Hiring) -> None:
    mine, other = RoleFactory(slug="mine"), RoleFactory(slug="other")
    hiring.questions["Team"].roles.add(other)
    hiring.questions["Outage"].roles.add(mine)
    assert "Team" in drawn("minutes=180&role=other")
    assert "Team" not in drawn("minutes=180&role=mine")
    assert {"Outage", "Charts"} <= set(drawn("minutes=180&role=mine"))


def test_what_strong_answers_show_at_the_band_waits_behind_a_click(hiring: Hiring) -> None:
    question = hiring.questions["Outage"]
    for rating in (1, 3, 4):
        AnchorFactory(question=question, rating=rating, text=f"Shows {rating}.")
    AnchorFactory(question=question, rating=4, band=hiring.level.band, text="Shows it at the band.")
    page = read("level=tpm/senior&minutes=180")
    strong = page.marked("practice__strong")
    assert len(strong) == 1
    assert strong[0].name == "details"
    assert (
        strong[0].text == "What strong answers show Good Shows 3. Outstanding Shows it at the band."
    )
    assert "Shows 1." not in page


def test_the_worksheet_has_the_steps_of_the_framework(hiring: Hiring) -> None:
    first, second = (
        AnswerFrameworkFactory(title="STAR", position=1),
        AnswerFrameworkFactory(title="SHARE", position=2),
    )
    AnswerStepFactory(framework=first, title="Situation")
    AnswerStepFactory(framework=second, title="Hindrance")
    assert hiring.questions
    assert "STAR Situation" in read("minutes=5").marked("practice__sheet")[0]
    sheet = read(f"minutes=5&framework={second.key}").marked("practice__sheet")[0]
    assert "SHARE Hindrance" in sheet


def stories_should_show(query: str) -> list[str]:
    return [each.one("a").text for each in read(query).marked("stories__skills")[0].all("li")]


def test_stories_are_held_against_what_the_level_or_else_the_role_cannot_do_without(
    hiring: Hiring,
) -> None:
    role = RoleFactory(slug="mine")
    QuestionSkillFactory(question=hiring.questions["Outage"], skill__title="Aside")
    assert stories_should_show("level=tpm/senior&minutes=5") == ["Data", "Risk"]
    SkillRequirementFactory(role=role, skill__title="Talk")
    SkillRequirementFactory(role=role, skill__title="Nice", importance=Importance.HELPFUL)
    SkillRequirementFactory(role=role, skill__title="Hidden", skill__status=HIDDEN[0])
    SkillRequirementFactory(role=role, skill__title="Usual", importance=Importance.EXPECTED)
    assert stories_should_show("role=mine&minutes=5") == ["Talk"]
    FamilyRequirementFactory(family=role.family, skill__title="Plan")
    assert stories_should_show("role=mine&minutes=5") == ["Plan", "Talk"]
    assert stories_should_show("level=tpm/senior&role=mine&minutes=5") == ["Data", "Risk"]
    assert set(stories_should_show("minutes=180")) == {"Aside", "Data", "People", "Risk"}


def test_stories_are_held_against_what_the_level_itself_needs_of_what_lower_ones_need(
    hiring: Hiring,
) -> None:
    manager = LevelFactory(
        ladder=hiring.level.ladder,
        title="Manager",
        slug="manager",
        position=hiring.level.position + 1,
    )
    needed = {"Risk": Importance.HELPFUL, "People": Importance.ESSENTIAL}
    for title, importance in needed.items():
        LevelRequirementFactory(level=manager, skill=hiring.skills[title], importance=importance)
    assert stories_should_show("level=tpm/manager&minutes=5") == ["People"]
    Level.objects.filter(pk=manager.pk).update(cumulative=True)
    LevelMoveFactory(from_level=hiring.level, to_level=manager)
    assert stories_should_show("level=tpm/manager&minutes=5") == ["Data", "People"]


def test_what_stories_should_show_is_called_what_is_stated_of_it(hiring: Hiring) -> None:
    def heading(query: str) -> str:
        (found,) = [each for each in read(query).all("h3") if each.attributes.get("id") == "needed"]
        return found.text

    SkillRequirementFactory(role=RoleFactory(slug="mine", title="Engineering TPM"))
    assert heading("level=tpm/senior") == "Essential skills: Senior"
    assert heading("role=mine") == "Essential skills: Engineering TPM"
    LevelRequirement.objects.filter(skill=hiring.skills["Risk"]).update(importance="")
    assert heading("level=tpm/senior") == "Required skills: Senior"
    LevelRequirement.objects.update(importance=Importance.HELPFUL)
    assert heading("level=tpm/senior") == heading("minutes=180") == "What the questions test"


@pytest.mark.usefixtures("hiring")
def test_time_that_is_only_planned_is_said_to_be() -> None:
    assert "planned" not in read("level=tpm/senior&minutes=180").marked("practice__question")[0]
    Question.objects.update(minutes=None)
    part = read("level=tpm/senior&minutes=180").marked("practice__question")[0]
    assert "10 min planned; the question does not state a time" in part


def test_candidates_have_questions_of_their_own_and_are_not_asked_them() -> None:
    QuestionFactory(title="Asked", audience=AskedBy.INTERVIEWER)
    QuestionFactory(title="Kept", audience=AskedBy.PANEL)
    QuestionFactory(title="Mine", prompt="What broke last?", audience=AskedBy.CANDIDATE)
    QuestionFactory(title="Yours", prompt="How is it decided?", audience=AskedBy.CANDIDATE)
    assert drawn("minutes=180") == ["Asked"]
    assert [row.text for row in read("minutes=180").marked("practice__ask")[0].all("li")] == [
        "How is it decided?",
        "What broke last?",
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("minutes=0", "Ensure this value is greater than or equal to 5."),
        ("minutes=x", "Enter a whole number."),
        ("level=tpm/none", "There is no level “tpm/none” with required skills."),
        ("role=none", "Select a valid choice."),
    ],
)
@pytest.mark.usefixtures("hiring")
def test_what_is_wrong_with_an_address_is_said(query: str, words: str) -> None:
    page = read(query)
    assert words in page
    assert not page.marked("practice__question")


def test_without_questions_it_says_so() -> None:
    assert "No question fits this role and level." in read("minutes=30")


@pytest.mark.usefixtures("hiring")
@pytest.mark.drawn(10, of="queries of one page")
def test_its_queries_do_not_grow() -> None:
    def grow() -> None:
        QuestionFactory(minutes=1)
        QuestionFactory(audience=AskedBy.CANDIDATE)

    RoleFactory(slug="mine")
    for query in ("level=tpm/senior", "role=mine", "level=tpm/senior&role=mine"):
        assert_queries_do_not_grow(f"{URL}?{query}&minutes=180", grow)
