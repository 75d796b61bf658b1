"""Answer frameworks, questions and question sets."""

from typing import Any

import pytest
from django.db.models import RestrictedError

from interviews.models import (
    Anchor,
    AnswerStep,
    Probe,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from tests.factories import (
    AnchorFactory,
    AnswerStepFactory,
    BandFactory,
    LevelFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    RoleFactory,
    ScaleFactory,
    SetItemFactory,
    SetSectionFactory,
    SkillFactory,
)
from tests.refusals import codes, is_stored

pytestmark = pytest.mark.django_db


def test_a_step_has_a_slug_of_its_own_in_its_framework() -> None:
    step = AnswerStepFactory(slug="situation")
    again = AnswerStep(framework=step.framework, slug="situation", title="Again")
    assert codes(again) == {"__all__": ["Another step of this framework has this slug."]}
    assert not is_stored(again)
    again.slug = "task"
    assert codes(again) == {}
    assert is_stored(again)


def test_a_question_names_a_skill_once_at_a_step_of_its_own_scale() -> None:
    probed = QuestionSkillFactory()
    again = QuestionSkill(question=probed.question, skill=probed.skill)
    assert codes(again) == {"__all__": ["This question already tests this skill."]}
    assert not is_stored(again)
    assert codes(QuestionSkill(question=probed.question, skill=SkillFactory())) == {}
    assert codes(probed) == {}
    probed.proficiency = ScaleFactory(slug="other", steps=["Seen"]).proficiencies.get()
    assert codes(probed) == {"proficiency": ["other_scale"]}


def test_there_is_one_general_anchor_a_rating_and_one_a_band() -> None:
    question, band = QuestionFactory(), BandFactory()
    for place in ({"band": None}, {"band": band}):
        AnchorFactory(question=question, rating=3, **place)
        again = Anchor(question=question, rating=3, text="Again.", **place)
        assert set(codes(again)) == {"__all__"}
        assert not is_stored(again)
    assert is_stored(Anchor(question=question, rating=3, text="x", band=BandFactory()))
    assert is_stored(Anchor(question=question, rating=2, text="x", band=band))


@pytest.mark.parametrize(("rating", "is_taken"), [(0, False), (1, True), (4, True), (5, False)])
def test_ratings_go_from_one_to_four(rating: int, is_taken: bool) -> None:
    anchor = Anchor(question=QuestionFactory(), rating=rating, text="Says so.")
    assert (codes(anchor) == {}) == is_stored(anchor) == is_taken


def test_a_section_asks_a_question_once() -> None:
    item = SetItemFactory()
    again = SetItem(section=item.section, question=item.question)
    assert codes(again) == {"__all__": ["This question is already in this section."]}
    assert not is_stored(again)
    again.section = SetSectionFactory(question_set=item.section.question_set)
    assert codes(again) == {}
    assert is_stored(again)


def test_the_bands_of_a_question_end_above_where_they_begin() -> None:
    lower, upper = BandFactory(), BandFactory()
    question = QuestionFactory(band_from=lower, band_to=upper)
    assert codes(question) == {}
    question.band_from, question.band_to = upper, lower
    assert codes(question) == {"band_to": ["reversed_bands"]}


@pytest.mark.parametrize(
    ("ends", "asked_at", "words"),
    [
        ((None, None), [1, 2, 3], ""),
        ((2, None), [2, 3], "B2 and above"),
        ((None, 2), [1, 2], "Up to B2"),
        ((1, 2), [1, 2], "B1 to B2"),
        ((2, 2), [2], "B2"),
    ],
)
def test_a_question_is_asked_at_the_bands_between_its_ends(
    ends: tuple[Any, Any], asked_at: list[int], words: str
) -> None:
    bands = {number: BandFactory(title=f"B{number}", position=number) for number in (1, 2, 3)}
    question = QuestionFactory(band_from=bands.get(ends[0]), band_to=bands.get(ends[1]))
    found = [
        number for number, band in bands.items() if question in Question.objects.for_band(band)
    ]
    assert (found, question.bands) == (asked_at, words)


def test_a_list_of_questions_takes_two_queries(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        probed = QuestionSkillFactory(
            question__band_from=BandFactory(), question__band_to=BandFactory()
        )
        QuestionSkillFactory(question=probed.question)
    with django_assert_num_queries(2):
        for question in Question.objects.published().for_list():
            assert question.bands
            assert question.get_absolute_url()
            assert all(
                row.skill.get_absolute_url() and row.proficiency
                for row in question.question_skills.all()
            )


def test_items_stand_in_the_order_in_which_the_set_asks_them() -> None:
    question_set = QuestionSetFactory()
    late, early = (
        SetSectionFactory(question_set=question_set, position=position) for position in (2, 1)
    )
    for section, position in [(late, 1), (early, 2), (early, 1)]:
        SetItemFactory(
            section=section, position=position, question__title=f"{section.position}.{position}"
        )
    assert [item.question.title for item in SetItem.objects.in_order()] == ["1.1", "1.2", "2.1"]
    assert list(question_set.sections.all()) == [early, late]


def test_what_is_in_use_is_not_deleted_and_parts_go_with_the_whole() -> None:
    probe = ProbeFactory(step=AnswerStepFactory())
    probed = QuestionSkillFactory(question=probe.question)
    anchor = AnchorFactory(question=probe.question, band=BandFactory())
    item = SetItemFactory(question=probe.question)
    for used in (probe.step, probed.skill, anchor.band, probe.question):
        with pytest.raises(RestrictedError):
            used.delete()
    item.section.question_set.delete()
    probe.question.delete()
    for model in (SetSection, SetItem, Probe, QuestionSkill, Anchor):
        assert not model.objects.exists()
    probe.step.framework.delete()
    assert not AnswerStep.objects.exists()


def test_a_set_stays_when_its_role_and_its_level_go() -> None:
    question_set = QuestionSetFactory(role=RoleFactory(), level=LevelFactory())
    question_set.level.delete()
    question_set.role.delete()
    stored = QuestionSet.objects.get()
    assert (stored.role, stored.level) == (None, None)


def test_the_search_finds_a_question_by_what_it_says_and_asks_for() -> None:
    question = ProbeFactory(
        text="And the ravens?", question__guidance="Listen for numbers."
    ).question
    for text in (question.prompt, "Listen for numbers.", "And the ravens?"):
        assert text in question.search_body()


def test_rows_have_names_and_addresses() -> None:
    question = QuestionFactory(title="The slip", slug="slip")
    question_set = QuestionSetFactory(title="Screen", slug="screen")
    step = AnswerStepFactory(framework__title="STAR", framework__slug="star", title="Task")
    assert str(step) == "STAR: Task"
    assert (
        str(QuestionSkillFactory(question=question, skill__title="Budget")) == "The slip · Budget"
    )
    assert str(ProbeFactory(question=question, text="x" * 100)) == "x" * 80
    assert str(AnchorFactory(question=question, rating=4)) == "4 Outstanding"
    section = SetSectionFactory(question_set=question_set, title="Opening")
    assert str(section) == "Screen: Opening"
    assert str(SetItemFactory(section=section, question=question, position=2)) == "2 The slip"
    addresses = [row.get_absolute_url() for row in (question, question_set, step.framework)]
    assert addresses == [
        "/interviews/questions/slip/",
        "/interviews/sets/screen/",
        "/interviews/frameworks/star/",
    ]
