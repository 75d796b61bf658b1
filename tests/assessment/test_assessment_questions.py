"""The result of a self-assessment links to the questions on a missing skill, if there are any."""

import pytest
from django.test import Client

from tests.factories import LevelRequirementFactory, QuestionSkillFactory, step_of
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_questions_are_offered_for_skills_that_a_published_question_tests() -> None:
    requirement = LevelRequirementFactory(skill__title="Risk", skill__slug="risk")
    requirement.proficiency = step_of(requirement.skill, 1)
    requirement.save()

    def offered() -> bool:
        answers = {"r-risk": step_of(requirement.skill, 0).slug}
        page = Page(Client().post(requirement.level.get_assessment_url(), answers).text)
        assert [row.one("h4").text for row in page.marked("req")] == ["Risk"]
        return "/interviews/questions/?skill=risk" in page.part("gaps").links

    assert not offered()
    row = QuestionSkillFactory(skill=requirement.skill, question__status="draft")
    assert not offered()
    row.question.status = "published"
    row.question.save()
    assert offered()
    assert row.question.title in Page.read(Client(), "/interviews/questions/?skill=risk")
