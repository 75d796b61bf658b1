"""A question with every value that a file contains, and a reader for such files."""

import csv
import io

from django.http.response import HttpResponseBase
from django.utils.text import slugify

from interviews.models import Question
from tests.factories import (
    AnchorFactory,
    AnswerStepFactory,
    BandFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSkillFactory,
    SkillFactory,
)


def make_question(title: str = "Late program", **columns: object) -> Question:
    """A question with bands, two skills, two probes and four anchors."""
    slug = slugify(title)
    low, high = (
        BandFactory(title="Mid", slug=f"mid-{slug}"),
        BandFactory(title="Staff", slug=f"staff-{slug}"),
    )
    question = QuestionFactory(
        title=title, slug=slug, **{"band_from": low, "band_to": high} | columns
    )
    risk = SkillFactory(title="Risk management", slug=f"risk-{slug}")
    planning = SkillFactory(title="Planning", slug=f"planning-{slug}")
    QuestionSkillFactory(question=question, skill=risk, position=1)
    QuestionSkillFactory(question=question, skill=planning, proficiency=None, position=2)
    step = AnswerStepFactory(title="Situation")
    ProbeFactory(question=question, step=step, text="What was late?", position=1)
    ProbeFactory(question=question, condition="only one team", text="Who else?", position=2)
    for rating in range(1, 5):
        AnchorFactory(question=question, rating=rating, text=f"Anchor *{rating}*.")
    return question


def read(response: HttpResponseBase) -> list[dict[str, str]]:
    """The rows of a file, by column."""
    text = response.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
