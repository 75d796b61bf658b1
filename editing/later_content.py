"""What versions lack because they are older than a field or a kind of part.

An upgrade adds fields and tables. A version that was stored before does not say what they
contained, so restoring it must not empty them.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.db.migrations.operations import CreateModel
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.text import capfirst, get_text_list
from reversion.models import Revision, Version

from content.change_tracking import without_edit_date
from editing.versions import content_models, model_of, required_links, row_key


@dataclass
class LaterContent:
    """What a revision does not state about the rows that it restores."""

    #: Values of fields by row, as they are stored.
    values: dict[tuple[type[Model], int], dict[str, object]] = field(default_factory=dict)
    #: Parts of a kind that did not exist yet.
    parts: list[Model] = field(default_factory=list)

    @classmethod
    def of_revision(cls, revision: Revision) -> "LaterContent":
        """Read it, before the revision is restored."""
        later = cls()
        versions = list(revision.version_set.all())
        for version in versions:
            names = _missing_fields(version)
            if names:
                rows = model_of(version)._base_manager.filter(pk=version.object_id)
                for values in rows.values(*names):
                    later.values[row_key(version)] = values
        keys = {row_key(version) for version in versions}
        for model in _models_added_since(revision.date_created):
            for link in required_links(model):
                parents = [key for parent, key in keys if parent is link.related_model]
                later.parts += model._base_manager.filter(**{f"{link.name}__in": parents})
        return later

    def restore(self) -> str:
        """Write it again, after the revision was restored.

        :returns: the names of fields and parts for the editor; empty if nothing was affected.
        """
        names: dict[str, None] = {}
        with without_edit_date():
            for (model, key), values in self.values.items():
                rows = model._base_manager.filter(pk=key)
                if rows.exclude(**values).exists():
                    rows.update(**values)
                    names.update(dict.fromkeys(_field_labels(model, values)))
            for part in self.parts:
                if not type(part)._base_manager.filter(pk=part.pk).exists():
                    part.save(force_insert=True)
                    names[str(capfirst(part._meta.verbose_name_plural))] = None
        return get_text_list(list(names), "and")


def _missing_fields(version: Version) -> list[str]:
    """The attributes of a row that its version does not contain, apart from computed ones."""
    known = json.loads(version.serialized_data)[0]["fields"]
    names = []
    for column in model_of(version)._meta.concrete_fields:
        if column.editable and not column.primary_key and column.name not in known:
            names.append(column.attname)
    return names


def _field_labels(model: type[Model], names: Collection[str]) -> Iterator[str]:
    for column in model._meta.concrete_fields:
        if column.attname in names:
            yield str(capfirst(column.verbose_name))


def _models_added_since(moment: datetime) -> list[type[Model]]:
    """The models of content whose tables were created after this moment.

    Empty in a database that was created later, e.g. by moving the content from another one.
    """
    migrations = MigrationRecorder(connection).migration_qs
    if not migrations.filter(applied__lte=moment).exists():
        return []
    content = set(content_models())
    added: list[type[Model]] = []
    for label, name in migrations.filter(applied__gt=moment).values_list("app", "name"):
        for model in _models_created_by(label, name):
            if model in content:
                added.append(model)
    return added


def _models_created_by(label: str, name: str) -> Iterator[type[Model]]:
    """The models whose tables a migration created and that still exist."""
    if label not in apps.app_configs:
        return
    module = import_module(f"{apps.get_app_config(label).name}.migrations.{name}")
    for operation in module.Migration.operations:
        if isinstance(operation, CreateModel):
            model = apps.all_models[label].get(operation.name_lower)
            if model is not None:
                yield model
