"""A collection is exported as a CASE package and imported into an empty portal without loss.

Exporting it again gives the same bytes.
"""

import json
import re
from typing import Any

import pytest
from django.core.management import call_command

from content.models import Collection
from interchange.case.schema import EXTENSION
from interchange.identifiers import row_identifier
from interchange.packs import TABLES
from ladders.models import Level, LevelMove
from roles.importance import Importance
from roles.models import SkillRequirement
from skills.models import Skill, SkillGroup
from tests.factories import (
    CollectionFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    ProficiencyFactory,
    RoleFactory,
    SkillFactory,
    SkillGroupFactory,
    SkillRequirementFactory,
)
from tests.frameworks import folder
from tests.interchange.packages import export_again, export_text, load
from tests.project.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = (
    '=1+1, "quoted"\r\nsecond line\n\n- a | b\u2028\u00a0\U0001f469\u200d\U0001f680 '
    "\u202eabc\u202c\t'x <b>&amp;"
)
TEXTS = (
    "text",
    "body",
    "summary",
    "prompt",
    "script",
    "aliases",
    "condition",
    "origin",
    "note",
    "guidance",
)


def extensions(written: str) -> list[dict[str, Any]]:
    """What our extension says of each item."""
    return [item["extensions"][EXTENSION] for item in json.loads(written)["CFItems"]]


def test_every_table_comes_back_byte_for_byte_with_what_no_field_holds() -> None:
    for row in make_world().values():
        row.extra = {"their column": HOSTILE, "list": ["a", {"b": 1}], "": "no name"}
        row.save()
    written = export_text(Collection.objects.get())
    package = json.loads(written)
    said = [
        *extensions(written),
        *(
            association.get("extensions", {}).get(EXTENSION, {})
            for association in package["CFAssociations"]
        ),
    ]
    assert {each["table"] for each in said if "table" in each} == {
        table.name for table in TABLES
    } - {"anchors", "synonyms"}
    # CASE has no place for synonyms. The collection has the column too.
    assert written.count('"their column"') == len(TABLES)
    assert export_again(written) == written
    assert Skill.objects.get(slug="risk-management").extra["list"] == ["a", {"b": 1}]


def test_no_load_names_dates_that_only_exports_need() -> None:
    make_world()
    collection = Collection.objects.get()
    collection.extra = {"their column": "text"}
    collection.save()
    report = load(json.loads(export_text(collection)))
    assert report.extra_columns == {"pack.yml.their column": 1}


def without_dates(package: str) -> str:
    """A package without the times of changes, which a load sets."""
    return re.sub(r'"lastChangeDateTime": "[^"]*"', "", package)


def test_a_package_of_version_0_2_0_calls_helpful_skills_desirable() -> None:
    collection = CollectionFactory(slug="other")
    role = RoleFactory(collection=collection, family=None)
    SkillRequirementFactory(role=role, importance=Importance.HELPFUL)
    written = export_text(collection)
    former, current = (
        row_identifier("other", "CFAssociationGrouping", word) for word in ("desirable", "helpful")
    )
    package = written.replace(current, former).replace('"helpful"', '"desirable"')
    assert package.count(former) > 1
    assert package.count('"desirable"') > 1
    assert without_dates(export_again(package)) == without_dates(written)
    assert SkillRequirement.objects.get().importance == "helpful"


def test_a_package_of_version_0_2_0_calls_proficiencies_scale_steps() -> None:
    ProficiencyFactory(scale__collection=CollectionFactory(slug="other"))
    written = export_text(Collection.objects.get(slug="other"))
    former, current = (
        row_identifier("other", "CFItemType", name) for name in ("Scale Step", "Proficiency")
    )
    package = written.replace(current, former).replace('"Proficiency"', '"Scale Step"')
    assert package.count(former) > 1
    assert package.count('"Scale Step"') > 1
    assert without_dates(export_again(package)) == without_dates(written)


def test_hostile_texts_come_back_byte_for_byte() -> None:
    for row in make_world().values():
        for name in TEXTS:
            if getattr(row, name, ""):
                setattr(row, name, HOSTILE)
        row.save()
    written = export_text(Collection.objects.get())
    assert export_again(written) == written
    assert Skill.objects.get(slug="risk-management").body == HOSTILE.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("codecademy-engineering-competencies", 259),
        ("medium-snowflake", 612),
    ],
)
@pytest.mark.drawn(1)
def test_a_real_framework_comes_back_byte_for_byte(name: str, items: int) -> None:
    call_command("import_table", name, str(folder(name)), "--skip-refused", verbosity=0)
    written = export_text(Collection.objects.get())
    assert len(json.loads(written)["CFItems"]) == items
    assert export_again(written) == written


def test_levels_without_codes_get_none() -> None:
    level = LevelFactory(
        ladder=LadderFactory(collection=CollectionFactory(slug="other")), code="", slug="a" * 41
    )
    written = export_text(level.ladder.collection)
    assert export_again(written) == written
    assert Level.objects.get().code == ""


def test_what_refers_to_rows_below_it_or_in_a_circle_comes_back() -> None:
    collection = CollectionFactory(slug="other")
    first, second = (SkillFactory(collection=collection, title=title) for title in ("A", "B"))
    first.related.add(second)
    second.related.add(first)
    group = SkillGroupFactory(collection=collection, title="Z")
    SkillGroupFactory(collection=collection, title="A", parent=group)
    written = export_text(collection)
    assert export_again(written) == written
    assert Skill.objects.get(slug="b").related.get().slug == "a"
    assert SkillGroup.objects.get(slug="a").parent == SkillGroup.objects.get(slug="z")


def test_ladders_branch_and_rejoin() -> None:
    ladder = LadderFactory(collection=CollectionFactory(slug="other"))
    levels = [LevelFactory(ladder=ladder, position=2) for _ in range(4)]
    for lower, upper in ((0, 1), (0, 2), (1, 3), (2, 3)):
        LevelMoveFactory(from_level=levels[lower], to_level=levels[upper])
    written = export_text(ladder.collection)
    assert written.count('"precedes"') == LevelMove.objects.count() == 4
    assert export_again(written) == written


@pytest.mark.parametrize("names", ["plan", "CI|CD", "CI|CD\nplan", "a|b\n"])
def test_a_list_of_names_comes_back(names: str) -> None:
    skill = SkillFactory(collection=CollectionFactory(slug="other"), aliases=names)
    written = export_text(skill.collection)
    assert export_again(written) == written
    assert Skill.objects.get().aliases == names
    if names == names.strip():
        (skill_item,) = [
            item for item in json.loads(written)["CFItems"] if "conceptKeywords" in item
        ]
        assert skill_item["conceptKeywords"] == names.split("\n")


def test_texts_that_equal_a_title_or_are_no_lines_of_words_come_back() -> None:
    collection = CollectionFactory(slug="other")
    SkillFactory(collection=collection, title="Same", body="Same", summary="", aliases="")
    SkillFactory(
        collection=collection, title="None", body="", summary="", aliases=" led \n\nby blanks"
    )
    written = export_text(collection)
    assert [each["statement"] for each in extensions(written) if each["table"] == "skills"] == [
        "title",
        "body",
    ]
    assert export_again(written) == written
    assert Skill.objects.get(slug="none").aliases == " led \n\nby blanks"
