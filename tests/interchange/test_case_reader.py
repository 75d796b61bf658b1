"""CASE packages of other programs: items and associations are imported and exported unchanged."""

import json
from typing import Any

import pytest

from content.base_models import Status
from content.models import Collection
from guides.models import Guide
from interviews.models import Question
from skills.models import Scale, Skill, SkillDescriptor, SkillGroup
from tests.factories import SkillGroupFactory
from tests.frameworks import folder
from tests.interchange.packages import (
    DOCUMENT,
    association,
    by_identifier,
    export_text,
    item,
    load,
    load_collection,
    package,
    read,
    uuid,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OPENSALT = "opensalt-case-fixtures"
#: Groups, skills and associations of every fixture; none has levels of skills.
FIXTURES = {
    "AdoptedTestFramework": (0, 1, 1),
    "EmptyExternalFramework": (0, 0, 0),
    "ItemTypeTestFramework": (0, 1, 1),
    "MarkdownFramework": (0, 2, 2),
    "SequenceNumberFramework": (0, 2, 2),
    "SmartLevelFramework": (2, 12, 14),
    "Utf8TestFramework": (0, 1, 1),
}


def assert_equal(written: dict[str, Any], again: dict[str, Any]) -> None:
    """Everything is exported as it was imported, in any order."""
    assert again.keys() == written.keys()
    for name in ("CFItems", "CFAssociations"):
        assert by_identifier(again[name]) == by_identifier(written[name])
    assert again["CFDocument"] == written["CFDocument"]


def skill_called(title: str) -> Skill:
    return Skill.objects.get(title=title)


@pytest.mark.parametrize("name", FIXTURES)
def test_a_package_of_opensalt_goes_out_again_as_it_came(name: str) -> None:
    written = read(folder(OPENSALT) / f"{name}.json")
    again = json.loads(export_text(load_collection(written)))
    counted = SkillGroup.objects.count(), Skill.objects.count(), len(again["CFAssociations"])
    assert (counted, len(again["CFItems"])) == (FIXTURES[name], len(written["CFItems"]))
    assert_equal(written, again)
    assert again["CFDefinitions"] == written["CFDefinitions"]


def test_all_packages_of_opensalt_stand_beside_each_other_although_they_share_identifiers() -> None:
    packages = [read(folder(OPENSALT) / f"{name}.json") for name in FIXTURES]
    collections = [load_collection(written) for written in packages]
    assert len({each["CFDocument"]["identifier"] for each in packages}) == 1
    assert Collection.objects.count() == len(FIXTURES)
    for collection, written in zip(collections, packages, strict=True):
        assert_equal(written, json.loads(export_text(collection)))


def test_a_package_loads_again_without_change() -> None:
    written = read(folder(OPENSALT) / "SmartLevelFramework.json")
    first = load(written)
    again = load(written)
    assert (again.created, again.changed) == ({}, {})
    assert again.unchanged == first.created


def test_texts_keep_their_markup_and_letters() -> None:
    load_collection(read(folder(OPENSALT) / "MarkdownFramework.json"))
    load_collection(read(folder(OPENSALT) / "Utf8TestFramework.json"))
    table = Skill.objects.get(slug="md-table")
    assert table.title.startswith("This contains a _table_ in markdown: | Column 1")
    assert "| data 1 | data 2|\n\n Here is a math equation $x = {-b \\pm" in table.body
    assert Skill.objects.get(collection__slug="utf8-d-test").title == "Item \U0001d451 1"


def test_the_state_of_a_framework_is_that_of_its_rows() -> None:
    load_collection(package([item(1, "A skill")], title="Adopted", adoptionStatus="Adopted"))
    load_collection(package([item(1, "A skill")], title="Draft", adoptionStatus="Draft"))
    assert list(Skill.objects.order_by("collection__slug").values_list("status", flat=True)) == [
        "published",
        "draft",
    ]


def test_keys_and_types_are_read_without_regard_to_case_and_blanks() -> None:
    odd = {
        "Identifier": uuid(2),
        "Full Statement": "Plans",
        "human_coding_scheme": "P.1",
        "Concept Keywords": "planning",
    }
    child = association(1, uuid(2), "Is Child Of", uuid(1))
    written = package([item(1, "Delivery"), odd], [child])
    again = json.loads(export_text(load_collection(written)))
    skill = Skill.objects.get(slug="p-1")
    assert (skill.group, skill.aliases) == (SkillGroup.objects.get(title="Delivery"), "planning")
    assert (again["CFItems"], again["CFAssociations"]) == (
        written["CFItems"],
        written["CFAssociations"],
    )


def test_a_parent_is_found_by_its_address_and_by_its_code() -> None:
    group = item(1, "Delivery", humanCodingScheme="D")
    by_code, by_address = (
        association(1, uuid(2), "isChildOf", "D"),
        association(2, uuid(3), "isChildOf", "elsewhere"),
    )
    by_address["destinationNodeURI"]["uri"] = group["uri"]
    load_collection(package([group, item(2, "Plans"), item(3, "Ships")], [by_code, by_address]))
    assert {skill.group.title for skill in Skill.objects.all() if skill.group} == {"Delivery"}


def test_what_no_column_tells_is_kept_and_goes_out_again() -> None:
    items = [
        item(1, "Delivery", educationLevel=["04"], notes="Of old."),
        item(2, "Plans"),
        item(3, "Ships"),
        item(4, "Other"),
    ]
    associations = [
        association(1, uuid(2), "isChildOf", uuid(1), sequenceNumber=3),
        association(2, uuid(2), "isChildOf", uuid(4)),
        association(3, uuid(2), "exactMatchOf", "https://elsewhere.example/x"),
        association(4, "https://elsewhere.example/y", "isPeerOf", uuid(3)),
        association(5, uuid(2), "isRelatedTo", uuid(3)),
        association(6, uuid(3), "precedes", uuid(2)),
        association(7, uuid(3), "isPartOf", DOCUMENT),
    ]
    rubric = {
        "identifier": uuid(1, "c"),
        "uri": "https://server/rubric",
        "title": "Theirs",
        "lastChangeDateTime": "x",
    }
    written = package(items, associations, notes="Beware.") | {"CFRubrics": [rubric]}
    collection = load_collection(written)
    skill = Skill.objects.get(title="Plans")
    assert (skill.group.title, skill.position, skill.related.get().title) == (  # type: ignore[union-attr]
        "Delivery",
        3,
        "Ships",
    )
    again = json.loads(export_text(collection))
    assert_equal(written, again)
    assert again["CFRubrics"] == [rubric]


def test_levels_of_a_skill_become_its_descriptors_on_a_scale() -> None:
    items = [
        item(1, "Risk"),
        item(2, "Names risks.", abbreviatedStatement="Low"),
        item(3, "Ends risks."),
    ]
    items += [
        item(4, "Plans"),
        item(5, "Has a plan.", abbreviatedStatement="Low"),
        item(6, "Has two."),
    ]
    associations = [
        association(n, uuid(1 if n < 4 else 4), "Has Skill Level", uuid(n)) for n in (2, 3, 5, 6)
    ]
    written = package(items, associations)
    collection = load_collection(written)
    scale = Scale.objects.get()
    assert [step.title for step in scale.proficiencies.all()] == ["Low", "Level 2"]
    risk = SkillDescriptor.objects.filter(skill__title="Risk").order_by("proficiency__position")
    assert [descriptor.text for descriptor in risk] == ["Names risks.", "Ends risks."]
    again = json.loads(export_text(collection))
    assert by_identifier(written["CFItems"]).items() <= by_identifier(again["CFItems"]).items()
    assert (
        by_identifier(written["CFAssociations"]).items()
        <= by_identifier(again["CFAssociations"]).items()
    )
    report = load(again)
    assert (report.created, report.changed, report.conflicts) == ({}, {}, [])


def test_types_with_our_names_become_our_rows() -> None:
    kinds = {1: "Role Family", 2: "ROLE", 3: "ladder", 4: "Level", 5: "Career Pathway"}
    items = [item(number, kind, CFItemType=kind) for number, kind in kinds.items()]
    associations = [
        association(1, uuid(2), "isChildOf", uuid(1)),
        association(2, uuid(4), "isChildOf", uuid(3)),
    ]
    report = load(package(items, associations))
    tables = {name: count for name, count in report.created.items() if name != "pack.yml"}
    assert tables == dict.fromkeys(["role_families", "roles", "ladders", "levels", "skills"], 1)


def test_what_an_editor_changed_leaves_as_it_is_now() -> None:
    items = [item(1, "Delivery"), item(2, "Plans", notes="Kept."), item(3, "Ships")]
    written = package(items, [association(n, uuid(n), "isChildOf", uuid(1)) for n in (2, 3)])
    collection = load_collection(written)
    skill = Skill.objects.get(title="Plans")
    skill.body, skill.group, skill.status = "Plans ahead.", None, Status.PUBLISHED
    skill.save()
    again = json.loads(export_text(collection))
    now, before = by_identifier(again["CFItems"]), by_identifier(written["CFItems"])
    assert now[uuid(2)]["fullStatement"] == "Plans ahead."
    assert now[uuid(2)]["notes"] == "Kept."
    assert now[uuid(2)]["lastChangeDateTime"] > before[uuid(2)]["lastChangeDateTime"]
    assert now[uuid(3)] == before[uuid(3)]
    ends = {
        (each["originNodeURI"]["identifier"], each["destinationNodeURI"]["identifier"])
        for each in again["CFAssociations"]
    }
    assert ends == {(uuid(2), DOCUMENT), (uuid(3), uuid(1))}


def test_an_association_that_a_newer_package_lacks_no_longer_counts() -> None:
    items = [item(1, "Delivery"), item(2, "Plans"), item(3, "Ships"), item(4, "Tests")]
    children = [association(number, uuid(number), "isChildOf", uuid(1)) for number in (2, 3, 4)]
    related = association(5, uuid(2), "isRelatedTo", uuid(3))
    load_collection(package(items, [*children, related]))
    skill = Skill.objects.get(title="Plans")
    assert (str(skill.group), list(skill.related.all())) == ("Delivery", [skill_called("Ships")])
    to_document = association(2, uuid(2), "isChildOf", DOCUMENT)
    load_collection(package(items, [to_document, *children[1:]]))
    skill.refresh_from_db()
    assert (skill.group, list(skill.related.all())) == (None, [])
    assert str(skill_called("Ships").group) == "Delivery"


def test_a_group_that_an_editor_chose_stays_without_an_association() -> None:
    written = package([item(1, "Delivery"), item(2, "Plans")], [])
    load_collection(written)
    group = SkillGroupFactory(collection=Collection.objects.get())
    Skill.objects.filter(title="Plans").update(group=group)
    report = load(written)
    assert skill_called("Plans").group == group
    assert [str(conflict) for conflict in report.conflicts] == [
        "CFItems 2: “Plans” was edited here (group) since the last load"
    ]


def test_a_sequence_number_of_a_row_without_a_position_leaves_again() -> None:
    question = item(1, "Why?", abbreviatedStatement="A reason", CFItemType="Question")
    written = package(
        [question], [association(1, uuid(1), "isChildOf", DOCUMENT, sequenceNumber=4)]
    )
    assert_equal(written, json.loads(export_text(load_collection(written))))


def test_a_sequence_number_becomes_no_column_of_an_edited_row_without_a_position() -> None:
    question = item(1, "Why?", abbreviatedStatement="A reason", CFItemType="Question")
    to_document = association(1, uuid(1), "isChildOf", DOCUMENT, sequenceNumber=4)
    collection = load_collection(package([question], [to_document]))
    Question.objects.update(guidance="Must ask late.")
    written = json.loads(export_text(collection))
    assert to_document in written["CFAssociations"]
    collection.delete()
    load_collection(written)
    assert "position" not in Question.objects.get().extra


def test_what_an_editor_related_is_loaded_elsewhere() -> None:
    guide = item(3, "How to plan.", abbreviatedStatement="Planning", CFItemType="Guide")
    items = [item(1, "Plans"), item(2, "Ships"), guide]
    collection = load_collection(package(items))
    skill_called("Plans").related.add(skill_called("Ships"))
    Guide.objects.get().skills.add(skill_called("Ships"))
    written = export_text(collection)
    collection.delete()
    load_collection(json.loads(written))
    assert list(skill_called("Plans").related.all()) == [skill_called("Ships")]
    assert list(Guide.objects.get().skills.all()) == [skill_called("Ships")]


def test_an_edited_item_below_one_of_another_kind_is_loaded_elsewhere() -> None:
    items = [item(1, "Engineer", CFItemType="Role"), item(2, "Plans")]
    below_role = association(1, uuid(2), "isChildOf", uuid(1))
    collection = load_collection(package(items, [below_role]))
    Skill.objects.update(body="Plans ahead.")
    written = json.loads(export_text(collection))
    assert below_role in written["CFAssociations"]
    collection.delete()
    load_collection(written)
    assert skill_called("Plans").body == "Plans ahead."
