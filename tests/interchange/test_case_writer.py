"""Exported CASE packages are valid by the schema, contain only published rows, and are stable."""

import json
from collections import Counter
from typing import Any

import pytest
from django.test import override_settings
from jsonschema import Draft7Validator

from content.base_models import Status
from content.models import Collection
from interchange.case.schema import EXTENSION
from interviews.models import Question
from ladders.models import Level, LevelMove
from skills.models import Proficiency, Skill, SkillDescriptor
from tests.factories import (
    CollectionFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    RoleFactory,
    SkillFactory,
    SkillGroupFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.frameworks import folder
from tests.interchange.packages import (
    by_identifier,
    export_again,
    export_text,
    item,
    load,
    load_collection,
    package,
    uuid,
)
from tests.project.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Object = dict[str, Any]


@pytest.fixture
def world() -> Collection:
    make_world()
    return Collection.objects.get()


def written(collection: Collection, **options: Any) -> Object:
    found: Object = json.loads(export_text(collection, **options))
    return found


def items_of(found: Object, kind: str) -> list[Object]:
    return [each for each in found["CFItems"] if each["CFItemType"] == kind]


def titles(found: Object, kind: str) -> list[tuple[str, str]]:
    """The ends of the associations of this type."""
    associations = [each for each in found["CFAssociations"] if each["associationType"] == kind]
    return [
        (each["originNodeURI"]["title"], each["destinationNodeURI"]["title"])
        for each in associations
    ]


def without_extensions(found: Any) -> Any:
    """The same without the one key new in 1.1 that the schema of 1.0 refuses in rubrics."""
    if isinstance(found, list):
        return [without_extensions(each) for each in found]
    if isinstance(found, dict):
        return {
            name: without_extensions(held) for name, held in found.items() if name != "extensions"
        }
    return found


def faults(found: Object) -> Counter[str]:
    schema = json.loads(
        (folder("opensalt-case-fixtures") / "case-v1p0-cfpackage-schema.json").read_text("utf-8")
    )
    errors = Draft7Validator(schema).iter_errors(found)
    return Counter(f"{error.absolute_path[0]}: {error.validator}" for error in errors)


def test_a_package_is_valid_by_the_schema_of_1_0_but_for_extensions_of_rubrics(
    world: Collection,
) -> None:
    found = written(world, page="https://example.org/collections/portal/")
    assert len(found["CFItems"]) > 25
    assert len(found["CFRubrics"]) == 3
    assert faults(found).keys() == {"CFRubrics: additionalProperties"}
    assert faults(without_extensions(found)) == {}
    assert faults(without_extensions(found) | {"CFItems": [{}]}) != {}


def test_the_document_names_license_attribution_and_notices() -> None:
    collection = CollectionFactory(
        title="Theirs",
        license="CC-BY-SA-4.0",
        modified="Levels are renamed.",
        notices="A trademark.",
        attribution="© Them",
    )
    found = written(collection)
    document, terms = found["CFDocument"], found["CFDefinitions"]["CFLicenses"][0]
    assert document["caseVersion"] == "1.1"
    assert document["notes"] == "© Them\n\nLevels are renamed.\n\nA trademark."
    assert document["licenseURI"]["identifier"] == terms["identifier"]
    assert terms["title"] == "CC-BY-SA-4.0"
    assert terms["licenseText"].startswith("Creative Commons Attribution-ShareAlike 4.0\n")
    assert "Share alike" in terms["licenseText"]
    assert terms["licenseText"].endswith("https://creativecommons.org/licenses/by/4.0/\n© Them")


def test_every_kind_of_row_has_its_item_type(world: Collection) -> None:
    found = written(world)
    kinds = {each["title"] for each in found["CFDefinitions"]["CFItemTypes"]}
    assert kinds == {each["CFItemType"] for each in found["CFItems"]}
    assert {
        "Skill Group",
        "Skill",
        "Proficiency Level",
        "Role Family",
        "Role",
        "Ladder",
        "Level",
    } <= kinds
    assert {"Expectation", "Question", "Question Set"} <= kinds


def test_hierarchy_order_levels_and_requirements_are_associations(world: Collection) -> None:
    found = written(world)
    assert ("Risk management", "Delivery") in titles(found, "isChildOf")
    assert ("Delivery", "Work") in titles(found, "isChildOf")
    assert {origin for origin, _ in titles(found, "hasSkillLevel")} == {"Risk management"}
    assert (
        Level.objects.filter(ladder__title="Reference ladder").count() - 1
        == LevelMove.objects.count()
        == 2
    )
    assert ("Technical program manager", "Product manager") in titles(found, "precedes")
    grouped = [
        each["CFAssociationGroupingURI"]["title"]
        for each in found["CFAssociations"]
        if "CFAssociationGroupingURI" in each
    ]
    assert Counter(grouped) == {"essential": 3, "expected": 2, "helpful": 1}


@pytest.mark.parametrize(
    ("moves", "order"), [(False, [("A", "B"), ("B", "C")]), (True, [("A", "C")])]
)
def test_levels_come_in_their_order_unless_moves_tell_it(
    moves: bool, order: list[tuple[str, str]]
) -> None:
    ladder = LadderFactory(collection=CollectionFactory(slug="other"))
    first, _, last = (
        LevelFactory(ladder=ladder, title=title, position=n)
        for n, title in enumerate("ABC", start=1)
    )
    if moves:
        LevelMoveFactory(from_level=first, to_level=last)
    text = export_text(ladder.collection)
    assert titles(json.loads(text), "precedes") == order
    assert export_again(text) == text
    assert LevelMove.objects.count() == moves


def test_a_requirement_leads_to_the_descriptor_if_there_is_one_else_to_the_skill() -> None:
    collection = CollectionFactory(slug="other")
    described = SkillFactory(collection=collection, title="Risk", descriptors=True)
    bare = SkillFactory(collection=collection, title="Plans")
    role = RoleFactory(collection=collection, title="Lead")
    for skill in (described, bare):
        SkillRequirementFactory(role=role, skill=skill, proficiency=step_of(skill))
    text = export_text(collection)
    found = json.loads(text)
    ends = {
        each["destinationNodeURI"]["identifier"]
        for each in found["CFAssociations"]
        if "CFAssociationGroupingURI" in each
    }
    kinds = sorted(by_identifier(found["CFItems"])[end]["CFItemType"] for end in ends)
    assert kinds == ["Proficiency Level", "Skill"]
    assert export_again(text) == text


def test_a_ladder_is_a_rubric_too_and_anchors_are_one(world: Collection) -> None:
    rubrics = {rubric["title"]: rubric for rubric in written(world)["CFRubrics"]}
    ladder, anchors = rubrics.pop("Reference ladder"), rubrics.pop("A failed plan")
    assert rubrics.keys() == {"Ladder in words"}
    cells = [
        cell
        for criterion in ladder["CFRubricCriteria"]
        for cell in criterion["CFRubricCriterionLevels"]
    ]
    assert {cell["quality"] for cell in cells} == {"L1", "L2", "L3"}
    [criterion] = anchors["CFRubricCriteria"]
    assert criterion["category"] == "A failed plan"
    assert [cell["score"] for cell in criterion["CFRubricCriterionLevels"]] == [1, 2, 3, 4]


def test_a_draft_leaves_only_if_asked_for() -> None:
    collection = CollectionFactory(slug="other")
    draft = {"collection": collection, "status": Status.DRAFT}
    shown = SkillFactory(collection=collection, title="Shown")
    hidden = SkillFactory(title="Hidden", **draft)
    shown.related.add(hidden)
    role = RoleFactory(title="Secret", **draft)
    SkillRequirementFactory(role=role, skill=shown)
    SkillRequirementFactory(role=RoleFactory(collection=collection, title="Open"), skill=hidden)
    public, whole = export_text(collection, drafts=False), export_text(collection, drafts=True)
    assert "Shown" in public
    assert not [word for word in ("Hidden", "hidden", "Secret", "secret") if word in public]
    assert "Hidden" in whole
    assert "Secret" in whole


def test_a_draft_does_not_leave_by_an_association_that_came_with_an_import() -> None:
    ends = {"originNodeURI": uuid(1), "destinationNodeURI": uuid(2)}
    peer = {"associationType": "isPeerOf", "identifier": uuid(1, "a"), "uri": "https://server/a"}
    peer |= {
        name: {"title": "Hidden", "identifier": end, "uri": "https://server/x"}
        for name, end in ends.items()
    }
    collection = load_collection(
        package([item(1, "Shown"), item(2, "Hidden")], [peer], adoptionStatus="Adopted")
    )
    assert "Hidden" in export_text(collection, drafts=False)
    hidden = Skill.objects.get(title="Hidden")
    hidden.status = Status.DRAFT
    hidden.save()
    assert "Hidden" not in export_text(collection, drafts=False)


def test_rows_of_other_collections_are_named_and_found_again() -> None:
    home = SkillFactory(title="Risk", group=SkillGroupFactory(title="Delivery"))
    other = CollectionFactory(slug="other")
    SkillRequirementFactory(role=RoleFactory(collection=other), skill=home)
    text = export_text(other)
    Collection.objects.get(slug="other").delete()
    assert export_text(load_collection(json.loads(text))) == text


def test_identifiers_stay_when_a_row_is_renamed() -> None:
    skill = SkillFactory(collection=CollectionFactory(slug="other"), title="Risk", slug="risk")
    [before] = items_of(written(skill.collection), "Skill")
    skill.slug, skill.title = "hazard", "Hazards"
    skill.save()
    [after] = items_of(written(skill.collection), "Skill")
    assert after["identifier"] == before["identifier"]
    assert after["humanCodingScheme"] == "hazard"
    SkillFactory(collection=skill.collection, title="Risk", slug="risk")
    assert len(by_identifier(written(skill.collection)["CFItems"])) == len(
        written(skill.collection)["CFItems"]
    )


def test_a_date_holds_while_the_row_says_the_same() -> None:
    first = SkillFactory(collection=CollectionFactory(slug="other"), title="Risk", slug="risk")
    SkillFactory(collection=first.collection, title="Plans", slug="plans")
    Skill.objects.update(edited_at="2020-02-29T12:00:00Z")
    text = export_again(export_text(first.collection))
    skill = Skill.objects.get(slug="risk")
    skill.body = "More."
    skill.save()
    dates = {
        each["humanCodingScheme"]: each["lastChangeDateTime"][:4]
        for each in items_of(written(skill.collection), "Skill")
    }
    assert dates["plans"] == "2020"
    assert dates["risk"] > "2020"
    skill.body = first.body
    skill.save()
    assert export_text(skill.collection) == text


def test_the_same_package_twice_changes_nothing_nor_does_our_own_at_home(world: Collection) -> None:
    text = export_text(world)
    at_home = load(json.loads(text))
    assert (at_home.created, at_home.changed, at_home.conflicts, at_home.refusals) == (
        {},
        {},
        [],
        [],
    )
    assert export_again(text) == text
    again = load(json.loads(text))
    assert (again.created, again.changed, again.conflicts) == ({}, {}, [])


def test_a_package_of_ours_that_another_program_edited_brings_the_edit(world: Collection) -> None:
    found = written(world)
    [question] = items_of(found, "Question")
    question["fullStatement"] = "Tell me of a plan that failed."
    report = load(found, overwrite=True)
    assert report.changed == {"questions": 1}
    assert Question.objects.get().prompt == "Tell me of a plan that failed."


def test_keys_that_another_program_added_to_a_package_of_ours_are_named(world: Collection) -> None:
    found = written(world)
    assert load(found).notes == []
    [question] = items_of(found, "Question")
    question |= {"notes": "Must ask late.", "CFDocumentURI": found["CFDocument"], "subject": []}
    found["packageNotes"] = "Edited elsewhere."
    assert load(found).notes == [
        ("the package: keys that are not imported: CFItems.notes, packageNotes")
    ]


def test_addresses_lead_to_the_page_of_the_collection_if_the_site_is_known(
    world: Collection,
) -> None:
    here = written(world, page="https://example.org/collections/portal/")["CFItems"][0]
    anywhere = written(world)["CFItems"][0]
    assert here["uri"] == f"https://example.org/collections/portal/#{here['identifier']}"
    assert anywhere["uri"] == f"urn:uuid:{here['identifier']}"


def test_the_same_content_gives_the_same_bytes_in_every_time_zone(world: Collection) -> None:
    before = export_text(world)
    with override_settings(TIME_ZONE="Asia/Tokyo"):
        assert export_text(Collection.objects.get()) == before


def test_what_an_editor_spoilt_of_the_kept_is_left_aside() -> None:
    collection = load_collection(package([item(1, "Risk")]))
    for spoilt in (
        "{",
        "[]",
        '{"item": {"identifier": 7}, "homed": [7], "beside": [[7]], "made": 7}',
        7,
        "[" * 100_000,
    ):
        Skill.objects.update(extra={"interchange": spoilt})
        assert [each["abbreviatedStatement"] for each in written(collection)["CFItems"]] == ["Risk"]


def test_an_identifier_that_two_rows_claim_is_given_once() -> None:
    collection = CollectionFactory(slug="other")
    SkillFactory(collection=collection, external_id=uuid(1))
    SkillGroupFactory(collection=collection, external_id=uuid(1))
    found = by_identifier(written(collection)["CFItems"])
    assert uuid(1) in found


def test_our_extension_is_one_key(world: Collection) -> None:
    found = written(world)
    names = {name for each in found["CFItems"] for name in each["extensions"]}
    assert names == {EXTENSION}


def test_a_skill_can_be_described_on_the_scale_of_another_collection(world: Collection) -> None:
    high, low = Proficiency.objects.order_by("-position")[:2]
    skill = SkillFactory(collection=CollectionFactory(), scale=high.scale)
    for step in (high, low):
        SkillDescriptor.objects.create(skill=skill, proficiency=step, text=f"At {step.title}.")
    statements = [each["fullStatement"] for each in written(skill.collection)["CFItems"]]
    assert [text for text in statements if text.startswith("At ")] == [
        f"At {step.title}." for step in (low, high)
    ]
