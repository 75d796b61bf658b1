"""A package of another program is loaded, edited here at random, exported, and loaded elsewhere."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db.models import RestrictedError

from content.base_models import ContentModel, Status
from content.models import Collection
from guides.models import Guide
from interchange.case.schema import ITEM_TABLES_BY_NAME
from interchange.packs import TABLES, ExportRows
from interviews.models import Question
from ladders.models import Band
from packs.pack_tables import Table
from skills.models import Proficiency, Scale, Skill, SkillDescriptor, SkillGroup
from tests.interchange.packages import (
    association,
    export_text,
    item,
    load,
    load_collection,
    package,
    uuid,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TITLES = ["Plans", "Ships", "Tests", "Low", "High"]
TYPES = ["", "Skill", "Skill Group", "Role", "Level", "Ladder", "Band", "Question", "Guide"]
CHILD, SKILL_LEVEL, RELATED = "isChildOf", "hasSkillLevel", "isRelatedTo"


def random_package(choices: random.Random) -> dict[str, Any]:
    """Items of several types with parents, levels and related items."""
    items, associations = [], []
    count = choices.randint(2, 12)
    for number in range(1, count + 1):
        keys = {"CFItemType": choices.choice(TYPES)} if choices.random() < 0.5 else {}
        if choices.random() < 0.5:
            keys["abbreviatedStatement"] = choices.choice(TITLES)
        if choices.random() < 0.3:
            keys["humanCodingScheme"] = choices.choice(["A", "A.1", "B"])
        items.append(item(number, choices.choice(TITLES), **keys))
    for number in range(2, count + 1):
        other = uuid(choices.randint(1, number - 1))
        kind = choices.choice([CHILD, CHILD, SKILL_LEVEL, SKILL_LEVEL, RELATED, ""])
        keys = {"sequenceNumber": choices.randint(1, 3)} if choices.random() < 0.4 else {}
        if kind == SKILL_LEVEL:
            associations.append(association(number, other, kind, uuid(number), **keys))
        elif kind:
            associations.append(association(number, uuid(number), kind, other, **keys))
    return package(items, associations)


def rows_of(collection: Collection) -> dict[str, list[dict[str, str]]]:
    """The columns of all rows by table and parent, in order and without their positions."""
    rows = ExportRows(collection, drafts=True)
    result: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for table in TABLES:
        item_table = ITEM_TABLES_BY_NAME.get(table.name)
        parent_column = item_table.parent_column if item_table else ""
        for row in rows.in_table(table):
            values = {name: cell for name, cell in row.values.items() if name != "position"}
            result[f"{table.name} {values.get(parent_column, '')}"].append(values)
    return dict(result)


def tables_with_rows(collection: Collection) -> Iterator[tuple[Table, list[ContentModel]]]:
    rows = ExportRows(collection, drafts=True)
    for table in TABLES:
        found = [row.row for row in rows.in_table(table)]
        if found:
            yield table, found


def edit(collection: Collection, choices: random.Random) -> None:
    """Change, delete, move or add a row, as an editor can."""
    _, rows = choices.choice(list(tables_with_rows(collection)))
    row: Any = choices.choice(rows)
    action = choices.choice(["title", "text", "slug", "status", "position", "parent", "delete"])
    if action == "delete":
        with suppress(RestrictedError):
            row.delete()
        return
    if action == "title" and hasattr(row, "title"):
        row.title = choices.choice(["Retitled", "Low"])
    elif action == "text":
        for name in ("text", "body", "prompt", "summary"):
            if hasattr(row, name):
                setattr(row, name, "Edited here.")
                break
    elif action == "slug" and hasattr(row, "slug"):
        row.slug = f"renamed-{row.pk}"
    elif action == "status" and hasattr(row, "status"):
        row.status = choices.choice([Status.PUBLISHED, Status.ARCHIVED])
    elif action == "position" and hasattr(row, "position"):
        row.position += 3
    elif action == "parent":
        change_parent(row, collection, choices)
    row.save()


def change_parent(row: Any, collection: Collection, choices: random.Random) -> None:
    group = SkillGroup.objects.filter(collection=collection).first()
    scale, created = Scale.objects.get_or_create(
        collection=collection, slug="own-scale", defaults={"title": "Own"}
    )
    if created:
        Proficiency.objects.create(scale=scale, slug="one", title="One", position=1)
    match row:
        case Skill():
            row.group = choices.choice([None, group])
            if not row.descriptors.exists():
                row.scale = choices.choice([None, scale])
        case SkillDescriptor():
            free = Proficiency.objects.filter(scale=row.proficiency.scale).exclude(
                descriptors__skill=row.skill
            )
            row.proficiency = free.first() or row.proficiency


@pytest.mark.parametrize("seed", range(20))
def test_an_export_of_an_edited_package_is_loaded_with_the_same_rows(seed: int) -> None:
    choices = random.Random(seed)
    written = random_package(choices)
    report = load(written)
    assert [str(refusal) for refusal in report.refusals] == []
    collection = Collection.objects.get(slug="a-framework")
    for _ in range(choices.randint(1, 4)):
        edit(collection, choices)
    exported, rows = export_text(collection), rows_of(collection)
    Collection.objects.all().delete()
    Band.objects.all().delete()
    elsewhere = load_collection(json.loads(exported))
    assert rows_of(elsewhere) == rows


def load_elsewhere(collection: Collection) -> Collection:
    """Export a collection and load it into an empty portal."""
    exported = export_text(collection)
    Collection.objects.all().delete()
    Band.objects.all().delete()
    return load_collection(json.loads(exported))


@pytest.mark.parametrize("model", [SkillDescriptor, Proficiency, Scale, Skill])
def test_a_skill_with_levels_is_loaded_elsewhere_after_any_of_its_rows_was_edited(
    model: Any,
) -> None:
    items = [item(1, "Risk"), item(2, "Names risks."), item(3, "Ends risks.")]
    levels = [association(number, uuid(1), SKILL_LEVEL, uuid(number)) for number in (2, 3)]
    collection = load_collection(package(items, levels))
    row = model.objects.first()
    setattr(row, "text" if model is SkillDescriptor else "title", "Edited here")
    row.save()
    load_elsewhere(collection)
    assert Proficiency.objects.count() == SkillDescriptor.objects.count() == 2
    assert "Edited here" in str(list(model.objects.values()))
    assert Skill.objects.get().scale == Scale.objects.get()


def test_a_group_whose_skills_were_deleted_is_still_a_group_elsewhere() -> None:
    items = [item(1, "Delivery"), item(2, "Plans")]
    collection = load_collection(package(items, [association(1, uuid(2), CHILD, uuid(1))]))
    Skill.objects.all().delete()
    load_elsewhere(collection)
    assert SkillGroup.objects.get().title == "Delivery"
    assert not Skill.objects.exists()


def test_a_band_that_no_level_uses_is_exported_again() -> None:
    load_elsewhere(load_collection(package([item(1, "Band 1", CFItemType="Band")])))
    assert Band.objects.get().title == "Band 1"


def test_the_order_that_an_editor_chose_is_that_of_the_export() -> None:
    collection = load_collection(package([item(1, "Plans"), item(2, "Ships")]))
    Skill.objects.filter(title="Plans").update(position=9)
    load_elsewhere(collection)
    assert [skill.title for skill in Skill.objects.order_by("position")] == ["Ships", "Plans"]


@pytest.mark.parametrize(("kind", "field"), [("Question", "prompt"), ("Guide", "body")])
def test_an_item_with_nothing_but_a_statement_becomes_a_row_that_requires_a_text(
    kind: str, field: str
) -> None:
    written = package([item(1, "Why this way?", CFItemType=kind)])
    collection = load_collection(written)
    (row,) = {"Question": Question, "Guide": Guide}[kind].objects.all()
    assert (row.title, getattr(row, field)) == ("Why this way?", "Why this way?")
    assert json.loads(export_text(collection))["CFItems"] == written["CFItems"]
