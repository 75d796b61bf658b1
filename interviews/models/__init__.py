"""The models of the interviews app."""

from interviews.models.answer_frameworks import AnswerFramework, AnswerStep
from interviews.models.question_sets import QuestionSet, SetItem, SetSection
from interviews.models.questions import (
    Anchor,
    AskedBy,
    Audience,
    Probe,
    Question,
    QuestionSkill,
    anchors_for_band,
)

__all__ = [
    "Anchor",
    "AskedBy",
    "AnswerFramework",
    "AnswerStep",
    "Audience",
    "Probe",
    "Question",
    "QuestionSet",
    "QuestionSkill",
    "SetItem",
    "SetSection",
    "anchors_for_band",
]
