"""Links from rows that stay to rows that are deleted.

They are noted at the deletion, and made again when it is taken back.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model, Q
from django.utils.text import get_text_list
from reversion.models import Revision, Version

from content.base_models import ContentModel
from content.change_tracking import without_edit_date
from content.models import LostLink
from editing.left_out_parts import (
    left_out_of,
    links_of_left_out,
    lost_link,
    restore_part,
    versions_beside,
)

#: What is deleted together, by model.
Deleted = Mapping[type[Model], Iterable[Model]]
#: Keys of rows, by model.
Rows = Mapping[type[Model], Set[int]]
NAMED = 10


@dataclass
class Outcome:
    """What became of the links of rows that were brought back."""

    #: Rows that point at them again, by what they are called in the plural.
    made: Counter[str] = field(default_factory=Counter)
    #: Why others do not: clauses without their stop.
    failed: list[str] = field(default_factory=list)

    @property
    def success(self) -> str:
        """What was made again; empty if nothing was."""
        counts = get_text_list([f"{number} {name}" for name, number in self.made.items()], "and")
        return f"Linked again as before the deletion: {counts}." if counts else ""

    @property
    def failure(self) -> str:
        """What was not, and why; empty if everything was."""
        more = len(self.failed) - NAMED
        clauses = self.failed[:NAMED] + ([f"{more} more"] if more > 0 else [])
        return f"Links that could not be restored: {'; '.join(clauses)}." if clauses else ""


def optional_links(
    model: type[Model],
) -> "list[models.ForeignKey[Any, Any] | models.ManyToManyField[Any, Any]]":
    """The fields that lose a target which is deleted, while their row stays."""
    keys = [
        each
        for each in model._meta.fields
        if getattr(each.remote_field, "on_delete", None) is models.SET_NULL
    ]
    return [*keys, *model._meta.many_to_many]  # type: ignore[list-item]


def _clearable_links(
    model: type[Model],
) -> "list[models.ForeignKey[Any, Any] | models.ManyToManyField[Any, Any]]":
    """The fields that a row can be stored without, whatever protects their target meanwhile."""
    keys = [
        each for each in model._meta.fields if isinstance(each, models.ForeignKey) and each.null
    ]
    empty = [each for each in keys if each.remote_field.on_delete is not models.CASCADE]
    return [*empty, *model._meta.many_to_many]


def links_lost_with(deleted: Deleted) -> Iterator[tuple[Model, Any, int]]:
    """The rows that point at rows which are deleted and stay themselves.

    Each has the field and the key of the target.
    """
    keys = {model: {row.pk for row in rows} for model, rows in deleted.items()}
    content = [model for model in apps.get_models() if issubclass(model, ContentModel)]
    links = [
        (model, each)
        for model in content
        for each in optional_links(model)
        if each.related_model in keys
    ]
    for model, each in links:
        staying = model._base_manager.filter(**{f"{each.name}__in": keys[each.related_model]})
        pairs = list(
            staying.exclude(pk__in=keys.get(model, ())).order_by("pk").values_list("pk", each.name)
        )
        rows = model._base_manager.in_bulk({source for source, _ in pairs})
        yield from ((rows[source], each, target) for source, target in pairs)


def note_links(revision: Revision, deleted: Deleted) -> None:
    """Remember which rows point at rows that are about to be deleted, and stay themselves.

    :param revision: holds the rows as they are now.
    """
    links = [
        LostLink(
            revision=revision,
            kind=row._meta.label_lower,
            object_id=row.pk,
            title=str(row)[: LostLink.TITLE_LENGTH],
            field=each.name,
            target_id=target,
        )
        for row, each, target in links_lost_with(deleted)
    ]
    LostLink.objects.bulk_create(links, ignore_conflicts=True)


def absent_rows(revision: Revision) -> Rows:
    """The rows of a revision that are not stored."""
    keys: defaultdict[type[Model], set[int]] = defaultdict(set)
    for version in revision.version_set.select_related("content_type"):
        keys[version._model].add(int(version.object_id))
    return {
        model: found - set(model._base_manager.filter(pk__in=found).values_list("pk", flat=True))
        for model, found in keys.items()
    }


def restore_links(restored: Rows) -> Outcome:
    """Make the links again that led from or to rows which are stored again.

    Nobody edited the rows that have their link again, so readers are told of no change.
    """
    outcome = Outcome()
    with without_edit_date():
        for link in LostLink.objects.filter(_links_of(restored)):
            _restore(link, outcome)
    return outcome


def _links_of(rows: Rows) -> Q:
    """The condition on links that lead from or to these rows."""
    wanted = Q(pk__in=[])
    for model, keys in rows.items():
        wanted |= Q(kind=model._meta.label_lower, object_id__in=keys)
        for source, each in _links_to(model):
            wanted |= Q(kind=source._meta.label_lower, field=each.name, target_id__in=keys)
    return wanted


def _links_to(model: type[Model]) -> Iterator[tuple[type[Model], Any]]:
    content = [source for source in apps.get_models() if issubclass(source, ContentModel)]
    for source in content:
        links: list[Any] = [*source._meta.fields, *source._meta.many_to_many]
        yield from ((source, each) for each in links if each.related_model is model)


def _restore(link: LostLink, outcome: Outcome) -> None:
    model = apps.get_model(link.kind)
    name, names = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
    each: Any = model._meta.get_field(link.field)
    row: Any = model._base_manager.filter(pk=link.object_id).first()
    is_there = each.related_model._base_manager.filter(pk=link.target_id).exists()
    if row is None and each not in _clearable_links(model):
        if is_there:
            _restore_part(link, model, outcome)
    elif row is None:
        outcome.failed.append(f"the {name} “{link.title}” is deleted")
    elif (
        is_there
        and not each.many_to_many
        and getattr(row, each.attname) not in (None, link.target_id)
    ):
        outcome.failed.append(f"the {name} “{link.title}” has another {each.verbose_name} now")
    elif is_there:
        _make(row, each, link.target_id)
        outcome.made[names] += 1
        link.delete()


def _restore_part(link: LostLink, model: type[Model], outcome: Outcome) -> None:
    if reason := restore_part(link, model):
        outcome.failed.append(f"the {model._meta.verbose_name} “{link.title}” {reason}")
    else:
        outcome.made[str(model._meta.verbose_name_plural)] += 1
    link.delete()


def _make(row: Any, each: Any, target: int) -> None:
    if each.many_to_many:
        getattr(row, each.name).add(target)
    elif getattr(row, each.attname) != target:
        setattr(row, each.attname, target)
        row.save(update_fields=[each.name])


@contextmanager
def without_lost_targets(recovered: Version) -> Iterator[Outcome]:
    """Revert the revision of this version in here.

    Its rows are stored without links to rows that do not exist.

    Optional links are left empty, parts that need their target are left out. They are noted, and
    made or restored when their targets are recovered. Versions of other rows, which were saved
    together with it and are no parts of it, are not reverted. What the revision says stays as it
    is.
    """
    outcome = Outcome()
    beside = versions_beside(recovered)
    Version.objects.filter(pk__in=[version.pk for version in beside]).delete()
    left_out = left_out_of(recovered)
    Version.objects.filter(pk__in=[version.pk for version in left_out]).delete()
    versions = list(recovered.revision.version_set.select_related("content_type"))
    present = {(_kind(version), int(version.object_id)) for version in versions}
    changed = []
    for version in versions:
        data = json.loads(version.serialized_data)
        lost = [link for row in data for link in _lost_links(version, row["fields"], present)]
        if lost:
            changed.append((version, version.serialized_data))
            Version.objects.filter(pk=version.pk).update(serialized_data=json.dumps(data))
            _note(lost, outcome)
    yield outcome
    for version, text in changed:
        Version.objects.filter(pk=version.pk).update(serialized_data=text)
    Version.objects.bulk_create([*beside, *left_out])
    for version in left_out:
        _note(list(links_of_left_out(version)), outcome)


def _note(lost: list[LostLink], outcome: Outcome) -> None:
    outcome.failed += map(_reason_of_lost, lost)
    LostLink.objects.bulk_create(lost, ignore_conflicts=True)


def _reason_of_lost(link: LostLink) -> str:
    target: Any = apps.get_model(link.kind)._meta.get_field(link.field).related_model
    return f"“{link.title}” named a {target._meta.verbose_name} that is deleted"


def _lost_links(
    version: Version, fields: dict[str, Any], present: set[tuple[str, int]]
) -> Iterator[LostLink]:
    """The links to rows that are neither stored nor brought back.

    They are taken out of `fields`.
    """
    model = version.content_type.model_class()
    for each in _clearable_links(model) if model else ():
        held = fields.get(each.name)
        targets = {int(key) for key in (held if each.many_to_many else [held]) or () if key}
        related: Any = each.related_model
        stored = (
            {*related._base_manager.filter(pk__in=targets).values_list("pk", flat=True)}
            if targets
            else set()
        )
        gone = {key for key in targets - stored if (related._meta.label_lower, key) not in present}
        for key in gone:
            yield lost_link(version, each, key)
        if gone:
            fields[each.name] = (
                [key for key in held if int(key) not in gone] if each.many_to_many else None
            )


def _kind(version: Version) -> str:
    return f"{version.content_type.app_label}.{version.content_type.model}"
