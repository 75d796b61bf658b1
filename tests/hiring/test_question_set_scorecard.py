"""The blank scorecard: a row for each skill, with anchors and space for evidence, and no total."""

import pytest
from django.test import Client

from interviews.models import Anchor, QuestionSet, QuestionSkill
from tests.factories import (
    AnchorFactory,
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

URL = "/interviews/sets/onsite/scorecard/"


@pytest.fixture
def question_set() -> QuestionSet:
    """Three interviews.

    The first question tests risk and writing, the second writing alone, the third neither.
    """
    question_set = QuestionSetFactory(title="Onsite", slug="onsite")
    risk, writing = (
        SkillFactory(title="Risk", slug="risk"),
        SkillFactory(title="Writing", slug="writing"),
    )
    for number, skills in enumerate([[risk, writing], [writing], []], 1):
        section = SetSectionFactory(
            question_set=question_set, slug=f"part-{number}", position=number
        )
        question = QuestionFactory(title=f"Question {number}")
        SetItemFactory(section=section, question=question)
        AnchorFactory(question=question, rating=3, text=f"Good at {number}.")
        for place, skill in enumerate(skills):
            QuestionSkillFactory(question=question, skill=skill, position=place)
    return question_set


def read(query: str = "") -> Page:
    return Page.read(Client(), URL + query)


def cards(page: Page) -> list[str]:
    return [card.text for card in page.marked("card")]


@pytest.mark.usefixtures("question_set")
def test_every_skill_has_a_card_with_the_anchors_of_the_question_most_about_it() -> None:
    page = read()
    assert cards(page) == [
        "Risk expected: working question 1 ☐ 3 Good Good at 1. Evidence ☐ not assessed",
        "Writing expected: working questions 1, 2 ☐ 3 Good Good at 2. Evidence ☐ not assessed",
    ]
    assert "There is no total" in page


def test_anchors_stand_once(question_set: QuestionSet) -> None:
    question_set.sections.get(slug="part-2").items.get().question.anchors.all().delete()
    assert cards(read())[1] == (
        "Writing expected: working questions 1, 2 ☐ 1 poor ☐ 2 mixed ☐ 3 good ☐ 4 outstanding"
        " use the anchors of question 1, above Evidence ☐ not assessed"
    )


@pytest.mark.usefixtures("question_set")
def test_a_question_without_anchors_is_not_named_as_their_source() -> None:
    Anchor.objects.all().delete()
    assert len(cards(read())) == 2
    assert "by the anchors" not in read()


@pytest.mark.usefixtures("question_set")
def test_one_interviewer_takes_one_part() -> None:
    page = read("?part=part-2")
    assert [card.partition(" expected")[0] for card in cards(page)] == ["Writing"]
    assert f"{URL.rstrip('/')}.csv?part=part-2" in page.links


def test_a_set_that_tests_nothing_says_so() -> None:
    QuestionSetFactory(slug="onsite")
    assert "The questions of this set name no skill" in read()


def test_what_is_not_published_is_not_on_it(question_set: QuestionSet) -> None:
    skill = (
        question_set.sections.get(slug="part-2").items.get().question.question_skills.get().skill
    )
    assert_shown_while_published(URL, skill, "Writing")
    assert_hidden_is_for_editors(question_set, URL)


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_skills_as_for_many(question_set: QuestionSet) -> None:
    def grow() -> None:
        QuestionSkillFactory(
            question=SetItemFactory(section=question_set.sections.first()).question
        )

    assert_queries_do_not_grow(URL, grow)


def test_what_is_expected_is_what_all_questions_of_a_skill_name(
    question_set: QuestionSet,
) -> None:
    rows = QuestionSkill.objects.filter(skill__title="Writing").order_by("pk")
    lowest, *_, highest = rows[0].skill.scale.proficiencies.order_by("position")
    low, high = lowest.title.lower(), highest.title.lower()
    for first, words in ((None, high), (highest, high), (lowest, f"{low} to {high}")):
        for row, proficiency in zip(rows, [first, highest], strict=True):
            QuestionSkill.objects.filter(pk=row.pk).update(proficiency=proficiency)
        assert f"expected: {words} questions 1, 2" in cards(read())[1]
    rows.update(proficiency=None)
    assert "expected" not in cards(read())[1]
