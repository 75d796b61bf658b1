"""A small portal with one row of every type, all connected, so that no part of a page is empty."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model
from factory.django import DjangoModelFactory

from content.base_models import ContentModel
from content.change_tracking import tracking_changes
from interviews.models import Anchor
from ladders.models import Band, Expectation, Ladder, Level
from roles.models import Role, RoleMove
from skills.models import Skill, SkillGroup
from tests import factories as make

World = dict[type[Model], Any]

MADE = [
    made
    for made in vars(make).values()
    if isinstance(made, type) and issubclass(made, DjangoModelFactory)
]
FACTORIES: dict[type[Model], type[DjangoModelFactory]] = {
    made._meta.model: made for made in MADE if issubclass(made._meta.model, ContentModel)
}


def content_models() -> Iterator[type[ContentModel]]:
    """Every kind of row that visitors may see."""
    return (model for model in apps.get_models() if issubclass(model, ContentModel))


def make_world() -> World:
    """One published row of every kind."""
    with tracking_changes():
        rows = [make.home_collection(), *_vocabulary()]
        world = {type(row): row for row in rows}
        for part in (_roles, _ladders, _interviews, _guides):
            world |= {type(row): row for row in part(world)}
    assert world.keys() == set(content_models())
    return world


def _vocabulary() -> Iterator[Model]:
    group = make.SkillGroupFactory(title="Delivery", parent=make.SkillGroupFactory(title="Work"))
    skill = make.SkillFactory(
        title="Risk management", group=group, featured=True, descriptors=True,
        aliases="Hazard control", artifacts="- A register", sources="- A book",
    )  # fmt: skip
    yield from (group, skill, skill.scale, skill.descriptors.last())
    yield make.step_of(skill)
    yield make.IndicatorFactory(skill=skill)
    yield make.LearningResourceFactory(
        title="A book on risk", skills=[skill], url="https://example.org/book"
    )


def _roles(world: World) -> Iterator[Model]:
    family = make.RoleFamilyFactory(title="Programs", summary="Those who run programs.")
    other = make.RoleFactory(title="Product manager", family=family)
    role = make.RoleFactory(
        title="Technical program manager", family=family, featured=True, aliases="TPM",
        week="- Monday",
        deliverables="- Plans", works_with="Teams", background="Engineering", neighbors="Others",
        body="More.", sources="- One",
    )  # fmt: skip
    yield from (family, role)
    yield make.RoleMoveFactory(
        from_role=None, origin="Recent graduate", to_role=role, kind=RoleMove.Kind.ENTRY
    )
    yield make.RoleMoveFactory(from_role=role, to_role=other)
    yield make.SkillRequirementFactory(role=role, skill=world[Skill], note="Every week.")
    make.SkillRequirementFactory(role__title="Founder", role__family=None, skill=world[Skill])
    yield make.FamilyRequirementFactory(family=family, skill=world[Skill])


def _ladders(world: World) -> Iterator[Model]:
    band = make.BandFactory(title="Senior", summary="Leads several teams.")
    ladder = make.LadderFactory(
        title="Reference ladder", role=world[Role], organization="Example",
        source_url="https://example.org/ladder", observed_on=date(2026, 1, 31), sources="- One",
    )  # fmt: skip
    lower, level, upper = (
        make.LevelFactory(
            ladder=ladder,
            band=band,
            code=f"L{n}",
            years_min=n,
            body="More.",
            not_yet_expected="Setting the direction of a department.",
        )  # fmt: skip
        for n in (1, 2, 3)
    )
    yield from (band, ladder, level)
    in_words = make.LevelFactory(ladder=make.LadderFactory(title="Ladder in words"), band=band)
    make.ExpectationFactory(level=in_words, skill=world[Skill])
    make.LevelMoveFactory(from_level=lower, to_level=level, text="Lead one more team.")
    yield make.LevelMoveFactory(from_level=level, to_level=upper, text="Lead all teams.")
    make.LevelRequirementFactory(
        level=lower, skill=world[Skill], proficiency=make.step_of(world[Skill], 0)
    )
    yield make.LevelRequirementFactory(
        level=level, skill=world[Skill], decides=True, note="In every program."
    )
    make.LevelRequirementFactory(level=upper, skill=world[Skill], importance="helpful")
    yield make.ExpectationFactory(level=level, skill=world[Skill])
    make.ExpectationFactory(
        level=level, skill=None, group=world[SkillGroup], kind=Expectation.Kind.EXAMPLE
    )


def _interviews(world: World) -> Iterator[Model]:
    framework = make.AnswerFrameworkFactory(
        title="STAR", when_to_use="Always.", pitfalls="Few.", body="Old.", sources="- X"
    )
    step = make.AnswerStepFactory(framework=framework, title="Situation", interviewer="Ask.")
    question = make.QuestionFactory(
        title="A failed plan",
        roles=[world[Role]],
        band_from=world[Band],
        band_to=world[Band],
        sources="- X",
    )
    yield from (framework, step, question)
    yield make.QuestionSkillFactory(question=question, skill=world[Skill])
    make.ProbeFactory(question=question)
    yield make.ProbeFactory(question=question, step=step, condition="if vague")
    yield from [
        make.AnchorFactory(question=question, rating=rating) for rating in Anchor.Rating.values
    ]
    question_set = make.QuestionSetFactory(
        title="Phone screen",
        role=world[Role],
        level=world[Level],
        outro="Thank them.",
        sources="- X",
    )
    section = make.SetSectionFactory(question_set=question_set, minutes=30, script="Begin.")
    yield from (question_set, section, make.SetItemFactory(section=section, question=question))


def _guides(world: World) -> Iterator[Model]:
    about = {"roles": [world[Role]], "skills": [world[Skill]], "ladders": [world[Ladder]]}
    yield make.GuideFactory(
        title="Getting started", featured=True, sources="- X", change_note="Shortened.",
        noted_on=date(2026, 1, 31), **about,
    )  # fmt: skip
    yield make.SynonymGroupFactory(terms="register\nhazard log")
