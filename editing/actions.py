"""Actions of change lists: publish, take back and archive, each row through its full validation."""

from typing import Any

import reversion
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import get_text_list

from content.base_models import Status, StatusModel
from editing.row_locks import lock_rows

WRITTEN = ["status", "published_at", "updated_at"]
NAMED = 5


@admin.action(description="Publish", permissions=["change"])
def publish(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    rows = set_status(modeladmin, request, queryset, Status.PUBLISHED)
    if hidden := [row for row in rows if row.unpublished_ancestors()]:
        text = "Published, but hidden until what it belongs to is published: %s."
        modeladmin.message_user(request, text % _names(hidden), messages.WARNING)


@admin.action(description="Take back to draft", permissions=["change"])
def unpublish(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    set_status(modeladmin, request, queryset, Status.DRAFT)


@admin.action(description="Archive", permissions=["change"])
def archive(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    set_status(modeladmin, request, queryset, Status.ARCHIVED)


def set_status(
    modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any], status: Status
) -> list[StatusModel]:
    """Give these rows a status and tell how many took it; returns those that did."""
    changed: list[StatusModel] = []
    for row in _locked(queryset):
        try:
            if row.status != status:
                _save_status(modeladmin, request, row, status)
                changed.append(row)
        except ValidationError as error:
            reasons = " ".join(error.messages)
            modeladmin.message_user(
                request, f"“{row}” was left as it was: {reasons}", messages.ERROR
            )
    _tell(modeladmin, request, len(changed), status)
    return changed


def _locked(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, locked, with what their visibility hangs on."""
    rows = queryset.model._default_manager.filter(
        pk__in=list(queryset.order_by().values_list("pk", flat=True))
    )
    lock_rows([rows])
    visibility_parents = queryset.model.visibility_parents
    return rows.select_related(*visibility_parents) if visibility_parents else rows


def _save_status(modeladmin: Any, request: HttpRequest, row: StatusModel, status: Status) -> None:
    row.status = status
    row.full_clean()
    if status == Status.PUBLISHED and (doubts := modeladmin.doubts_about(row)):
        raise ValidationError([*doubts, "Open it to publish it anyway."])
    with reversion.create_revision():
        reversion.set_user(request.user)
        row.save(update_fields=WRITTEN)
        modeladmin.log_change(request, row, f"Status: {status.label}.")


def _tell(modeladmin: Any, request: HttpRequest, count: int, status: Status) -> None:
    names = modeladmin.opts.verbose_name if count == 1 else modeladmin.opts.verbose_name_plural
    level = messages.SUCCESS if count else messages.WARNING
    modeladmin.message_user(request, f"{count} {names} changed to “{status.label}”.", level)


def _names(rows: list[Any]) -> str:
    names = [f"“{row}”" for row in rows[:NAMED]]
    return get_text_list(
        names + ([f"{len(rows) - NAMED} more"] if len(rows) > NAMED else []), "and"
    )
