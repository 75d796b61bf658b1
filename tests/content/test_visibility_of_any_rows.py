"""Random changes by all means of writing: stored visibility always follows the rule.

The rule is written here once more, over all rows in memory and without the code that it checks.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.serializers import deserialize, serialize
from django.db import IntegrityError, models, transaction
from django.db.models import RestrictedError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from content.base_models import ContentModel, Status, StatusModel
from content.change_tracking import tracking_changes
from content.models import Collection, Publishable
from content.visibility import models_in_order, wrong_rows
from interviews.models import Anchor, AskedBy, Question
from ladders.models import Level
from search.index import Searchable
from search.models import SearchEntry
from tests import factories
from tests.factories import CollectionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.followed_at_once, pytest.mark.one_database]

FACTORIES: dict[Any, Any] = {
    made._meta.model: made
    for made in vars(factories).values()
    if getattr(made, "_meta", None) and made._meta.model
}
#: Errors of the database, after which the change is rolled back.
REFUSALS = (IntegrityError, RestrictedError)
PUBLISHED_AT = "2026-01-01T00:00:00Z"

Rows = dict[type[ContentModel], dict[int, Any]]
#: Draws one of some values.
Draw = Callable[[Any], Any]


def all_rows() -> Rows:
    """All rows as stored, each with the instances of this result that it depends on."""
    rows: Rows = {model: model.objects.in_bulk() for model in models_in_order()}
    for model, by_key in rows.items():
        for row in by_key.values():
            for name, field in parent_fields(model):
                key = getattr(row, field.attname)
                setattr(row, name, rows[field.related_model][key] if key else None)
    return rows


def in_one_list(rows: Rows) -> list[Any]:
    return [row for by_key in rows.values() for row in by_key.values()]


def parent_fields(model: type[ContentModel]) -> Iterator[tuple[str, Any]]:
    return ((name, model._meta.get_field(name)) for name in model.visibility_parents)


def parents(row: ContentModel) -> list[Any]:
    return [parent for name in row.visibility_parents if (parent := getattr(row, name))]


def should_be_live(row: ContentModel) -> bool:
    """Whether a row and all rows that it depends on are published, if they have a status."""
    if isinstance(row, StatusModel) and row.status != Status.PUBLISHED:
        return False
    if isinstance(row, Anchor) and row.question.audience == AskedBy.PANEL:
        return False
    return all(map(should_be_live, parents(row)))


def should_be_shown(row: ContentModel, page: Any) -> bool:
    """What editors see on this page, which they see as its readers will."""
    if should_be_live(page):
        return should_be_live(row)
    return row == page or (
        is_fit_for(row, page) and all(should_be_shown(parent, page) for parent in parents(row))
    )


def is_fit_for(row: Any, page: Any) -> bool:
    """Whether it is published or will be with the collection of this page.

    Of an archived row neither is true.
    """
    if isinstance(row, Anchor) and row.question.audience == AskedBy.PANEL:
        return False
    if not isinstance(row, StatusModel) or row.status == Status.PUBLISHED:
        return True
    if isinstance(row, Collection):
        return bool(row == page.collection)
    will_be = isinstance(row, Publishable) and row.status != Status.ARCHIVED
    return (
        will_be and row.collection == page.collection and page.collection.status != Status.PUBLISHED
    )


def set_status(draw: Draw, row: Any) -> None:
    """Also saves rows whose instance is outdated, which writes all of their fields."""
    row.status = draw(Status.values)
    row.published_at = PUBLISHED_AT
    row.save()


def set_statuses(draw: Draw, row: Any) -> None:
    rows = (
        type(row).objects.filter(pk__gte=row.pk)
        if isinstance(row, StatusModel)
        else Collection.objects.all()
    )
    rows.update(status=draw(Status.values), published_at=PUBLISHED_AT)


def set_audience(draw: Draw, row: Any) -> None:
    questions = list(Question.objects.all())
    for question in questions:
        question.audience = draw(AskedBy.values)
    Question.objects.bulk_update(questions, ["audience"])


def move(draw: Draw, row: Any) -> None:
    with_another_parent(draw, row).save()


def move_by_update(draw: Draw, row: Any) -> None:
    with_another_parent(draw, row)
    type(row).objects.filter(pk=row.pk).update(
        **{name: getattr(row, name) for name in row.visibility_parents}
    )


def add_copy(draw: Draw, row: Any) -> None:
    copy_of(draw, row).save(force_insert=True)


def add_copy_in_bulk(draw: Draw, row: Any) -> None:
    type(row).objects.bulk_create([copy_of(draw, row)])


def load_as_it_was(draw: Draw, row: Any) -> None:
    """As `loaddata` and the recovery of deleted rows write."""
    before = serialize("json", [row])
    draw([set_status, move, delete])(draw, row)
    for each in deserialize("json", before):
        each.save()


def delete(draw: Draw, row: Any) -> None:
    type(row)(pk=row.pk).delete()


def delete_all_of_them(draw: Draw, row: Any) -> None:
    type(row).objects.filter(pk__gte=row.pk).delete()


def with_another_parent(draw: Draw, row: Any) -> Any:
    for name, field in parent_fields(type(row)):
        others = list(field.related_model.objects.order_by("pk"))
        setattr(row, name, draw([*others, None] if field.null else others))
    return row


def copy_of(draw: Draw, row: Any) -> Any:
    row.pk = None
    row._state.adding = True
    for name in ("slug", "external_id"):
        if hasattr(row, name):
            setattr(row, name, f"copy-{draw(range(1000))}")
    return with_another_parent(draw, row)


DOORS = [
    set_status, set_statuses, set_audience, move, move_by_update, add_copy, add_copy_in_bulk,
    load_as_it_was, delete, delete_all_of_them,
]  # fmt: skip


@pytest.fixture
def made(db: None) -> None:
    """Rows of each model and the rows they depend on, in two collections."""
    with tracking_changes():
        home = factories.home_collection()
        for collection in (home, CollectionFactory(status=Status.DRAFT)):
            for model in models_in_order():
                owned = (
                    {"collection": collection} if "collection" in model.visibility_parents else {}
                )
                FACTORIES[model](**owned)
                if issubclass(model, Publishable):
                    FACTORIES[model](**owned, status=Status.DRAFT)


def change_anything(data: st.DataObject) -> None:
    """Change one row, or what follows from it, as far as the database takes it."""

    def draw(values: Any) -> Any:
        return data.draw(st.sampled_from(values))

    door, model = draw(DOORS), draw(models_in_order())
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return
    try:
        with transaction.atomic():
            door(draw, model.objects.get(pk=draw(keys)))
    except REFUSALS:
        pass


@settings(
    max_examples=12,
    deadline=None,
    phases=[
        Phase.reuse,
        Phase.generate,
    ],  # report a failure at once: searching for a smaller example takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_changes_are_followed(made: None, data: st.DataObject) -> None:
    with transaction.atomic():
        for _ in range(data.draw(st.integers(1, 3))):
            with data.draw(st.sampled_from([tracking_changes, nullcontext]))():
                for _ in range(data.draw(st.integers(1, 3))):
                    change_anything(data)
        rows = all_rows()
        assert_that_what_is_stored_is_right(rows)
        assert_that_previews_are_right(rows, data)
        transaction.set_rollback(True)


def assert_that_what_is_stored_is_right(rows: Rows) -> None:
    live = [row for row in in_one_list(rows) if should_be_live(row)]
    assert live == [row for row in in_one_list(rows) if row.is_live]
    assert not any(wrong_rows(model).exists() for model in rows)
    findable = {(row.search_kind, row.pk) for row in live if isinstance(row, Searchable)}
    assert {*SearchEntry.objects.values_list("kind", "object_id")} == findable


def assert_that_previews_are_right(rows: Rows, data: st.DataObject) -> None:
    pages = [row for row in in_one_list(rows) if isinstance(row, Publishable | Level)]
    hidden = [page for page in pages if not page.is_live]
    if not pages:
        return
    page = data.draw(st.sampled_from(hidden or pages))
    for model, by_key in rows.items():
        expected = {row for row in by_key.values() if should_be_shown(row, page)}
        assert {*model.objects.shown_on(page)} == expected
        assert {row for row in by_key.values() if row.is_shown_on(page)} == expected


def test_what_is_written_past_the_record_of_changes_would_be_noticed(made: None) -> None:
    models.QuerySet(Collection).update(status=Status.ARCHIVED)
    with pytest.raises(AssertionError):
        assert_that_what_is_stored_is_right(all_rows())
