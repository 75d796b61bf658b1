"""Child rows that have an admin page and a history, and are also edited on their parent's page.

Both histories stay complete: saving the parent stores versions of its changed children, and
reverting the parent changes only those fields of its children that its page shows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import ClassVar

import reversion
from django.contrib.admin.utils import unquote
from django.db import connection
from django.db.models import Model
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from reversion.models import Version

from content.fields import model_field
from editing.history import HistoryAdmin
from editing.versions import FIRST_VERSION_COMMENT, ensure_first_version
from transactions.write_lock import respond_in_transaction


class VersionedChildrenMixin(HistoryAdmin):
    """The admin of a parent that edits such children, in one inline for each relation."""

    #: By name of the relation, the fields of these children that the page of the parent edits.
    versioned_children: ClassVar[dict[str, tuple[str, ...]]] = {}

    def reversion_register(
        self, model: type[Model], follow: Sequence[str] = (), **options: object
    ) -> None:
        if model is self.model:
            follow = [name for name in follow if name not in self.versioned_children]
        super().reversion_register(model, follow=follow, **options)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        view = partial(super().change_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return view()

        def respond() -> HttpResponse:
            row = self.get_object(request, unquote(object_id))
            with self._storing_versions_of_children(request, row):
                return view()

        return respond_in_transaction(request, respond)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Save children outside the revision of the parent.

        Reverting one of them must not revert all of the other.
        """
        relation = formset.fk.remote_field.get_accessor_name()
        with reversion.create_revision(manage_manually=relation in self.versioned_children):
            super().save_formset(request, form, formset, change)

    def revert_to(self, version: Version) -> None:
        super().revert_to(version)
        parent = self.model._base_manager.get(pk=version.object_id)
        for child, fields in self._children(parent):
            child_version = _version_at(child, version.revision.date_created)
            changed = _changed_values(child, fields, child_version)
            if changed:
                for name, value in changed.items():
                    setattr(child, name, value)
                child.save(update_fields=_attribute_names(child, fields))
            connection.check_constraints([child._meta.db_table])

    def form_response(
        self, request: HttpRequest, version: Version, context: dict[str, object]
    ) -> HttpResponse:
        row = None
        if request.method == "POST":
            row = self.model._base_manager.get(pk=version.object_id)
            for original in self.originals(request, row):
                ensure_first_version(original)
        with self._storing_versions_of_children(request, row):
            return super().form_response(request, version, context)

    def originals(self, request: HttpRequest, row: Model) -> Iterator[Model]:
        """Also yields the children that the submitted form changes."""
        yield from super().originals(request, row)
        for formset in self._formsets_of_children(request, row):
            for form in formset.initial_forms:
                if form.has_changed():
                    yield form.instance

    def _formsets_of_children(
        self, request: HttpRequest, row: Model
    ) -> Iterator[BaseInlineFormSet]:
        """The submitted formsets of the inlines with such children."""
        for formset_class, inline in self.get_formsets_with_inlines(request, row):
            if formset_class.fk.remote_field.get_accessor_name() in self.versioned_children:
                prefix = formset_class.get_default_prefix()
                arguments = self.get_formset_kwargs(request, row, inline, prefix)
                yield formset_class(**arguments)

    @contextmanager
    def _storing_versions_of_children(
        self, request: HttpRequest, row: Model | None
    ) -> Iterator[None]:
        """A context around a save; at its end, changed children get versions."""
        yield
        if row is None or not self.has_change_permission(request, row):
            return
        parent_version = Version.objects.get_for_object(row).first()
        if parent_version is None:
            return
        for child, fields in self._children(row):
            last_version = Version.objects.get_for_object(child).first()
            if _changed_values(child, fields, last_version):
                moment = parent_version.revision.date_created
                _store_version(request, child, moment, f"Changed on the page of “{row}”.")

    def _children(self, row: Model) -> Iterator[tuple[Model, tuple[str, ...]]]:
        """The children of the row, each with the fields that this page changes."""
        for relation, fields in self.versioned_children.items():
            for child in getattr(row, relation).all():
                yield child, fields


def _version_at(child: Model, moment: datetime) -> Version | None:
    """The version of a child at this time, as far as it is known.

    None for a child that was added later.
    """
    versions = Version.objects.get_for_object(child)
    return (
        versions.filter(revision__date_created__lte=moment).first()
        or versions.filter(revision__comment=FIRST_VERSION_COMMENT).first()
    )


def _attribute_names(child: Model, fields: Sequence[str]) -> list[str]:
    return [model_field(type(child), name).attname for name in fields]


def _changed_values(
    child: Model, fields: Sequence[str], version: Version | None
) -> dict[str, object]:
    """By attribute name, the values of those of these fields that differ in this version.

    :param version: a version of the child; without one, nothing differs.
    """
    changed: dict[str, object] = {}
    if version is None:
        return changed
    for name in _attribute_names(child, fields):
        if getattr(child, name) != version.field_dict[name]:
            changed[name] = version.field_dict[name]
    return changed


def _store_version(request: HttpRequest, child: Model, moment: datetime, comment: str) -> None:
    """Store a version of a child with the time of its parent's version."""
    with reversion.create_revision():
        reversion.set_user(request.user)
        reversion.set_date_created(moment)
        reversion.set_comment(comment)
        reversion.add_to_revision(child)
