"""The expectations of a level, under their headings."""

import pytest
from django.test import Client

from ladders.models import Level
from tests.factories import ExpectationFactory, LevelFactory, SkillFactory, SkillGroupFactory
from tests.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def level() -> Level:
    return LevelFactory()


def page_of(level: Level) -> Page:
    return Page.read(Client(), level.get_absolute_url())


def test_expectations_stand_under_their_skill_or_dimension(level: Level) -> None:
    group, skill = SkillGroupFactory(title="Impact"), SkillFactory(title="Risk")
    for position, (text, heading, kind) in enumerate(
        [
            ("Sees **it**.", {"skill": skill}, "expectation"),
            ("Moves teams.", {"skill": None, "group": group}, "expectation"),
            ("Hides it.", {"skill": skill}, "anti_pattern"),
            ("Asked a team.", {"skill": None}, "example"),
        ]
    ):
        ExpectationFactory(level=level, text=text, kind=kind, position=position, **heading)
    sections = page_of(level).part("expectations").marked("expectations")
    assert [section.text for section in sections] == [
        "Risk Sees it. Anti-pattern Hides it.",
        "Impact Impact in one sentence. Moves teams.",
        "Example Asked a team.",
    ]
    assert [section.links for section in sections] == [["/skills/risk/"], [], []]


def test_expectations_under_skills_of_one_group_stand_together(level: Level) -> None:
    results, talent = SkillGroupFactory(title="Results"), SkillGroupFactory(title="Talent")
    skills = [
        SkillFactory(title=title, group=group)
        for title, group in zip("ABC", (results, talent, results), strict=True)
    ]
    for position, skill in enumerate(skills):
        ExpectationFactory(level=level, skill=skill, position=position)
    part = page_of(level).part("expectations")
    assert [heading.text for heading in part.all("h3")] == ["Results", "Talent"]
    assert [heading.text for heading in part.all("h4")] == ["A", "C", "B"]


def test_what_is_said_of_a_group_stands_before_its_skills(level: Level) -> None:
    results, alone = (
        SkillGroupFactory(title="Results"),
        SkillGroupFactory(title="Scope", summary="How far it goes."),
    )
    ExpectationFactory(level=level, skill=None, group=results, text="All in all.", position=1)
    ExpectationFactory(level=level, skill=None, group=alone, position=2)
    ExpectationFactory(level=level, skill=SkillFactory(title="Impact", group=results), position=3)
    part = page_of(level).part("expectations")
    assert [heading.text for heading in part.all("h3")] == ["Results", "Scope"]
    assert [section.text.split()[0] for section in part.marked("expectations")] == [
        "All",
        "Impact",
        "Scope",
    ]
    assert "How far it goes." in part
