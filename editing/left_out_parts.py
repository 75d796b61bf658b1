"""Parts of a recovered row whose other end is deleted.

They are left out, and restored when that is recovered.

A move between two roles belongs to both. It goes with the one that is deleted first, and what is
kept of that role names the other one. Without leaving it out, two roles that were deleted together
could never be recovered.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import reversion
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Model
from reversion.errors import RevertError
from reversion.models import Version

from content.models import LostLink

#: The model and the key of a row.
Row = tuple[type[Model], int]


def required_links(model: type[Model]) -> "list[models.ForeignKey[Any, Any]]":
    """The fields without whose target a row goes, or cannot be."""
    keys = [each for each in model._meta.fields if isinstance(each, models.ForeignKey)]
    return [each for each in keys if not each.null or each.remote_field.on_delete is models.CASCADE]


def missing_targets(
    version: Version, present: Iterable[Row] = ()
) -> "list[models.ForeignKey[Any, Any]]":
    """The required links of this version whose target is neither stored nor among `present`."""
    known = {*present}
    return [
        each
        for each in required_links(version._model)
        if not _is_there(each, _target(version, each), known)
    ]


def versions_beside(version: Version) -> list[Version]:
    """The other versions of its revision that are no parts of its row.

    Such a version is e.g. of the whole on whose page it was saved.
    """
    beside = [each for each in version.revision.version_set.all() if each.pk != version.pk]
    restored = {(version._model, int(version.object_id))}
    while parts := [each for each in beside if _is_part(each, restored)]:
        restored |= {(each._model, int(each.object_id)) for each in parts}
        beside = [each for each in beside if each not in parts]
    return beside


def _is_part(version: Version, wholes: set[Row]) -> bool:
    """Whether its row would be deleted with one of these."""
    links = [
        each
        for each in required_links(version._model)
        if each.remote_field.on_delete is models.CASCADE
    ]
    targets: list[Any] = [(each.related_model, _target(version, each)) for each in links]
    return any(target in wholes for target in targets)


def left_out_of(version: Version) -> list[Version]:
    """Other versions of its revision that cannot be restored now, and those that stand on them."""
    staying = list(version.revision.version_set.all())
    left_out: list[Version] = []
    while True:
        present = {(each._model, int(each.object_id)) for each in staying}
        lost = [
            each for each in staying if each.pk != version.pk and missing_targets(each, present)
        ]
        if not lost:
            return left_out
        left_out += lost
        staying = [each for each in staying if each not in lost]


def links_of_left_out(version: Version) -> Iterator[LostLink]:
    """What to wait for, to restore this version of a part: its targets that are deleted."""
    for each in missing_targets(version):
        yield lost_link(version, each, _target(version, each))


def lost_link(version: Version, link: Any, target: Any) -> LostLink:
    """The note that this version names a row that is deleted.

    It is found again when that row is recovered.
    """
    related: Any = link.related_model
    has_history = reversion.is_registered(related)
    deletion = (
        Version.objects.get_for_object_reference(related, target).first() if has_history else None
    )
    return LostLink(
        revision=deletion.revision if deletion else version.revision,
        kind=version._model._meta.label_lower,
        object_id=int(version.object_id),
        title=version.object_repr[: LostLink.TITLE_LENGTH],
        field=link.name,
        target_id=target,
    )


def restore_part(link: LostLink, model: type[Model]) -> str:
    """Restore a part whose target in this link is there again.

    Returns what stands against it, if anything.
    """
    version = Version.objects.get_for_object_reference(model, link.object_id).first()
    if version is None:
        return "is deleted"
    if waiting := list(links_of_left_out(version)):
        LostLink.objects.bulk_create(waiting, ignore_conflicts=True)
        return (
            f"names a {model._meta.get_field(waiting[0].field).related_model._meta.verbose_name} "
            "that is deleted"
        )
    try:
        with transaction.atomic():
            version.revert()
    except (RevertError, IntegrityError):
        return "does not fit to what is stored now"
    return ""


def obstacles_to(version: Version) -> list[str]:
    """Why this version cannot be restored, each in a sentence.

    Its whole is deleted, or its place is taken.
    """
    beside = versions_beside(version)
    restored = [each for each in version.revision.version_set.all() if each not in beside]
    present = [(each._model, int(each.object_id)) for each in restored]
    missing = missing_targets(version, present)
    if missing:
        return [
            f"the {_name_of(each, _target(version, each))} is deleted. Recover it first."
            for each in missing
        ]
    fields = [
        each.attname
        for each in version._model._meta.concrete_fields
        if each.attname in version.field_dict
    ]
    row = version._model(**{name: version.field_dict[name] for name in fields})
    try:
        row.validate_constraints()
    except ValidationError as error:
        return error.messages
    return []


def _name_of(link: "models.ForeignKey[Any, Any]", key: int | None) -> str:
    related: Any = link.related_model
    kept = (
        Version.objects.get_for_object_reference(related, key).first()
        if reversion.is_registered(related)
        else None
    )
    return (
        f"{related._meta.verbose_name} “{kept.object_repr}”"
        if kept
        else str(related._meta.verbose_name)
    )


def _target(version: Version, link: "models.ForeignKey[Any, Any]") -> int | None:
    return version.field_dict.get(link.attname)


def _is_there(link: "models.ForeignKey[Any, Any]", key: int | None, present: set[Row]) -> bool:
    related: Any = link.related_model
    return (
        key is None
        or (related, int(key)) in present
        or related._base_manager.filter(pk=key).exists()
    )
