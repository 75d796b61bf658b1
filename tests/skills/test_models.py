"""Scales, skill groups, skills and their descriptors."""

from decimal import Decimal

import pytest
from django.db.models import RestrictedError

from skills.models import Proficiency, Skill, SkillDescriptor
from tests.factories import (
    CollectionFactory,
    LearningResourceFactory,
    ProficiencyFactory,
    ScaleFactory,
    SkillDescriptorFactory,
    SkillFactory,
    SkillGroupFactory,
    step_of,
)
from tests.refusals import codes, is_stored

pytestmark = pytest.mark.django_db


def test_a_step_has_a_slug_and_a_place_of_its_own_on_its_scale() -> None:
    scale, other = ScaleFactory(slug="a", steps=[]), ScaleFactory(slug="b", steps=[])
    ProficiencyFactory(scale=scale, slug="working", position=2)
    assert codes(ProficiencyFactory.build(scale=other, slug="working", position=2)) == {}
    for name, taken in {"slug": ("working", 3), "position": ("expert", 2)}.items():
        again = ProficiencyFactory.build(scale=scale, slug=taken[0], position=taken[1])
        assert codes(again) == {"__all__": [f"Another proficiency of this scale has this {name}."]}
        assert not is_stored(again)
    assert is_stored(ProficiencyFactory.build(scale=scale, slug="expert", position=3))


def test_steps_stand_in_the_order_of_their_scale() -> None:
    scale = ScaleFactory(steps=[])
    for position in (3, 1, 2):
        ProficiencyFactory(
            scale=scale,
            title=f"Step {position}",
            position=position,
            value=Decimal("1.25") * position,
        )
    assert [str(step) for step in Proficiency.objects.filter(scale=scale)] == [
        "Step 1",
        "Step 2",
        "Step 3",
    ]
    assert scale.proficiencies.get(position=3).value == Decimal("3.75")


def test_a_group_does_not_stand_under_itself() -> None:
    top = SkillGroupFactory(parent=None)
    middle = SkillGroupFactory(parent=top)
    lowest = SkillGroupFactory(parent=middle)
    assert codes(lowest) == {}
    for parent in (top, middle, lowest):
        top.parent = parent
        assert codes(top) == {"parent": ["under_itself"]}
    top.parent = SkillGroupFactory()
    assert codes(top) == {}


def test_a_skill_has_one_descriptor_a_step() -> None:
    described = SkillDescriptorFactory()
    again = SkillDescriptor(skill=described.skill, proficiency=described.proficiency, text="Again.")
    assert codes(again) == {
        "__all__": ["This skill already has a descriptor for this proficiency."]
    }
    assert not is_stored(again)
    again.proficiency = step_of(described.skill, 2)
    assert codes(again) == {}
    assert is_stored(again)


def test_a_descriptor_stands_at_a_step_of_the_skills_own_scale() -> None:
    skill, other = SkillFactory(), ScaleFactory(slug="other", steps=["Seen", "Done"])
    descriptor = SkillDescriptor(skill=skill, proficiency=step_of(skill), text="Does it.")
    assert codes(descriptor) == {}
    descriptor.proficiency = other.proficiencies.first()
    assert codes(descriptor) == {"proficiency": ["other_scale"]}


def test_descriptors_stand_in_the_order_of_the_scale() -> None:
    skill = SkillFactory()
    for position in (2, 0, 3, 1):
        SkillDescriptorFactory(skill=skill, proficiency=step_of(skill, position))
    steps = [descriptor.proficiency.title for descriptor in skill.descriptors.all()]
    assert steps == ["Awareness", "Working", "Practitioner", "Expert"]


@pytest.mark.parametrize("missing", [{"skill": None}, {"proficiency": None}])
def test_a_descriptor_without_its_skill_or_step_is_refused_without_a_crash(
    missing: dict[str, None],
) -> None:
    skill = SkillFactory()
    given = {"skill": skill, "proficiency": step_of(skill), "text": "Does it."}
    assert codes(SkillDescriptor(**given)) == {}
    assert codes(SkillDescriptor(**given | missing)) == {name: ["null"] for name in missing}


def test_vocabulary_in_use_is_not_deleted() -> None:
    skill = SkillFactory()
    for used in (skill.group, skill.scale):
        with pytest.raises(RestrictedError):
            used.delete()
    step = SkillDescriptorFactory(skill=skill).proficiency
    with pytest.raises(RestrictedError):
        step.delete()
    skill.delete()
    assert not SkillDescriptor.objects.exists()
    step.delete()
    skill.group.delete()


def test_groups_stand_under_groups() -> None:
    group = SkillGroupFactory()
    below = SkillGroupFactory(parent=group)
    assert list(group.subgroups.all()) == [below]
    with pytest.raises(RestrictedError):
        group.delete()


def test_lists_follow_groups_then_places_then_titles() -> None:
    late, early = SkillGroupFactory(title="A", position=2), SkillGroupFactory(title="B", position=1)
    SkillFactory(title="3", group=late)
    SkillFactory(title="2", group=early, position=2)
    SkillFactory(title="1b", group=early, position=1)
    SkillFactory(title="1a", group=early, position=1)
    SkillFactory(title="alone", group=None)
    titles = [skill.title for skill in Skill.objects.grouped()]
    assert titles == ["1a", "1b", "2", "3", "alone"]


def test_groups_of_one_name_stay_apart_in_lists() -> None:
    groups = SkillGroupFactory(title="A"), SkillGroupFactory(title="A", slug="a-2")
    for position in (1, 2, 3, 4):
        SkillFactory(group=groups[position % 2], position=position)
    assert [skill.group for skill in Skill.objects.grouped()] == [
        groups[0],
        groups[0],
        groups[1],
        groups[1],
    ]


def test_the_search_finds_a_skill_by_its_text_and_by_its_other_names() -> None:
    skill = SkillFactory(body="Counts ravens.", aliases="Corvids", descriptors=True)
    assert skill.search_aliases() == "Corvids"
    assert "Counts ravens." in skill.search_body()
    assert f"{skill.title} at Expert." in skill.search_body()


def test_a_learning_resource_teaches_several_skills_and_stays_without_them() -> None:
    first, second = SkillFactory.create_batch(2)
    book = LearningResourceFactory(
        skills=[first, second], url="https://example.org/book", year=2020
    )
    assert codes(book) == {}
    first.delete()
    assert list(book.skills.all()) == [second]
    book.url = "javascript:alert(1)"
    assert codes(book) == {"url": ["invalid"]}


def test_addresses_name_the_collection_unless_it_is_the_portals_own() -> None:
    assert SkillFactory(slug="risk").get_absolute_url() == "/skills/risk/"
    foreign = SkillFactory(slug="risk", collection=CollectionFactory(slug="other"))
    assert foreign.get_absolute_url() == "/skills/other:risk/"
    assert str(SkillDescriptorFactory(skill__title="Budget")) == "Budget · Working"
