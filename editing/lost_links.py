"""Links of remaining rows to deleted rows: stored at the deletion, restored when it is undone.

A link is a foreign key that the deletion sets to null, or a many-to-many relation. Child rows that
are left out when their parent is recovered (see `versions`) are stored as lost links too.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.db.models import Model, Q
from django.db.models.fields.related import RelatedField
from django.utils.text import get_text_list
from reversion.errors import RevertError
from reversion.models import Revision, Version

from content import Untyped
from content.change_tracking import without_edit_date
from content.fields import relation_field, relation_fields
from content.models import LostLink
from content.text import first_names, number_with_noun
from editing.versions import (
    RowKey,
    content_models,
    is_required,
    last_version,
    missing_targets,
    model_of,
    row_key,
    target_key,
    unrelated_versions,
    unrestorable_versions,
)

#: By model, the rows that are deleted together.
DeletedRows = Mapping[type[Model], Iterable[Model]]
#: By model, keys of rows.
Keys = Mapping[type[Model], Set[int]]
MAX_NAMED = 10


@dataclass
class RestoredLinks:
    """The result of restoring the links of recovered rows."""

    #: By their model, how many rows are linked to them again.
    restored: Counter[type[Model]] = field(default_factory=Counter)
    #: Why other links could not be restored, as clauses.
    failures: list[str] = field(default_factory=list)

    @property
    def success_message(self) -> str:
        """A sentence about the restored links; empty if there are none."""
        if not self.restored:
            return ""
        counts = []
        for model, count in self.restored.items():
            singular, plural = model._meta.verbose_name, model._meta.verbose_name_plural
            counts.append(number_with_noun(count, str(singular), str(plural)))
        return f"Links restored: {get_text_list(counts, 'and')}."

    @property
    def failure_message(self) -> str:
        """A sentence about the links that could not be restored; empty if there are none."""
        if not self.failures:
            return ""
        clauses = first_names(self.failures, MAX_NAMED)
        return f"Links that could not be restored: {'; '.join(clauses)}."


def optional_links(model: type[Model]) -> list[RelatedField]:
    """The fields that lose a deleted target while their row remains."""
    links = []
    for link in relation_fields(model):
        if link.many_to_many or link.remote_field.on_delete is models.SET_NULL:
            links.append(link)
    return links


def rows_deleted_with(rows: Iterable[Model]) -> DeletedRows:
    """These rows and all rows that are deleted with them."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(list(rows))
    return collector.data


def links_lost_with(deleted: DeletedRows) -> Iterator[tuple[Model, RelatedField, int]]:
    """The links of remaining rows to rows that are deleted.

    :returns: for each link the remaining row, its field, and the key of the deleted target.
    """
    for model in content_models():
        for link in optional_links(model):
            targets = deleted.get(link.related_model)
            if targets:
                yield from _links_to_targets(model, link, targets, deleted.get(model, ()))


def _links_to_targets(
    model: type[Model], link: RelatedField, targets: Iterable[Model], deleted: Iterable[Model]
) -> Iterator[tuple[Model, RelatedField, int]]:
    """The links by one field from rows that are not deleted to these targets."""
    deleted_keys = [row.pk for row in deleted]
    sources = model._base_manager.filter(**{f"{link.name}__in": targets})
    pairs = list(sources.exclude(pk__in=deleted_keys).order_by("pk").values_list("pk", link.name))
    rows = model._base_manager.in_bulk({source for source, _ in pairs})
    for source, target in pairs:
        yield rows[source], link, target


def store_lost_links(revision: Revision, deleted: DeletedRows) -> None:
    """Store the links of remaining rows to rows that are about to be deleted.

    :param revision: contains the versions of the rows before their deletion.
    """
    links = []
    for row, link, target in links_lost_with(deleted):
        links.append(
            LostLink(
                revision=revision,
                kind=row._meta.label_lower,
                object_id=row.pk,
                title=str(row)[: LostLink.TITLE_LENGTH],
                field=link.name,
                target_id=target,
            )
        )
    LostLink.objects.bulk_create(links, ignore_conflicts=True)


def absent_rows(revision: Revision) -> Keys:
    """The rows of a revision that are not stored."""
    keys: defaultdict[type[Model], set[int]] = defaultdict(set)
    for version in revision.version_set.all():
        model, key = row_key(version)
        keys[model].add(key)
    return {model: _absent_keys(model, versioned) for model, versioned in keys.items()}


def restore_links(recovered: Keys) -> RestoredLinks:
    """Restore the lost links from and to rows that are stored again.

    No one edited the rows whose links are restored, so their dates of edit do not change.
    """
    result = RestoredLinks()
    with without_edit_date():
        for link in LostLink.objects.filter(_links_of(recovered)):
            _restore_link(link, result)
    return result


def _links_of(rows: Keys) -> Q:
    """The condition on lost links from or to these rows."""
    condition = Q(pk__in=[])
    for model, keys in rows.items():
        condition |= Q(kind=model._meta.label_lower, object_id__in=keys)
        for relation in model._meta.related_objects:
            kind = relation.related_model._meta.label_lower
            condition |= Q(kind=kind, field=relation.remote_field.name, target_id__in=keys)
    return condition


def _restore_link(lost_link: LostLink, result: RestoredLinks) -> None:
    """Restore one link, unless its target is still deleted or the row has another target now.

    :param result: gets the restored link, or the reason why it could not be restored.
    """
    model = apps.get_model(lost_link.kind)
    link = relation_field(model, lost_link.field)
    row = model._base_manager.filter(pk=lost_link.object_id).first()
    has_target = link.related_model._base_manager.filter(pk=lost_link.target_id).exists()
    name = f"the {model._meta.verbose_name} “{lost_link.title}”"
    if row is None and not is_required(link):
        result.failures.append(f"{name} is deleted")
    elif not has_target:
        return
    elif row is None:
        _restore_child(lost_link, model, result)
    elif _has_other_target(row, link, lost_link.target_id):
        result.failures.append(f"{name} now has another {link.verbose_name}")
    else:
        _set_target(row, link, lost_link.target_id)
        result.restored[model] += 1
        lost_link.delete()


def _has_other_target(row: Model, link: RelatedField, target: int) -> bool:
    return not link.many_to_many and getattr(row, link.attname) not in (None, target)


def _set_target(row: Model, link: RelatedField, target: int) -> None:
    """Let the row refer to the target again."""
    if link.many_to_many:
        getattr(row, link.name).add(target)
    elif getattr(row, link.attname) != target:
        setattr(row, link.attname, target)
        row.save(update_fields=[link.name])


def _restore_child(lost_link: LostLink, model: type[Model], result: RestoredLinks) -> None:
    """Restore a child row that was left out because this link had no target."""
    obstacle = _try_to_restore_child(lost_link, model)
    if obstacle:
        result.failures.append(f"the {model._meta.verbose_name} “{lost_link.title}” {obstacle}")
    else:
        result.restored[model] += 1
    lost_link.delete()


def _try_to_restore_child(lost_link: LostLink, model: type[Model]) -> str:
    """Restore the child row of this link.

    :returns: why that is not possible, as the end of a clause; empty if the row is restored.
    """
    version = Version.objects.get_for_object_reference(model, lost_link.object_id).first()
    if version is None:
        return "is deleted"
    waiting = _links_to_missing_targets(version)
    if waiting:
        LostLink.objects.bulk_create(waiting, ignore_conflicts=True)
        link = relation_field(model, waiting[0].field)
        return f"refers to a {link.related_model._meta.verbose_name} that was deleted"
    try:
        with transaction.atomic():
            version.revert()
    except (RevertError, IntegrityError):
        return "does not fit what is stored now"
    return ""


def _links_to_missing_targets(version: Version) -> list[LostLink]:
    """The links because of which this version of a child row cannot be restored now."""
    lost_links = []
    for link in missing_targets(version):
        lost_links.append(_lost_link(version, link, target_key(version, link)))
    return lost_links


def _lost_link(version: Version, link: RelatedField, target: Untyped) -> LostLink:
    """The link of this version to a deleted row, for the time when that row is recovered."""
    deletion = last_version(link.related_model, target)
    return LostLink(
        revision=deletion.revision if deletion else version.revision,
        kind=model_of(version)._meta.label_lower,
        object_id=int(version.object_id),
        title=version.object_repr[: LostLink.TITLE_LENGTH],
        field=link.name,
        target_id=target,
    )


@contextmanager
def without_lost_targets(version: Version) -> Iterator[RestoredLinks]:
    """A context in which the revision of this version can be reverted.

    Within it, the revision contains only what can be restored: optional links to missing rows are
    empty, and child rows that need a missing row are left out. Both are stored as lost links, and
    restored when their targets are recovered. Versions of other rows that were saved together with
    this one are left out as well. At the end, the revision is as it was before.
    """
    result = RestoredLinks()
    unrelated = unrelated_versions(version)
    _delete_versions(unrelated)
    unrestorable = unrestorable_versions(version)
    _delete_versions(unrestorable)
    original_data = _clear_links_of_revision(version.revision, result)
    yield result
    for pk, serialized_data in original_data.items():
        Version.objects.filter(pk=pk).update(serialized_data=serialized_data)
    Version.objects.bulk_create([*unrelated, *unrestorable])
    for child_version in unrestorable:
        _store_links_of_version(_links_to_missing_targets(child_version), result)


def _delete_versions(versions: list[Version]) -> None:
    Version.objects.filter(pk__in=[version.pk for version in versions]).delete()


def _clear_links_of_revision(revision: Revision, result: RestoredLinks) -> dict[int, str]:
    """Remove links to missing rows from the versions of a revision, and store them as lost links.

    :returns: the serialized data of the changed versions before, by key of the version.
    """
    versions = list(revision.version_set.all())
    restored = set(map(row_key, versions))
    original_data = {}
    for version in versions:
        data = json.loads(version.serialized_data)
        lost_links = []
        for serialized_row in data:
            lost_links.extend(_clear_links(version, serialized_row["fields"], restored))
        if lost_links:
            original_data[version.pk] = version.serialized_data
            changed = Version.objects.filter(pk=version.pk)
            changed.update(serialized_data=json.dumps(data))
            _store_links_of_version(lost_links, result)
    return original_data


def _clear_links(
    version: Version, values: dict[str, Untyped], restored: set[RowKey]
) -> list[LostLink]:
    """Remove links to rows that are neither stored nor restored from serialized values.

    :returns: the removed links.
    """
    lost_links: list[LostLink] = []
    for link in relation_fields(model_of(version)):
        value = values.get(link.name)
        if not value or is_required(link):
            continue
        targets = list(map(int, value)) if link.many_to_many else [int(value)]
        missing = _absent_keys(link.related_model, targets)
        missing -= {key for model, key in restored if model is link.related_model}
        for key in missing:
            lost_links.append(_lost_link(version, link, key))
            targets.remove(key)
        values[link.name] = targets if link.many_to_many else next(iter(targets), None)
    return lost_links


def _absent_keys(model: type[Model], keys: Iterable[int]) -> set[int]:
    """Those of these keys whose rows are not stored."""
    requested = set(keys)
    stored = model._base_manager.filter(pk__in=requested).values_list("pk", flat=True)
    return requested.difference(stored)


def _store_links_of_version(lost_links: list[LostLink], result: RestoredLinks) -> None:
    """Store links for the time when their targets are recovered, and report that they are lost."""
    for lost_link in lost_links:
        link = relation_field(apps.get_model(lost_link.kind), lost_link.field)
        target_name = link.related_model._meta.verbose_name
        result.failures.append(f"“{lost_link.title}” referred to a {target_name} that was deleted")
    LostLink.objects.bulk_create(lost_links, ignore_conflicts=True)
