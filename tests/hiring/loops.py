"""A level with skills, and questions that test them."""

from collections.abc import Iterable
from dataclasses import dataclass

from hiring.loops import Loop, question_code
from interviews.models import Question
from ladders.models import Level
from roles.importance import Importance
from skills.models import Skill
from tests.factories import (
    BandFactory,
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    QuestionFactory,
    QuestionSkillFactory,
    ScaleFactory,
    SkillFactory,
    step_of,
)

STEPS = ["Aware", "Working", "Expert"]


def loop_of(rounds: Iterable[Iterable[Question]]) -> Loop:
    """The loop that asks these questions in these rounds."""
    return Loop(tuple(tuple(map(question_code, questions)) for questions in rounds))


@dataclass
class Hiring:
    """What is needed and what can be asked; every title is a word."""

    level: Level
    skills: dict[str, Skill]
    questions: dict[str, Question]

    def loop(self, *rounds: str) -> Loop:
        """The loop that asks the questions with these titles, split by spaces, in each round."""
        asked = []
        for titles in rounds:
            asked.append([self.questions[title] for title in titles.split()])
        return loop_of(asked)


def make_hiring() -> Hiring:
    """A level that needs two skills at the second of three steps, and one only helpful."""
    scale = ScaleFactory(steps=STEPS)
    level = LevelFactory(
        title="Senior",
        slug="senior",
        ladder=LadderFactory(slug="tpm"),
        band=BandFactory(title="Senior band"),
    )
    skills = {
        title: SkillFactory(title=title, slug=title.lower(), scale=scale)
        for title in ("Risk", "Data", "People")
    }
    for title, skill in skills.items():
        importance = Importance.HELPFUL if title == "People" else Importance.ESSENTIAL
        LevelRequirementFactory(
            level=level, skill=skill, proficiency=step_of(skill, 1), importance=importance
        )
    questions = {
        "Outage": _question("Outage", 12, skills["Risk"], 1),
        "Launch": _question("Launch", 10, skills["Risk"], 2),
        "Numbers": _question("Numbers", 15, skills["Data"], 0),
        "Charts": _question("Charts", 20, skills["Data"], 1),
        "Team": _question("Team", 10, skills["People"], 1),
    }
    return Hiring(level, skills, questions)


def _question(title: str, minutes: int, skill: Skill, step: int) -> Question:
    question = QuestionFactory(title=title, slug=title.lower(), prompt=f"{title}?", minutes=minutes)
    QuestionSkillFactory(question=question, skill=skill, proficiency=step_of(skill, step))
    return question
