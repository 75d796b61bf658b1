"""Rows of all content models as JSON, with the migrations that their tables require."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from tests.project.sources import ORDER
from tpm_portal.environment import BASE_DIR

FOLDER = Path(__file__).parent
#: Apps whose rows are stored: ours, and accounts. Other tables are filled by migrations or refer
#: to content types, whose keys differ in every database.
STORED_APPS = {*ORDER}
STORED_MODELS = {"auth.user"}


def files() -> list[Path]:
    """The stored databases, one a released version."""
    return sorted(FOLDER.glob("*.json"))


def digests() -> dict[str, str]:
    """The digest of each of our migrations by its path."""
    paths = sorted(path for app in ORDER for path in BASE_DIR.glob(f"{app}/migrations/0*.py"))
    return {
        str(path.relative_to(BASE_DIR)): sha256(path.read_bytes()).hexdigest() for path in paths
    }


def changed_migrations(stored: dict[str, Any]) -> list[str]:
    """The migrations of a released version that are not as they were released."""
    now = digests()
    return [path for path, digest in stored["digests"].items() if now.get(path) != digest]


def stored_database() -> dict[str, Any]:
    """The rows of the database, which has all migrations, as they are stored in a file."""
    loader = MigrationLoader(connection)
    rows = {}
    for model in _stored_models(loader.project_state().apps):
        names = [field.attname for field in model._meta.local_concrete_fields]
        if found := list(model._base_manager.order_by("pk").values(*names)):
            rows[model._meta.label_lower] = found
    return {
        "migrations": sorted(loader.graph.leaf_nodes()),
        "digests": digests(),
        "rows": rows,
    }


def write(path: Path) -> None:
    """Store the database in this file."""
    text = json.dumps(stored_database(), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    path.write_text(text + "\n")


def restore(path: Path) -> None:
    """Make an empty database what it was when the version was released."""
    stored = json.loads(path.read_text())
    targets = [(app, name) for app, name in stored["migrations"]]
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    apps = MigrationLoader(connection).project_state(targets).apps
    with transaction.atomic():
        for label, rows in stored["rows"].items():
            model = apps.get_model(label)
            model._base_manager.bulk_create(_restored(model, values) for values in rows)


def keys() -> dict[str, list[int]]:
    """The keys of all rows of the newest models, by model."""
    rows = {}
    for model in _stored_models(MigrationLoader(connection).project_state().apps):
        rows[model._meta.label_lower] = sorted(model._base_manager.values_list("pk", flat=True))
    return rows


def _stored_models(apps: Any) -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in STORED_APPS or model._meta.label_lower in STORED_MODELS:
            yield model


def _restored(model: type[Model], values: dict[str, Any]) -> Model:
    row = model()
    for field in model._meta.local_concrete_fields:
        value = values.get(field.attname)
        setattr(row, field.attname, value if value is None else _python(field, value))
    return row


def _python(field: Any, value: Any) -> Any:
    target = field.target_field if field.is_relation else field
    return target.to_python(value)
