"""The kit that interviewers use during the interview, as one document or one for each part."""

import pytest
from django.test import Client

from interviews.models import Question, QuestionSet, SetItem, SetSection
from interviews.unfair_topics import TOPICS
from tests.factories import (
    AnchorFactory,
    AnswerStepFactory,
    BandFactory,
    LevelFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    SetItemFactory,
    SetSectionFactory,
    SkillFactory,
)
from tests.markup import Page
from tests.showing import (
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/sets/onsite/kit/"


@pytest.fixture
def question_set() -> QuestionSet:
    """Two interviews of a loop for a senior, the first with two questions."""
    level = LevelFactory(title="Senior", band=BandFactory(title="Senior band"))
    question_set = QuestionSetFactory(
        title="Onsite", slug="onsite", level=level, outro="Thank them."
    )
    first = SetSectionFactory(
        question_set=question_set, title="Technical", slug="technical", minutes=30, position=1
    )
    second = SetSectionFactory(
        question_set=question_set, title="People", slug="people", minutes=None, position=2
    )
    for place, (section, prompt) in enumerate(
        [(first, "One?"), (first, "Two?"), (second, "Three?")]
    ):
        SetItemFactory(
            section=section, question=QuestionFactory(prompt=prompt), position=place, minutes=12
        )
    return question_set


def read(query: str = "") -> Page:
    return Page.read(Client(), URL + query)


@pytest.mark.usefixtures("question_set")
def test_questions_stand_in_order_with_the_minutes_at_which_they_begin() -> None:
    page = read()
    assert [mark.text for mark in page.marked("kit__mark")] == [
        "1 minute 0, 12 min Must ask",
        "2 minute 12, 12 min Must ask",
        "3 minute 30, 12 min Must ask",
    ]
    assert [prompt.text for prompt in page.marked("q__prompt")] == ["One?", "Two?", "Three?"]
    rounds = [part.one("h2").text for part in page.marked("kit__round")]
    assert rounds == ["Technical minute 0 to 30", "People minute 30 to 42"]
    assert "Say hello." in page
    assert "Thank them." in page
    assert "Senior · answers rated for the band senior band" in page.marked("kind")[0]


def test_after_a_question_without_minutes_no_time_is_known(question_set: QuestionSet) -> None:
    SetSection.objects.update(minutes=None)
    SetItem.objects.filter(question__prompt="One?").update(minutes=None)
    Question.objects.update(minutes=None)
    page = read()
    assert [mark.text for mark in page.marked("kit__mark")] == [
        "1 Must ask",
        "2 12 min Must ask",
        "3 12 min Must ask",
    ]
    rounds = [part.one("h2").text for part in page.marked("kit__round")]
    assert rounds == ["Technical", "People 12 min"]


@pytest.mark.usefixtures("question_set")
def test_one_interviewer_takes_one_part() -> None:
    page = read("?part=people")
    assert [prompt.text for prompt in page.marked("q__prompt")] == ["Three?"]
    assert page.one("h1").text == "Onsite: People"
    assert "Thank them." not in page
    assert page.marked("kit__parts")[0].links == [URL, "?part=technical", "?part=people"]


@pytest.mark.usefixtures("question_set")
@pytest.mark.parametrize("part", ["", "none", "%00", "x" * 900])
def test_a_part_that_is_none_shows_the_whole(part: str) -> None:
    assert len(read(f"?part={part}").marked("kit__round")) == 2


def test_a_question_has_its_probes_by_step_and_the_anchors_of_the_band(
    question_set: QuestionSet,
) -> None:
    question = question_set.sections.get(slug="people").items.get().question
    ProbeFactory(
        question=question,
        step=AnswerStepFactory(title="Action"),
        text="What did *you* do?",
        required=True,
    )
    QuestionSkillFactory(question=question, skill=SkillFactory(title="Risk"))
    AnchorFactory(question=question, rating=1, text="General poor.")
    AnchorFactory(question=question, rating=3, text="General good.")
    AnchorFactory(question=question, rating=3, band=question_set.level.band, text="Senior good.")
    AnchorFactory(question=question, rating=4, band=BandFactory(), text="Elsewhere.")
    asked = read("?part=people").marked("kit__question")[0]
    assert asked.marked("kit__probe")[0].text == "Action Always What did you do?"
    assert "Risk (working)" in asked.marked("q__facts")[0]
    assert [anchor.text for anchor in asked.marked("anchor")] == [
        "☐ 1 Poor General poor.",
        "☐ 3 Good Senior good.",
    ]
    assert "Avoid: Do not reward names." in asked
    assert "not assessed" in asked.marked("kit__notes")[0]


@pytest.mark.usefixtures("question_set")
def test_it_says_what_not_to_ask() -> None:
    assert [item.text.lower() for item in read().marked("kit__topics")[0].all("li")] == [
        each.name for each in TOPICS
    ]


def test_a_set_without_questions_says_so() -> None:
    QuestionSetFactory(slug="onsite", intro="")
    page = read()
    assert "This set has no questions yet" in page
    assert page.marked("kit__parts") == []


def test_what_is_not_published_is_not_in_it(question_set: QuestionSet) -> None:
    question = question_set.sections.get(slug="people").items.get().question
    assert_shown_while_published(URL, question, "Three?")
    assert_hidden_is_for_editors(question_set, URL)


@pytest.mark.usefixtures("question_set")
def test_the_set_leads_to_it() -> None:
    assert URL in Page.read(Client(), "/interviews/sets/onsite/").links


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_questions_as_for_many(question_set: QuestionSet) -> None:
    def grow() -> None:
        item = SetItemFactory(section=SetSectionFactory(question_set=question_set))
        ProbeFactory(question=item.question, step=AnswerStepFactory())
        AnchorFactory(question=item.question)
        QuestionSkillFactory(question=item.question)

    assert_queries_do_not_grow(URL, grow)
