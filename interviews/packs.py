"""How packs map to answer frameworks, questions and question sets."""

from collections.abc import Sequence

from interviews.models import (
    Anchor,
    AnswerFramework,
    AnswerStep,
    Probe,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from interviews.unfair_topics import unfair_wording_warnings
from packs.pack_tables import Part, Table


def _question_warnings(question: Question) -> Sequence[str]:
    """Warnings of wording that is unlawful or unfair to ask."""
    return unfair_wording_warnings(question.prompt)


def _probe_warnings(probe: Probe) -> Sequence[str]:
    """Warnings of wording that is unlawful or unfair to ask."""
    return unfair_wording_warnings(probe.text)


ANSWER_STEPS = Table(
    "answer_steps",
    AnswerStep,
    ("title", "candidate", "interviewer", "position"),
    parent="framework",
)
ANSWER_FRAMEWORKS = Table(
    "answer_frameworks",
    AnswerFramework,
    "title featured position summary when_to_use pitfalls body sources reviewed_on change_note "
    "noted_on".split(),
    body="body",
    parts={"steps": Part(ANSWER_STEPS)},
)
QUESTION_SKILLS = Table(
    "question_skills",
    QuestionSkill,
    ("proficiency", "position"),
    identity=("skill",),
    parent="question",
)
PROBES = Table(
    "probes",
    Probe,
    ("depth", "required", "step", "condition", "text"),
    identity=("position",),
    parent="question",
    line="text",
    warnings=_probe_warnings,
)
ANCHORS = Table("anchors", Anchor, ("text",), identity=("rating", "band"), parent="question")
QUESTIONS = Table(
    "questions",
    Question,
    (
        "title prompt kind audience band_from band_to minutes guidance avoid roles featured summary"
        " sources reviewed_on change_note noted_on"
    ).split(),
    body="prompt",
    parts={
        "skills": Part(QUESTION_SKILLS),
        "probes": Part(PROBES),
        "anchors": Part(ANCHORS, short=("rating", "text")),
    },
    warnings=_question_warnings,
)
SET_ITEMS = Table(
    "set_items",
    SetItem,
    ("required", "minutes", "position"),
    identity=("question",),
    parent="section",
    moves_within="question_set",
)
SET_SECTIONS = Table(
    "set_sections",
    SetSection,
    ("title", "minutes", "choose", "script", "position"),
    parent="question_set",
    parts={"items": Part(SET_ITEMS)},
)
QUESTION_SETS = Table(
    "question_sets",
    QuestionSet,
    (
        "title role level stage audience minutes featured position summary intro outro sources "
        "reviewed_on change_note noted_on"
    ).split(),
    body="intro",
    parts={"sections": Part(SET_SECTIONS)},
)

TABLES = [
    ANSWER_FRAMEWORKS,
    ANSWER_STEPS,
    QUESTIONS,
    QUESTION_SKILLS,
    PROBES,
    ANCHORS,
    QUESTION_SETS,
    SET_SECTIONS,
    SET_ITEMS,
]
