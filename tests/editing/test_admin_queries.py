"""Admin pages take the same number of queries, however many rows they show.

Lists are tested with 3 rows and with 120, forms with 3 parts and with 12.
"""

from collections.abc import Callable
from copy import copy
from itertools import count as count_from
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import Guide
from interviews.models import (
    Anchor,
    AnswerFramework,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from ladders.models import Ladder, Level, LevelMove, LevelRequirement
from roles.models import FamilyRequirement, Role, RoleFamily, RoleMove, SkillRequirement
from skills.models import Indicator, LearningResource, Scale, Skill, SkillDescriptor
from tests import factories
from tests.admin_forms import admin_url
from tests.editing.test_admin import FACTORIES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.thorough]

#: For names that no other copy has.
NUMBERS = count_from(1)

#: Queries of change lists: session, user, permissions, two counts, the rows, and one or two for
#: each filter.
LISTS = {
    "content.Collection": 8,
    "search.SynonymGroup": 7,
    "skills.Scale": 8,
    "skills.Proficiency": 8,
    "skills.SkillGroup": 8,
    "skills.Skill": 21,
    "skills.LearningResource": 8,
    "roles.RoleFamily": 8,
    "roles.Role": 18,
    "ladders.Band": 7,
    "ladders.Ladder": 14,
    "ladders.Level": 9,
    "interviews.AnswerFramework": 12,
    "interviews.AnswerStep": 8,
    "interviews.Question": 10,
    "interviews.QuestionSet": 21,
    "interviews.SetSection": 8,
    "guides.Guide": 14,
}
#: Queries of change forms: session, user, permissions, the row, its relations, and one for each
#: kind of part.
FORMS = {
    "roles.RoleFamily": 7,
    "skills.Scale": 7,
    "skills.Skill": 11,
    "skills.LearningResource": 8,
    "roles.Role": 11,
    "ladders.Ladder": 9,
    "ladders.Level": 11,
    "interviews.AnswerFramework": 7,
    "interviews.Question": 11,
    "interviews.QuestionSet": 7,
    "interviews.SetSection": 9,
    "guides.Guide": 12,
}


def multiply(row: Any, count: int) -> list[Any]:
    """Copies of a row that differ in what has to be unique."""
    return type(row)._default_manager.bulk_create([_twin(row) for _ in range(count)])


def _twin(row: Any) -> Any:
    twin, number = copy(row), next(NUMBERS)
    twin._state = copy(row._state)
    twin.pk, twin._state.adding = None, True
    for name in {"slug", "title"} & {field.name for field in row._meta.fields}:
        setattr(twin, name, f"{getattr(row, name)}-{number}")
    if hasattr(twin, "position"):
        twin.position += number
    return twin


def linked(part: type[Model], count: int, **given: Any) -> None:
    """Parts that refer to other rows: `name=row` the same in all, `name=[rows]` one each."""
    each = [
        {name: rows[n] if isinstance(rows, list) else rows for name, rows in given.items()}
        for n in range(count)
    ]
    part._default_manager.bulk_create([part(**values) for values in each])


def scale_with_steps(count: int) -> Scale:
    scale = factories.ScaleFactory(slug=f"scale-of-{count}", steps=["First"])
    multiply(scale.proficiencies.get(), count)
    return scale


def described_skill(count: int) -> Skill:
    steps = list(scale_with_steps(count).proficiencies.all())
    skill = factories.SkillFactory(scale=steps[0].scale)
    linked(SkillDescriptor, count, skill=skill, proficiency=steps)
    linked(Indicator, count, skill=skill, proficiency=steps)
    return skill


def resource_for_skills(count: int) -> LearningResource:
    return factories.LearningResourceFactory(skills=multiply(factories.SkillFactory(), count))


def family_with_core(count: int) -> RoleFamily:
    family, skill = factories.RoleFamilyFactory(), factories.SkillFactory()
    linked(
        FamilyRequirement,
        count,
        family=family,
        skill=multiply(skill, count),
        proficiency=factories.step_of(skill),
    )
    return family


def connected_role(count: int) -> Role:
    role, skill = factories.RoleFactory(family=family_with_core(count)), factories.SkillFactory()
    others = multiply(factories.RoleFactory(), count)
    linked(
        SkillRequirement,
        count,
        role=role,
        skill=multiply(skill, count),
        proficiency=factories.step_of(skill),
    )
    linked(RoleMove, count, from_role=others, to_role=role)
    linked(RoleMove, count, from_role=role, to_role=others)
    return role


def ladder_with_levels(count: int) -> Ladder:
    ladder = factories.LadderFactory(levels=1)
    multiply(ladder.levels.get(), count)
    return ladder


def rich_level(count: int) -> Level:
    level, skill = factories.LevelFactory(), factories.SkillFactory()
    others = multiply(factories.LevelFactory(ladder=level.ladder), count)
    linked(
        LevelRequirement,
        count,
        level=level,
        skill=multiply(skill, count),
        proficiency=factories.step_of(skill),
    )
    multiply(factories.ExpectationFactory(level=level), count)
    linked(LevelMove, count, from_level=level, to_level=others)
    linked(LevelMove, count, from_level=others, to_level=level)
    return level


def framework_with_steps(count: int) -> AnswerFramework:
    step = factories.AnswerStepFactory()
    multiply(step, count)
    return step.framework


def rich_question(count: int) -> Question:
    roles, skills = (
        multiply(factories.RoleFactory(), count),
        multiply(factories.SkillFactory(), count),
    )
    question = factories.QuestionFactory(roles=roles)
    linked(QuestionSkill, count, question=question, skill=skills)
    multiply(factories.ProbeFactory(question=question, step=factories.AnswerStepFactory()), count)
    linked(
        Anchor,
        count,
        question=question,
        band=multiply(factories.BandFactory(), count),
        rating=[1, 2, 3, 4] * count,
    )
    return question


def set_with_sections(count: int) -> QuestionSet:
    section = factories.SetSectionFactory()
    multiply(section, count)
    return section.question_set


def section_with_items(count: int) -> SetSection:
    section = factories.SetSectionFactory()
    linked(SetItem, count, section=section, question=multiply(factories.QuestionFactory(), count))
    return section


def linked_guide(count: int) -> Guide:
    return factories.GuideFactory(
        roles=multiply(factories.RoleFactory(), count),
        skills=multiply(factories.SkillFactory(), count),
        ladders=multiply(factories.LadderFactory(), count),
    )


RICH: list[Callable[[int], Any]] = [
    scale_with_steps,
    described_skill,
    resource_for_skills,
    family_with_core,
    connected_role,
    ladder_with_levels,
    rich_level,
    framework_with_steps,
    rich_question,
    set_with_sections,
    section_with_items,
    linked_guide,
]


@pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model._meta.label)
@pytest.mark.drawn(7)
def test_a_change_list_costs_the_same_for_few_and_for_many_rows(
    editor: Client, model: type[Model], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = FACTORIES[model]()
    url = admin_url(model, "changelist")
    editor.get(url)
    for more, count in [(2, 3), (117, 120)]:
        multiply(row, more)
        with django_assert_num_queries(LISTS[model._meta.label]):
            assert editor.get(url).context["cl"].result_count >= count


@pytest.mark.parametrize("make", RICH)
@pytest.mark.drawn(5)
def test_a_form_costs_the_same_with_few_and_with_many_parts(
    editor: Client, make: Callable[[int], Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = make(3), make(12)
    editor.get(admin_url(few, "change"))
    for row in (few, many):
        url = admin_url(row, "change")
        with django_assert_num_queries(FORMS[row._meta.label]):
            assert editor.get(url).status_code == 200
