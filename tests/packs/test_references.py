"""References in a pack: to its own collection, to others, to parts, and relative to the row."""

from typing import Any

import pytest

from content.models import Collection
from interviews.models import AnswerStep, Probe
from ladders.models import Band, Level
from packs.references import References, UnknownReference
from roles.models import Role, SkillRequirement
from skills.models import Proficiency, Scale, Skill
from tests.factories import (
    AnswerStepFactory,
    BandFactory,
    CollectionFactory,
    LadderFactory,
    LevelFactory,
    ScaleFactory,
    SkillFactory,
    home_collection,
    step_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Collection:
    return CollectionFactory(slug="other")


def unknown(references: References, model: Any, reference: str, beside: Any = None) -> str:
    """Why a reference leads nowhere."""
    with pytest.raises(UnknownReference) as refused:
        references.find(model, reference, beside or Role())
    return str(refused.value)


def test_a_bare_id_is_one_of_the_packs_own_collection(other: Collection) -> None:
    ours, theirs = SkillFactory(slug="risk"), SkillFactory(slug="risk", collection=other)
    assert References(home_collection()).find(Skill, "risk", Role()) == ours
    assert References(other).find(Skill, "risk", Role()) == theirs


def test_an_id_may_name_its_collection(other: Collection) -> None:
    ours, theirs = SkillFactory(slug="risk"), SkillFactory(slug="risk", collection=other)
    assert References(other).find(Skill, "portal:risk", Role()) == ours
    assert References(other).find(Skill, "other:risk", Role()) == theirs
    assert unknown(References(other), Skill, "none:risk") == "there is no skill “none:risk”"


@pytest.mark.parametrize(
    "reference", ["cost", "other:cost", "Risk", "risk ", "a/risk", "", ":", "/", "\0"]
)
def test_an_id_that_no_row_has_is_named(other: Collection, reference: str) -> None:
    SkillFactory(slug="risk", collection=other)
    assert unknown(References(other), Skill, reference) == f"there is no skill “{reference}”"


def test_a_part_is_named_under_its_owner(other: Collection) -> None:
    ours = LevelFactory(ladder__slug="tpm", slug="senior")
    theirs = LevelFactory(ladder=LadderFactory(slug="tpm", collection=other), slug="senior")
    references = References(home_collection())
    assert references.find(Level, "tpm/senior", Role()) == ours
    assert references.find(Level, "other:tpm/senior", Role()) == theirs
    assert unknown(references, Level, "tpm/junior") == "there is no level “tpm/junior”"
    assert unknown(references, Level, "none/senior") == "there is no ladder “none”"
    assert unknown(references, Level, "senior") == "there is no level “senior”"


def test_a_bare_step_is_one_of_the_scale_that_the_rows_skill_has() -> None:
    skill, references = SkillFactory(), References(home_collection())
    needed = SkillRequirement(role=Role(), skill=skill)
    assert references.find(Proficiency, "working", needed) == step_of(skill)
    assert references.find(Proficiency, "standard/expert", needed) == step_of(skill, 3)
    assert (
        unknown(references, Proficiency, "perfect", needed) == "there is no proficiency “perfect”"
    )
    needed.skill = SkillFactory(scale=None)
    assert (
        unknown(references, Proficiency, "working", needed) == "there is no proficiency “working”"
    )


def test_a_step_of_a_framework_needs_its_owner() -> None:
    step = AnswerStepFactory(framework__slug="star", slug="task")
    references = References(home_collection())
    assert references.find(AnswerStep, "star/task", Probe()) == step
    assert unknown(references, AnswerStep, "task", Probe()) == "there is no answer step “task”"


def test_bands_belong_to_nobody() -> None:
    band = BandFactory(slug="senior")
    assert References(home_collection()).find(Band, "senior", Role()) == band


def test_a_row_that_was_just_written_is_found() -> None:
    references = References(home_collection())
    unknown(references, Skill, "risk")
    skill = SkillFactory(slug="risk")
    unknown(references, Skill, "risk")
    references.add(skill)
    assert references.find(Skill, "risk", Role()) == skill
    references.add(SkillRequirement())


def test_many_references_to_one_table_take_one_query(django_assert_num_queries: Any) -> None:
    skills = SkillFactory.create_batch(5)
    references = References(home_collection())
    with django_assert_num_queries(1):
        assert [references.find(Skill, skill.slug, Role()) for skill in skills] == skills
    other = ScaleFactory(slug="other", steps=["Seen"])
    assert references.find(Scale, "other", Role()) == other
