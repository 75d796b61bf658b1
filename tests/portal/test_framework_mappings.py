"""The included mappings load their frameworks completely; the rows are counted in the database."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from content.models import Collection
from interchange.packs import TABLES
from ladders.models import Ladder, Level, LevelRequirement
from mapping.parser import read_mapping
from roles.models import Role, RoleFamily, RoleMove, SkillRequirement
from skills.models import LearningResource, Proficiency, Skill, SkillDescriptor, SkillGroup
from tests.frameworks import folder, makes_round_trip
from tests.pack_files import assert_comes_back
from tpm_portal.forms import MAPPINGS

pytestmark = [pytest.mark.django_db, pytest.mark.frameworks, pytest.mark.one_database]


def load(name: str) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command("import_table", name, str(folder(name)), stdout=printed)
    return printed.getvalue()


def assert_round_trip(name: str, folder: Path) -> None:
    """A second load changes nothing, and what goes out as a pack comes in again.

    For every framework in a full run.
    """
    if makes_round_trip(name):
        assert load(name).startswith("0 created, 0 changed")
        assert_comes_back(folder)


def rows_of(*models: type) -> list[int]:
    """How many rows each model has."""
    return [model.objects.count() for model in models]  # type: ignore[attr-defined]


def lines(texts: list[str]) -> int:
    """How many lines all the texts have together."""
    return sum(len(text.splitlines()) for text in texts)


def titles(ladder: str) -> list[str]:
    """The levels of a ladder, from the lowest."""
    return [level.title for level in Ladder.objects.get(slug=ladder).levels.all()]


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.yml")), ids=lambda path: path.stem)
def test_every_mapping_that_ships_is_sound_and_named_after_its_framework(path: object) -> None:
    mapping = read_mapping(path, TABLES)  # type: ignore[arg-type]
    assert mapping.table_specs
    assert mapping.collection["license"]
    assert mapping.collection["attribution"]


@pytest.mark.drawn(2, of="long round trips")
def test_the_uk_framework_is_loaded_whole(tmp_path: Path) -> None:
    assert load("uk-government-digital-and-data").startswith(
        "2980 created, 0 changed, 0 unchanged, 16 repeated."
    )
    assert rows_of(RoleFamily, Role, Ladder, Level, Proficiency) == [8, 52, 52, 201, 4]
    assert rows_of(Skill, SkillDescriptor, LevelRequirement, SkillRequirement) == [
        188,
        664,
        1781,
        28,
    ]
    assert Ladder.objects.filter(levels__isnull=False).distinct().count() == 48
    assert not Level.objects.filter(title__contains="NOT IN USE").exists()
    assert Skill.objects.filter(body="").count() == 41
    assert titles("service-desk-manager") == [
        "Service desk analyst",
        "Senior service desk analyst",
        "Service desk manager",
        "Head of service desk",
    ]
    first_words = [title.partition(" ")[0] for title in titles("delivery-manager")]
    assert first_words == ["Associate", "Delivery", "Senior", "Head"]
    role = Role.objects.get(slug="chief-technology-officer")
    needs = role.skill_requirements.all()
    assert [need.proficiency for need in needs] == [None] * 6
    assert all(need.note.startswith("You can:") for need in needs)
    assert role.extra == {"role_type": "Senior Civil Service"}
    assert load("uk-government-digital-and-data").startswith(
        "0 created, 0 changed, 2980 unchanged, 16 repeated."
    )
    assert_round_trip("uk-government-digital-and-data", tmp_path)


@pytest.mark.full
def test_the_subset_of_onet_is_loaded_whole(tmp_path: Path) -> None:
    load("onet-29.3-subset")
    assert rows_of(Role, SkillRequirement, RoleMove, Skill, SkillDescriptor) == [
        41,
        1155,
        456,
        35,
        105,
    ]
    assert lines(list(Role.objects.values_list("aliases", flat=True))) == 1839
    assert lines(list(Role.objects.values_list("responsibilities", flat=True))) == 897
    assert set(RoleMove.objects.values_list("kind", flat=True)) == {"related"}
    # Of 1,155 levels, 17 are suppressed and 104 not relevant, one of them both: they count as
    # missing, not as zero.
    measured = SkillRequirement.objects.filter(measured_level__isnull=False)
    assert SkillRequirement.objects.filter(measured_importance__isnull=False).count() == 1155
    assert measured.count() == 1155 - 120
    assert not SkillRequirement.objects.filter(
        role__title="Project Management Specialists"
    ).exists()
    left = SkillRequirement.objects.filter(measured_level=None).exclude(
        extra__level_where_not_relevant=""
    )
    assert left.count() == 104
    writing = measured.get(role__external_id="11-1021.00", skill__external_id="2.A.1.a")
    assert (writing.measured_level, writing.measured_importance) == (4, 4)
    assert_round_trip("onet-29.3-subset", tmp_path)


@pytest.mark.full
def test_direct_is_loaded_whole(tmp_path: Path) -> None:
    load("direct-digital-research-competencies")
    assert rows_of(SkillGroup, Skill, Proficiency, LearningResource) == [27, 164, 5, 756]
    assert SkillGroup.objects.filter(parent=None).count() == 7
    assert LearningResource.skills.through.objects.count() == 836
    assert Skill.related.through.objects.count() == 181
    steps = list(Proficiency.objects.order_by("position").values_list("title", flat=True))
    assert steps == ["None or N/A", "Awareness", "Working", "Practitioner", "Expert"]
    # What is loaded waits for an editor.
    assert Collection.objects.get().status == "draft"
    assert set(Skill.objects.values_list("status", flat=True)) == {"draft"}
    assert_round_trip("direct-digital-research-competencies", tmp_path)
