"""Dates of publication in versions of 0.1, which hold thousandths of a second only."""

from django.db.models import Model

from content.change_tracking import without_edit_date

FIELD = "published_at"


def restore_digits(former: Model) -> None:
    """Give a row that was reverted its former date again if only digits were cut from it.

    Otherwise a load would take the row for edited here.

    :param former: the row as it was before.
    """
    exact = getattr(former, FIELD, None)
    rows = type(former)._base_manager.filter(pk=former.pk)
    if exact is None or not exact.microsecond % 1000:
        return
    cut = exact.replace(microsecond=exact.microsecond // 1000 * 1000)
    with without_edit_date():
        rows.filter(**{FIELD: cut}).update(**{FIELD: exact})
