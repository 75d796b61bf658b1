"""Versions of rows, which django-reversion stores, and the conditions to restore them.

A version can be restored if the rows that it needs are stored or restored with it. A move between
two roles is a child of both, so it is deleted with the first of them that is deleted, and the
version of that role contains the move. When that role is recovered while the other is still
deleted, the move has to be left out; otherwise two roles that were deleted together could never be
recovered.
"""

import json
from collections.abc import Iterator, Set
from contextlib import contextmanager
from functools import partial

import reversion
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers import deserialize
from django.db import models
from django.db.models import Model
from django.db.models.fields.related import RelatedField
from reversion.models import Revision, Version

from content.base_models import ContentModel
from content.change_tracking import without_edit_date
from content.fields import model_field, relation_fields

#: The model and the key of a row.
RowKey = tuple[type[Model], int]

FIRST_VERSION_COMMENT = "As it was before the first change here."
TAKEN = "Another row now has the {field} “{former}”, so the {field} stays “{present}”."


def content_models() -> list[type[ContentModel]]:
    """All models of content."""
    return [model for model in apps.get_models() if issubclass(model, ContentModel)]


def model_of(version: Version) -> type[Model]:
    """The model of the row of this version."""
    model = ContentType.objects.get_for_id(version.content_type_id).model_class()
    if model is None:
        raise LookupError(f"The model of “{version}” no longer exists.")
    return model


def row_key(version: Version) -> RowKey:
    """The row of this version."""
    return model_of(version), int(version.object_id)


def ensure_first_version(row: Model | None) -> None:
    """Store a version of a row that has none yet, so that its present state can be restored."""
    if row and not Version.objects.get_for_object(row).exists():
        with reversion.create_revision():
            reversion.set_comment(FIRST_VERSION_COMMENT)
            reversion.add_to_revision(row)


def last_version(model: type[Model], key: int | None) -> Version | None:
    """The last version of a row, or None if its model or the row has no history."""
    if not reversion.is_registered(model):
        return None
    return Version.objects.get_for_object_reference(model, key).first()


def restore_publication_microseconds(former: Model) -> None:
    """Correct the publication date of a reverted row if only its microseconds were cut.

    Versions of release 0.1 store milliseconds. Without this, a load would take the row for edited.

    :param former: the row as it was before it was reverted.
    """
    exact = getattr(former, "published_at", None)
    if exact is None or exact.microsecond % 1000 == 0:
        return
    cut = exact.replace(microsecond=exact.microsecond // 1000 * 1000)
    rows = type(former)._base_manager.filter(pk=former.pk, published_at=cut)
    with without_edit_date():
        rows.update(published_at=exact)


def is_required(link: RelatedField) -> bool:
    """Whether a row is deleted or cannot be stored without the target of this field."""
    if link.many_to_many:
        return False
    return not link.null or link.remote_field.on_delete is models.CASCADE


def required_links(model: type[Model]) -> list[RelatedField]:
    """The foreign keys without whose target a row is deleted or cannot be stored."""
    return list(filter(is_required, relation_fields(model)))


def target_key(version: Version, link: RelatedField) -> int | None:
    """The key of the row that this version refers to by a foreign key."""
    return version.field_dict.get(link.attname)


def missing_targets(version: Version, restored: Set[RowKey] = frozenset()) -> list[RelatedField]:
    """The required links of this version whose target is neither stored nor restored with it."""
    missing = []
    for link in required_links(model_of(version)):
        key = target_key(version, link)
        if key is None or (link.related_model, int(key)) in restored:
            continue
        if not link.related_model._base_manager.filter(pk=key).exists():
            missing.append(link)
    return missing


def unrelated_versions(version: Version) -> list[Version]:
    """Other versions of the same revision whose rows are neither the row nor its descendants.

    For example, the version of a parent on whose page the row was saved.
    """
    others = list(version.revision.version_set.exclude(pk=version.pk))
    family = {row_key(version)}
    former_size = 0
    while len(family) > former_size:
        former_size = len(family)
        family |= {row_key(other) for other in others if _is_child_of(other, family)}
    return [other for other in others if row_key(other) not in family]


def _is_child_of(version: Version, rows: set[RowKey]) -> bool:
    """Whether its row is deleted with one of these rows."""
    for link in required_links(model_of(version)):
        is_cascading = link.remote_field.on_delete is models.CASCADE
        if is_cascading and (link.related_model, target_key(version, link)) in rows:
            return True
    return False


def unrestorable_versions(version: Version) -> list[Version]:
    """Other versions of the same revision that cannot be restored now.

    They refer to deleted rows, or to rows of other versions that cannot be restored.
    """
    others = list(version.revision.version_set.exclude(pk=version.pk))
    restored = {row_key(version), *map(row_key, others)}
    former_size = 0
    while len(restored) != former_size:
        former_size = len(restored)
        restored -= {row_key(other) for other in others if missing_targets(other, restored)}
    return [other for other in others if row_key(other) not in restored]


def obstacles_to(version: Version) -> list[str]:
    """Why this version cannot be restored, as sentences.

    A row that it needs is deleted, or another row has its unique values.
    """
    restored = set(map(row_key, version.revision.version_set.all()))
    restored.difference_update(map(row_key, unrelated_versions(version)))
    obstacles = []
    for link in missing_targets(version, restored):
        obstacles.append(f"the {_target_name(version, link)} is deleted. Recover it first.")
    if obstacles:
        return obstacles
    try:
        _row_of(version).validate_constraints()
    except ValidationError as error:
        return error.messages
    return []


def _row_of(version: Version) -> Model:
    """The row as this version stores it, and like a row of the database.

    A new row would count as another one with the same unique values as the stored row.
    """
    rows = deserialize(version.format, version.serialized_data, ignorenonexistent=True)
    row: Model = next(iter(rows)).object
    names = [field.attname for field in row._meta.concrete_fields]
    return type(row).from_db(version.db, names, [getattr(row, name) for name in names])


@contextmanager
def without_taken_values(version: Version) -> Iterator[list[str]]:
    """A context in which the version has no unique value that another row has now, e.g. a slug.

    It has the present value of the stored row instead. At the end, the version is as it was.

    :returns: sentences about these values.
    """
    present = _present_for_taken_values(version)
    sentences = []
    original_data = version.serialized_data
    data = json.loads(original_data)
    for field, value in present.items():
        former = data[0]["fields"][field.name]
        sentences.append(TAKEN.format(field=field.verbose_name, former=former, present=value))
        data[0]["fields"][field.name] = value
    changed = Version.objects.filter(pk=version.pk)
    if present:
        changed.update(serialized_data=json.dumps(data))
    yield sentences
    if present:
        changed.update(serialized_data=original_data)


def _present_for_taken_values(version: Version) -> dict[models.Field, object]:
    """The values that the stored row has in fields in which another row equals the version."""
    row = _row_of(version)
    model = type(row)
    stored = model._base_manager.filter(pk=row.pk).first()
    present: dict[models.Field, object] = {}
    if stored is None:
        return present
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        try:
            constraint.validate(model, row)
        except ValidationError:
            for field in map(partial(model_field, model), constraint.fields):
                if not field.is_relation:
                    present[field] = getattr(stored, field.attname)
    return present


def put_out_of_the_way(revision: Revision) -> None:
    """Take the rows of a revision out of their unique constraints until it is reverted.

    Until then they belong to a parent that does not exist: databases check foreign keys at the end
    of a transaction.
    """
    for version in revision.version_set.all():
        model, key = row_key(version)
        values = {link.attname: -key for link in _links_in_constraints(model)}
        if values:
            model._base_manager.filter(pk=key).update(**values)


def _links_in_constraints(model: type[Model]) -> list[RelatedField]:
    """The required foreign keys that are part of a unique constraint."""
    unique_names: set[str] = set()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            unique_names.update(constraint.fields)
    return [link for link in required_links(model) if link.name in unique_names and not link.null]


def _target_name(version: Version, link: RelatedField) -> str:
    """The kind and name of the row that a link of this version refers to, as it was last named."""
    model = link.related_model
    stored_version = last_version(model, target_key(version, link))
    if stored_version is None:
        return str(model._meta.verbose_name)
    return f"{model._meta.verbose_name} “{stored_version.object_repr}”"
