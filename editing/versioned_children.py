"""Rows with a page and a history of their own that the page of their whole changes too.

Both histories stay whole.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

import reversion
from django.contrib.admin.utils import unquote
from django.db import connection
from django.db.models import Model
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from reversion.models import Version

from editing.history import ORIGINAL, HistoryAdmin
from editing.write_lock import save


class VersionedChildrenMixin(HistoryAdmin):
    """Reverting the whole gives these rows back what its page showed of them then.

    It leaves them the rest.
    """

    #: The relations to such rows, each with the fields that this page changes.
    apart: ClassVar[dict[str, tuple[str, ...]]] = {}

    def reversion_register(self, model: type[Model], **options: Any) -> None:
        if model is self.model:
            options["follow"] = [name for name in options["follow"] if name not in self.apart]
        super().reversion_register(model, **options)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view = partial(super().change_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return view()

        def answer() -> HttpResponse:
            with self._histories(request, self.get_object(request, unquote(object_id))):
                return view()

        return save(request, answer)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """To revert a revision of the whole must not revert all of a part, nor the reverse."""
        with reversion.create_revision(
            manage_manually=formset.fk.remote_field.get_accessor_name() in self.apart
        ):
            super().save_formset(request, form, formset, change)

    def bring_back(self, version: Version) -> None:
        super().bring_back(version)
        for part, fields in self._parts(self.model._base_manager.get(pk=version.object_id)):
            if then := _version_at(part, version.revision.date_created):
                _put_back(part, {name: then.field_dict[name] for name in _columns(part, fields)})
                connection.check_constraints([part._meta.db_table])

    def form_of(
        self, request: HttpRequest, version: Version, context: dict[str, Any] | None
    ) -> HttpResponse:
        row = (
            self.model._base_manager.get(pk=version.object_id) if request.method == "POST" else None
        )
        for each in self.originals(request, row) if row else ():
            self.ensure_first_version(each)
        with self._histories(request, row):
            return super().form_of(request, version, context)

    @contextmanager
    def _histories(self, request: HttpRequest, row: Model | None) -> Iterator[None]:
        """Around a save: what parts are after it, as versions of their own."""
        if row is None or not self.has_change_permission(request, row):
            yield
            return
        yield
        changed = [part for part, fields in self._parts(row) if _differs(part, fields)]
        last = (
            Version.objects.get_for_object(row).select_related("revision").first()
            if changed
            else None
        )
        for part in changed if last else ():
            _keep(request, part, last.revision.date_created, f"Changed on the page of “{row}”.")

    def _parts(self, row: Model) -> Iterator[tuple[Model, tuple[str, ...]]]:
        for name, fields in self.apart.items():
            yield from ((part, fields) for part in getattr(row, name).all())

    def originals(self, request: HttpRequest, row: Model) -> Iterator[Model]:
        """With the parts that have a history of their own, as far as they change."""
        yield from super().originals(request, row)
        formsets, _ = self._create_formsets(request, row, change=True)
        for formset in formsets:
            if formset.fk.remote_field.get_accessor_name() in self.apart:
                yield from (form.instance for form in formset.initial_forms if form.has_changed())


def _version_at(part: Model, moment: datetime) -> Version | None:
    """What was stored then, as far as it is known; nothing of a part that was added later."""
    versions = Version.objects.get_for_object(part)
    return (
        versions.filter(revision__date_created__lte=moment).first()
        or versions.filter(revision__comment=ORIGINAL).first()
    )


def _put_back(part: Any, values: dict[str, Any]) -> None:
    """Save it with these values, if any of them differs from what is stored."""
    if all(getattr(part, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(part, name, value)
    part.save(update_fields=values)


def _columns(part: Model, fields: Iterable[str]) -> list[str]:
    return [part._meta.get_field(name).attname for name in fields]


def _differs(part: Model, fields: Iterable[str]) -> bool:
    last = Version.objects.get_for_object(part).first()
    return last is not None and any(
        getattr(part, name) != last.field_dict[name] for name in _columns(part, fields)
    )


def _keep(request: HttpRequest, part: Model, moment: datetime, comment: str) -> None:
    with reversion.create_revision():
        reversion.set_user(request.user)
        reversion.set_date_created(moment)
        reversion.set_comment(comment)
        reversion.add_to_revision(part)
