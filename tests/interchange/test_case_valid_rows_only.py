"""Only the valid rows of a damaged package are imported: what is left out is named."""

from typing import Any

import pytest

from interchange.case.reader import read_package
from interchange.packs import TABLES
from interviews.models import Question
from packs.load_options import LoadOptions
from packs.loading import load_pack
from skills.models import Proficiency, Scale, Skill, SkillDescriptor, SkillGroup
from tests.interchange.packages import association, item, package, uuid

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DELIVERY, PLANS, SHIPS, RISK, LOW, HIGH, SLIP = range(1, 8)
#: The items that are refused if one is damaged.
DEPENDENT = {
    DELIVERY: {DELIVERY, PLANS, SHIPS},
    PLANS: {PLANS},
    RISK: {RISK, LOW, HIGH},
    LOW: {LOW, HIGH},
    SLIP: {SLIP},
}
DAMAGES: list[dict[str, Any]] = [
    {"fullStatement": 7},
    {"fullStatement": "a\0b"},
    {"uri": "javascript:alert(1)"},
    {"extensions": {"tpm-portal": {"table": "nonsense"}}},
]


def framework() -> dict[str, Any]:
    """A group with two skills, a skill with two levels, and a question."""
    items = [
        item(DELIVERY, "Delivery"),
        item(PLANS, "Plans"),
        item(SHIPS, "Ships"),
        item(RISK, "Risk"),
        item(LOW, "Names risks.", abbreviatedStatement="Low"),
        item(HIGH, "Ends risks.", abbreviatedStatement="High"),
        item(SLIP, "Late?", CFItemType="Question", abbreviatedStatement="Slip"),
    ]
    associations = [
        association(1, uuid(PLANS), "isChildOf", uuid(DELIVERY)),
        association(2, uuid(SHIPS), "isChildOf", uuid(DELIVERY)),
        association(3, uuid(RISK), "hasSkillLevel", uuid(LOW)),
        association(4, uuid(RISK), "hasSkillLevel", uuid(HIGH)),
    ]
    return package(items, associations)


def load_valid_rows(written: dict[str, Any]) -> set[int]:
    """Import what is valid; the numbers of the items that the report names as refused."""
    report = load_pack(read_package(written), TABLES, LoadOptions(skip_refused=True))
    assert report.is_written
    return {int(refusal.location.split(":")[0].split()[1]) for refusal in report.refusals}


def imported_items() -> dict[str, tuple[str, str]]:
    """The table of each row of an item by its text, and the row to which it belongs."""
    items = {str(group): ("group", "") for group in SkillGroup.objects.all()}
    items |= {str(skill): ("skill", str(skill.group or "")) for skill in Skill.objects.all()}
    items |= {question.title: ("question", "") for question in Question.objects.all()}
    for descriptor in SkillDescriptor.objects.all():
        items[str(descriptor.proficiency)] = ("level", str(descriptor.skill))
    return items


WHOLE = {
    DELIVERY: ("Delivery", ("group", "")),
    PLANS: ("Plans", ("skill", "Delivery")),
    SHIPS: ("Ships", ("skill", "Delivery")),
    RISK: ("Risk", ("skill", "")),
    LOW: ("Low", ("level", "Risk")),
    HIGH: ("High", ("level", "Risk")),
    SLIP: ("Slip", ("question", "")),
}


def test_a_sound_package_is_imported_whole() -> None:
    assert load_valid_rows(framework()) == set()
    assert imported_items() == dict(WHOLE.values())
    assert Proficiency.objects.count() == 2


@pytest.mark.parametrize("number", DEPENDENT)
@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_what_is_imported_is_as_in_the_whole_package_and_the_rest_is_named(
    number: int, damage: dict[str, Any]
) -> None:
    written = framework()
    written["CFItems"][number - 1] |= damage
    refused = load_valid_rows(written)
    assert refused == DEPENDENT[number]
    valid = {key: row for key, row in WHOLE.items() if key not in refused}
    assert imported_items() == dict(valid.values())
    assert Scale.objects.count() == (LOW in valid)


def test_a_group_whose_skills_are_all_refused_does_not_become_a_skill() -> None:
    written = framework()
    for number in (PLANS, SHIPS):
        written["CFItems"][number - 1]["fullStatement"] = 7
    assert load_valid_rows(written) == {PLANS, SHIPS}
    assert imported_items()["Delivery"] == ("group", "")


def test_the_levels_of_a_refused_skill_are_named_with_the_reason() -> None:
    written = framework()
    written["CFItems"][RISK - 1]["fullStatement"] = 7
    report = load_pack(read_package(written), TABLES, LoadOptions(skip_refused=True))
    assert [str(refusal) for refusal in report.refusals] == [
        "CFItems 4: fullStatement: expected a text, not a number",
        "CFItems 5: CFItems 4, the item above it, is refused",
        "CFItems 6: CFItems 4, the item above it, is refused",
    ]
