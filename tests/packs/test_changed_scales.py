"""A pack may change the scale of a skill only if no row uses the previous scale."""

from pathlib import Path

import pytest

from ladders.models import LevelRequirement
from skills.models import Skill, SkillDescriptor
from tests.factories import LevelFactory, LevelRequirementFactory, step_of
from tests.pack_files import SCALE, SKILL, Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STEPS = SCALE.replace("Standard", "Steps").replace("working", "low").replace("expert", "high")
SKILL_ON_STEPS = (
    SKILL.replace("standard", "steps").replace("working:", "low:").replace("expert:", "high:")
)
PLACE = "skills/risk.md: scale: "
WAY_OUT = "First clear their proficiencies or delete the rows."


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack that is loaded, and whose next edition has the skill on another scale."""
    pack = Pack(tmp_path).with_skill()
    assert pack.refusals() == []
    return pack.write("scales/steps.md", STEPS).write("skills/risk.md", SKILL_ON_STEPS)


def test_a_load_refuses_another_scale_while_a_requirement_elsewhere_has_a_step(pack: Pack) -> None:
    skill = Skill.objects.get()
    requirement = LevelRequirementFactory(
        level=LevelFactory(title="Senior", code=""), skill=skill, proficiency=step_of(skill, 1)
    )
    for options in ({"dry_run": True}, {}, {"overwrite": True}):
        report = pack.load(retire=True, **options)
        reason = f"Other rows have a proficiency of the previous scale: Senior · Risk. {WAY_OUT}"
        assert [str(refusal) for refusal in report.refusals] == [PLACE + reason]
    skill.refresh_from_db()
    assert skill.scale
    assert skill.scale.slug == "standard"
    LevelRequirement.objects.filter(pk=requirement.pk).update(proficiency=None)
    assert pack.load(retire=True).refusals == []
    skill.refresh_from_db()
    assert skill.scale
    assert skill.scale.slug == "steps"


def test_descriptors_of_the_former_scale_are_retired_or_refuse_the_other_one(pack: Pack) -> None:
    reason = f"Risk · Working, Risk · Expert. {WAY_OUT}"
    (refusal,) = pack.refusals()
    assert refusal.endswith(reason)
    assert pack.load(retire=True).retired["skill_descriptors"] == 2
    slugs = SkillDescriptor.objects.values_list("proficiency__slug", flat=True)
    assert set(slugs) == {"low", "high"}


def test_a_requirement_that_goes_over_to_the_other_scale_in_the_same_pack_is_fine(
    pack: Pack,
) -> None:
    header = "role,skill,proficiency\n"
    pack.write("roles.csv", "id,title\nlead,Lead\n")
    pack.write("scales/steps.md", STEPS).write("skills/risk.md", SKILL)
    pack.write("skill_requirements.csv", f"{header}lead,risk,expert\n")
    assert pack.refusals() == []
    pack.write("skills/risk.md", SKILL_ON_STEPS)
    pack.write("skill_requirements.csv", f"{header}lead,risk,high\n")
    assert pack.load(retire=True).refusals == []
