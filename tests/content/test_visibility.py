"""Stored visibility follows every change of a row and of the rows it depends on."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.serializers import deserialize, serialize
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.base_models import Status
from content.models import Collection, SiteVersion
from content.visibility import models_in_order, recompute_visibility, wrong_rows
from interviews.models import Question
from search.results import find_entries
from skills.models import Indicator, Skill
from tests.factories import CollectionFactory, IndicatorFactory, QuestionFactory, SkillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.followed_at_once]

PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)


def is_live(row: Any) -> bool:
    return bool(type(row).objects.values_list("is_live", flat=True).get(pk=row.pk))


def hide_by_sql(row: Any) -> None:
    """Change the status past everything that follows changes."""
    QuerySet(type(row)).filter(pk=row.pk).update(status=Status.DRAFT)


def warnings() -> list[str]:
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [message.msg for message in found if message.id == "tpm_portal.W003"]


def test_a_model_comes_after_those_its_rows_stand_on() -> None:
    models = models_in_order()
    for model in models:
        parents = {model._meta.get_field(name).related_model for name in model.visibility_parents}
        assert {*models[: models.index(model)]} >= parents
    assert models.index(Indicator) > models.index(Skill) > models.index(Collection)


def test_a_part_follows_what_it_stands_on_at_any_distance() -> None:
    indicator = IndicatorFactory()
    assert is_live(indicator)
    collection = indicator.skill.collection
    collection.status = Status.DRAFT
    collection.save()
    assert not is_live(indicator)
    Collection.objects.update(status=Status.PUBLISHED)
    assert is_live(indicator)


def test_a_row_that_moves_follows_its_new_parent() -> None:
    hidden = CollectionFactory(status=Status.DRAFT)
    skill = SkillFactory()
    Skill.objects.update(collection=hidden)
    assert not is_live(skill)


def test_publishing_a_collection_takes_as_many_statements_for_many_rows_as_for_few() -> None:
    def statements(rows: int) -> int:
        collection = CollectionFactory(status=Status.DRAFT)
        Question.objects.bulk_create(
            QuestionFactory.build_batch(rows, collection=collection, published_at=PUBLISHED)
        )
        with CaptureQueriesContext(connection) as queries:
            collection.status = Status.PUBLISHED
            collection.save()
        assert Question.objects.published().filter(collection=collection).count() == rows
        return len(
            [query for query in queries if '"is_live"' in query["sql"] and "UPDATE" in query["sql"]]
        )

    assert (
        statements(3) == statements(300) == 3
    )  # the one that the form wrote, its collection, its questions


def test_rows_changed_by_sql_are_named_and_put_right(client: Client) -> None:
    skill = SkillFactory(title="Zebra")
    assert recompute_visibility() == 0
    assert warnings() == []
    hide_by_sql(skill)
    assert client.get(skill.get_absolute_url()).status_code == 200
    assert warnings() == ["skill “Zebra” is shown to visitors, but should not be."]
    call_command("recompute_visibility")
    assert not is_live(skill)
    assert warnings() == []
    assert not find_entries("zebra").ranking
    assert client.get(skill.get_absolute_url()).status_code == 404


def test_what_is_put_right_is_followed_downwards() -> None:
    indicator = IndicatorFactory()
    hide_by_sql(indicator.skill)
    assert recompute_visibility() == 1
    assert not is_live(indicator)
    assert not any(wrong_rows(model).exists() for model in models_in_order())


def test_rows_that_are_loaded_as_they_once_were_are_followed_too() -> None:
    indicator = IndicatorFactory(skill__status=Status.DRAFT)
    as_it_was = serialize("json", [indicator.skill])
    skill = Skill.objects.get()
    skill.status = Status.PUBLISHED
    skill.save()
    assert is_live(indicator)
    for row in deserialize("json", as_it_was):
        row.save()
    assert not is_live(indicator)


def test_a_save_of_a_row_that_was_read_before_it_was_hidden_does_not_show_it() -> None:
    skill = SkillFactory()
    at_hand = Skill.objects.get()
    Collection.objects.update(status=Status.DRAFT)
    at_hand.save()
    assert not is_live(skill)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_adds_while_its_collection_is_hidden_is_hidden_too() -> None:
    """The other one sees the collection as before this change ends, and writes after it began."""
    collection = CollectionFactory()
    other = connection.copy()
    table = Skill._meta.db_table
    hidden = SkillFactory(collection=collection)
    columns = ", ".join(
        f'"{field.column}"' for field in Skill._meta.local_concrete_fields if not field.primary_key
    )
    as_before = columns.replace('"slug"', "'added'")
    bump = type(SiteVersion.objects.all()).bump

    def bump_after_the_other_one(versions: Any) -> None:
        with other.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {as_before} FROM {table} WHERE id = "
                f"{hidden.pk}"
            )
        bump(versions)

    try:
        with pytest.MonkeyPatch.context() as patched, transaction.atomic():
            patched.setattr(type(SiteVersion.objects.all()), "bump", bump_after_the_other_one)
            Collection.objects.filter(pk=collection.pk).update(status=Status.DRAFT)
    finally:
        other.close()
    added = Skill.objects.get(slug="added")
    assert not is_live(added)
    assert not is_live(hidden)
