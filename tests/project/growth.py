"""Makes the small portal large: any number of rows of every type, connected to existing rows."""

from copy import copy
from itertools import count
from typing import Any

from django.db.models import Model

from content.change_tracking import tracking_changes
from content.models import Collection
from guides.models import Guide
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
from ladders.models import Band, Expectation, Ladder, Level, LevelMove, LevelRequirement
from roles.models import FamilyRequirement, Role, RoleFamily, RoleMove, SkillRequirement
from search.models import SynonymGroup
from skills.models import (
    Indicator,
    LearningResource,
    Proficiency,
    Scale,
    Skill,
    SkillDescriptor,
    SkillGroup,
)
from tests.factories import LevelFactory
from tests.project.world import World

#: Steps of one scale, and bands: a cell of a table for each of them.
NEVER_MORE = 9
FEW_BY_NATURE: set[type[Model]] = {Band, Proficiency}

_numbers = count(1)


def many(row: Any, number: int, **given: Any) -> list[Any]:
    """Copies of a row that differ in what has to be unique.

    `name=[rows]` gives each copy its own.
    """
    copies = [_copy(row) for _ in range(number)]
    for name, values in given.items():
        for twin, value in zip(copies, values, strict=True):
            setattr(twin, name, value)
    return type(row)._default_manager.bulk_create(copies)


def _copy(row: Any) -> Any:
    twin, number = copy(row), next(_numbers)
    twin._state = copy(row._state)
    twin._state.fields_cache = dict(row._state.fields_cache)
    twin.pk, twin._state.adding = None, True
    for name in {"slug", "title"} & {field.name for field in row._meta.fields}:
        setattr(twin, name, f"{getattr(row, name)}-{number}")
    if hasattr(twin, "is_home"):
        twin.is_home = False
    if hasattr(twin, "position"):
        twin.position += number
    return twin


def link(manager: Any, ones: list[Model], others: list[Model]) -> None:
    """Link each row of one model with each of the other, which is usually a single row."""
    near, far = manager.source_field_name, manager.target_field_name
    pairs = [{f"{near}_id": one.pk, f"{far}_id": other.pk} for one in ones for other in others]
    manager.through._default_manager.bulk_create(
        [manager.through(**pair) for pair in pairs], ignore_conflicts=True
    )


def grow(world: World, number: int) -> None:
    """That many more of everything that a page of the world's own rows can show."""
    with tracking_changes():
        collections = many(world[Collection], number)
        apart = {"collection": collections}
        skills = many(world[Skill], number, group=many(world[SkillGroup], number), **apart)
        roles = many(world[Role], number, family=many(world[RoleFamily], number), **apart)
        ladders = many(world[Ladder], number, **apart)
        bands = many(world[Band], min(number, NEVER_MORE))
        for part in (_skills, _roles, _ladders, _questions, _sets, _guides):
            part(
                world,
                number,
                {Skill: skills, Role: roles, Ladder: ladders, Band: bands, Collection: collections},
            )


More = dict[type[Model], list[Any]]


def _skills(world: World, number: int, more: More) -> None:
    many(world[Scale], number)
    steps = many(world[Proficiency], min(number, NEVER_MORE))
    many(world[SkillDescriptor], len(steps), proficiency=steps)
    many(world[SkillDescriptor], number, skill=more[Skill])
    many(world[Indicator], number)
    link(world[Skill].related, more[Skill], [world[Skill]])
    resources = many(world[LearningResource], number, collection=more[Collection])
    link(world[LearningResource].skills, resources, [world[Skill]])


def _roles(world: World, number: int, more: More) -> None:
    many(world[FamilyRequirement], number, skill=more[Skill])
    many(world[SkillRequirement], number, skill=more[Skill])
    many(world[SkillRequirement], number, role=more[Role])
    many(world[RoleMove], number, from_role=more[Role], to_role=[world[Role]] * number)
    many(world[RoleMove], number, from_role=[world[Role]] * number, to_role=more[Role])


def _ladders(world: World, number: int, more: More) -> None:
    """The world's own ladder grows in height, another one in width."""
    higher = many(world[Level], number)
    lowest = many(world[Level], number, ladder=more[Ladder])
    many(world[LevelMove], number, to_level=higher)
    many(world[LevelMove], number, from_level=lowest, to_level=[world[Level]] * number)
    many(world[LevelRequirement], number, level=higher)
    many(world[LevelRequirement], number, level=lowest)
    wide = Level.objects.filter(ladder__slug="wide").first() or LevelFactory(
        ladder__title="Wide", band=world[Band]
    )
    many(world[LevelRequirement], number, level=[wide] * number, skill=more[Skill])
    many(world[Expectation], number, level=[wide] * number, skill=more[Skill])
    many(world[LevelMove], number, from_level=[wide] * number, to_level=lowest)


def _questions(world: World, number: int, more: More) -> None:
    questions = many(world[Question], number, collection=more[Collection])
    many(world[QuestionSkill], number, question=questions)
    many(world[QuestionSkill], number, skill=more[Skill])
    link(world[Question].roles, [world[Question]], more[Role])
    frameworks = many(world[AnswerFramework], number, collection=more[Collection])
    many(world[AnswerStep], number)
    many(world[Probe], number, step=many(world[AnswerStep], number, framework=frameworks))
    many(world[Anchor], len(more[Band]), band=more[Band])
    many(world[Anchor], number, question=questions)
    many(world[SetItem], number, question=questions)


def _sets(world: World, number: int, more: More) -> None:
    sets = many(world[QuestionSet], number, collection=more[Collection])
    many(world[SetSection], number)
    many(world[SetItem], number, section=many(world[SetSection], number, question_set=sets))


def _guides(world: World, number: int, more: More) -> None:
    guide = world[Guide]
    guides = many(guide, number, collection=more[Collection])
    many(world[SynonymGroup], number)
    for manager, kind in ((guide.roles, Role), (guide.skills, Skill), (guide.ladders, Ladder)):
        link(manager, guides, [world[kind]])
        link(manager, [guide], more[kind])
