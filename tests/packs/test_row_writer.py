"""Every cell of a raw row becomes a value of its field, or is refused with its column."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from content.base_models import Status
from content.models import Collection
from ladders.models import Ladder
from packs.existing_rows import ExistingRows
from packs.pack_tables import Table
from packs.reading import RawRow
from packs.references import References
from packs.row_writer import RowWriter
from roles.models import Role, RoleFamily
from roles.packs import ROLE_FAMILIES, ROLES, SKILL_REQUIREMENTS
from skills.models import LearningResource, Proficiency, Skill
from skills.packs import LEARNING_RESOURCES, PROFICIENCIES, SKILLS
from tests.factories import (
    CollectionFactory,
    RoleFactory,
    RoleFamilyFactory,
    ScaleFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DATED = Table("ladders", Ladder, ("title", "observed_on", "position", "featured", "role"))


@pytest.fixture
def other() -> Collection:
    return CollectionFactory(slug="other")


def store(writer: RowWriter, collection: Collection) -> tuple[str, Any]:
    """Store the row; what became of it, and the row."""
    stored = ExistingRows(writer.raw.table, collection).find(writer.instance, writer.raw.location)
    if stored is None:
        return "created", writer.create()
    changed = bool(writer.differences(stored))
    return ("changed" if changed else "unchanged"), writer.change(stored)


def write(
    table: Table, collection: Collection, state: str = "draft", /, **values: Any
) -> tuple[str, Any]:
    """Write one row as a pack would."""
    values = {"title": "Lead", "id": "lead"} | values
    fresh = table.model(collection=collection)
    return store(
        RowWriter(RawRow(table, "x", values), fresh, References(collection), state), collection
    )


def refusal(*args: Any, **values: Any) -> dict[str, list[str]]:
    """The problems reported for a row, by column."""
    with pytest.raises(ValidationError) as refused:
        write(*args, **values)
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("title", " A  b ", " A  b "),
        ("observed_on", "2026-11-22", date(2026, 11, 22)),
        ("observed_on", "", None),
        ("position", "7", 7),
        ("position", "", 0),
        ("featured", "true", True),
        ("featured", "FALSE", False),
        ("featured", "", False),
        ("role", "", None),
    ],
)
def test_a_cell_becomes_a_value_of_its_field(
    other: Collection, column: str, written: str, value: Any
) -> None:
    _, row = write(DATED, other, **{column: written})
    stored = Ladder.objects.get(pk=row.pk)
    assert getattr(stored, column) == value


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("title", {"a": "b"}),
        ("title", [["a"]]),
        ("observed_on", "22.11.2026"),
        ("observed_on", "2026-02-30"),
        ("position", "seven"),
        ("position", "-1"),
        ("position", ["1", "2"]),
        ("featured", "perhaps"),
        ("role", "none"),
        ("role", {"a": "b"}),
        ("id", "Not a slug"),
        ("id", ""),
        ("status", "secret"),
    ],
)
def test_a_cell_that_makes_no_sense_is_refused_by_its_column(
    other: Collection, column: str, written: Any
) -> None:
    assert write(DATED, other, id="sound")[0] == "created"
    assert list(refusal(DATED, other, **{column: written})) == [
        "slug" if column == "id" else column
    ]
    assert Ladder.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("a", "a"),
        (["a", "b|c"], "a\nb|c"),
        ("a\nb|c", "a\nb|c"),
        ("a\r\nb|c", "a\nb|c"),
        (" a | b||c", "a\nb\nc"),
        ("CI|CD\n", "CI|CD"),
        (["CI|CD"], "CI|CD"),
        ("", ""),
        ([], ""),
    ],
)
def test_several_lines_may_be_written_as_a_list(
    other: Collection, written: Any, stored: str
) -> None:
    assert write(ROLES, other, aliases=written)[1].aliases == stored


@pytest.mark.parametrize("written", ["a|b", " a | b ", ["a", "b"], ["b", " a "]])
def test_several_rows_are_named_in_a_cell_or_a_list(other: Collection, written: Any) -> None:
    skills = {SkillFactory(slug=slug, collection=other) for slug in ("a", "b")}
    _, row = write(LEARNING_RESOURCES, other, skills=written)
    assert set(row.skills.all()) == skills
    assert write(LEARNING_RESOURCES, other, skills=written)[0] == "unchanged"
    assert write(LEARNING_RESOURCES, other, skills="a")[0] == "changed"
    assert write(LEARNING_RESOURCES, other, skills="")[0] == "changed"
    assert set(LearningResource.objects.get().skills.all()) == set()


@pytest.mark.parametrize("written", ["a|none", ["none"], [{"a": "b"}], [["a"]], {"a": "b"}])
def test_a_list_that_names_no_row_is_refused(other: Collection, written: Any) -> None:
    SkillFactory(slug="a", collection=other)
    assert list(refusal(LEARNING_RESOURCES, other, skills=written)) == ["skills"]


def test_a_number_of_a_scale_is_read_exactly(other: Collection) -> None:
    scale = ScaleFactory(collection=other, steps=[])
    raw = RawRow(PROFICIENCIES, "x", {"id": "a", "title": "A", "position": "1", "value": "2.50"})
    for outcome in ("created", "unchanged"):
        assert (
            store(RowWriter(raw, Proficiency(scale=scale), References(other), ""), other)[0]
            == outcome
        )
    assert Proficiency.objects.get(scale=scale).value == Decimal("2.5")


def test_a_row_is_created_then_unchanged_then_changed(other: Collection) -> None:
    assert write(ROLES, other)[0] == "created"
    assert write(ROLES, other)[0] == "unchanged"
    assert write(ROLES, other, title="Head")[0] == "changed"
    assert Role.objects.get().title == "Head"


def test_a_column_that_is_absent_is_left_alone_and_an_empty_one_is_emptied(
    other: Collection,
) -> None:
    write(ROLES, other, summary="Leads.", family="")
    assert write(ROLES, other)[1].summary == "Leads."
    assert write(ROLES, other, summary="")[1].summary == ""


def test_a_row_is_known_by_its_slug_in_its_collection(other: Collection) -> None:
    ours = RoleFactory(slug="lead", title="Ours")
    assert write(ROLES, other, title="Theirs")[0] == "created"
    ours.refresh_from_db()
    assert ours.title == "Ours"


def test_a_reference_leads_to_the_row(other: Collection) -> None:
    family = RoleFamilyFactory(slug="lead", collection=other)
    assert write(ROLES, other, family="lead")[1].family == family


def test_a_column_without_a_field_is_kept(other: Collection) -> None:
    _, role = write(ROLES, other, color="red", more={"a": ["b"]})
    assert Role.objects.get().extra == {"color": "red", "more": {"a": ["b"]}}
    assert write(ROLES, other, color="red", more={"a": ["b"]})[0] == "unchanged"
    assert write(ROLES, other)[0] == "unchanged"
    assert write(ROLES, other, color="blue")[1].extra == {"color": "blue"}
    assert role.pk == Role.objects.get().pk


@pytest.mark.parametrize(
    "column", ["pk", "collection", "collection_id", "updated_at", "extra", "objects"]
)
def test_a_column_of_ours_that_a_pack_may_not_set_is_only_kept(
    other: Collection, column: str
) -> None:
    _, role = write(ROLES, other, **{column: "1"})
    assert role.collection == other
    assert role.extra == {column: "1"}


def test_a_part_keeps_what_it_has_no_field_for(other: Collection) -> None:
    role, _ = RoleFactory(collection=other), SkillFactory(collection=other, slug="risk")
    raw = RawRow(SKILL_REQUIREMENTS, "x", {"skill": "risk", "color": "red", "shade": ""})
    for outcome in ("created", "unchanged"):
        fresh = SKILL_REQUIREMENTS.model(role=role)
        assert store(RowWriter(raw, fresh, References(other), ""), other)[0] == outcome
    assert role.skill_requirements.get().extra == {"color": "red", "shade": ""}


@pytest.mark.parametrize("table", [ROLES, SKILLS])
def test_a_new_row_gets_the_state_of_the_pack_or_its_own(other: Collection, table: Table) -> None:
    assert write(table, other, "published")[1].status == Status.PUBLISHED
    assert write(table, other, "published", id="b", status="draft")[1].status == Status.DRAFT


def test_a_stored_row_keeps_its_state_unless_the_row_states_one(other: Collection) -> None:
    _, role = write(ROLES, other, "published")
    Role.objects.update(status=Status.DRAFT)
    assert write(ROLES, other, "published", title="Head")[1].status == Status.DRAFT
    assert write(ROLES, other, "draft", status="published")[1].status == Status.PUBLISHED
    assert role.published_at == Role.objects.get().published_at


def test_the_first_publication_is_dated_by_the_pack_or_by_now(other: Collection) -> None:
    before = timezone.now()
    _, dated = write(ROLES, other, "published", id="a", published_at="2024-05-01T10:00:00+00:00")
    assert dated.published_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    for midnight in ("2024-05-02", "2024-05-02T00:00", "2024-05-02T02:00+02:00"):
        _, dated = write(ROLES, other, "published", id="a", published_at=midnight)
        assert dated.published_at == datetime(2024, 5, 2, tzinfo=UTC)
    assert write(ROLES, other, "published", id="a", published_at="2024-05-02")[0] == "unchanged"
    _, undated = write(ROLES, other, "published", id="b", published_at="")
    assert undated.published_at >= before
    assert write(ROLES, other, "published", id="b", published_at="")[0] == "unchanged"


def test_a_state_of_what_has_none_is_a_column_like_any_other(other: Collection) -> None:
    _, family = write(ROLE_FAMILIES, other, "published", status="draft")
    assert RoleFamily.objects.get() == family
    assert family.extra == {"status": "draft"}
    assert not Skill.objects.exists()
