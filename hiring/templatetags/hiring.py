"""What pages of question sets show of the hiring tools."""

from collections.abc import Sequence

from django import template

from hiring.skill_coverage import Coverage, RoundQuestions
from interviews.models import QuestionSet, SetSection
from ladders.requirements import requirements_at

register = template.Library()


@register.simple_tag
def skill_coverage(question_set: QuestionSet, sections: Sequence[SetSection]) -> Coverage | None:
    """How well a set tests what its level requires.

    None if it has no level that names skills, or if its page may not show the level.

    :param sections: those of the set, with their questions and the skills of these loaded.
    """
    level = question_set.level
    if level is None or not level.is_shown_on(question_set):
        return None
    requirements = requirements_at(level)
    if not requirements:
        return None
    rounds = []
    for section in sections:
        questions = [item.question for item in section.items.all()]
        rounds.append(RoundQuestions(section.title, questions))
    are_all_asked = all(section.asks_all_questions for section in sections)
    return Coverage(requirements, rounds, are_all_asked=are_all_asked)
