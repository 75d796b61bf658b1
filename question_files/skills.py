"""The skills of a question, put as a cell says."""

from content.fields import normalize_newlines
from interviews.models import Question, QuestionSkill
from question_files.lines import matched
from question_files.lookups import Asked, Names, SkillAt, Unclear
from question_files.order import put_in_order
from question_files.storing import store


def put_skills(question: Question, stored: list[QuestionSkill], cell: str, names: Names) -> bool:
    """Make these the skills that the question probes; those that visitors do not see stay.

    Returns whether any changed.

    :param stored: what it probes now.
    :raises Unclear: if a line names no skill, or one twice.
    :raises ValidationError: if a skill cannot be probed so.
    """
    shown = [each for each in stored if each.skill.is_live]
    asked = Asked(question.collection, stored)
    wanted = [
        (known.skill, known.proficiency) if known else names.skill(line, asked)
        for line, known in matched(cell, shown, label)
        if known or line.strip()
    ]
    _refuse_twice(wanted)
    kept = {each.skill_id: each for each in stored}
    gone = [each for each in shown if each.skill_id not in {skill.pk for skill, _ in wanted}]
    for each in gone:
        each.delete()
    rows = [
        kept.get(skill.pk) or QuestionSkill(question=question, skill=skill) for skill, _ in wanted
    ]
    changes = [_put(row, at) for row, at in zip(rows, wanted, strict=True)]
    return put_in_order(rows, stored) | any(changes) | bool(gone)


def label(row: QuestionSkill) -> str:
    """The line that an export writes."""
    is_shown = row.proficiency and row.proficiency.is_live
    return normalize_newlines(
        f"{row.skill.title} ({row.proficiency.title})" if is_shown else row.skill.title  # type: ignore[union-attr]
    )


def _put(row: QuestionSkill, at: SkillAt) -> bool:
    _, proficiency = at
    is_hidden = row.proficiency is not None and not row.proficiency.is_live
    if row.pk and (row.proficiency == proficiency or (proficiency is None and is_hidden)):
        return False
    return store(row, {"proficiency": proficiency})


def _refuse_twice(wanted: list[SkillAt]) -> None:
    seen = set()
    for skill, _ in wanted:
        if skill.pk in seen:
            raise Unclear(f"the skill “{skill.title}” stands twice")
        seen.add(skill.pk)
