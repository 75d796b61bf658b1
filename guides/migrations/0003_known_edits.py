"""Dates the edits that the admin has logged so far, and empties the date of what only imports have written."""

from datetime import UTC, datetime, time

from django.db import migrations
from django.db.models import Max, Q

from search.index import indexed_models


def date_logged_edits(apps, schema_editor):
    edits = apps.get_model("admin", "LogEntry").objects.order_by().values("content_type", "object_id")
    kinds = apps.get_model("contenttypes", "ContentType").objects.in_bulk()
    for edit in edits.annotate(last=Max("action_time")):
        model = _model(apps, kinds.get(edit["content_type"]))
        if model and str(edit["object_id"]).isdecimal():
            model.objects.filter(pk=edit["object_id"]).update(edited_at=edit["last"])


def _model(apps, kind):
    """The model of this content type, if its rows are dated."""
    try:
        model = apps.get_model(kind.app_label, kind.model) if kind else None
    except LookupError:
        return None
    return model if model and any(field.name == "edited_at" for field in model._meta.fields) else None


def date_entries(apps, schema_editor):
    entries = apps.get_model("content", "SearchEntry").objects
    entries.update(changed_at=None)
    for current in indexed_models():
        model = apps.get_model(current._meta.label)
        has_note = any(field.name == "noted_on" for field in model._meta.fields)
        dated = Q(edited_at__isnull=False) | (Q(noted_on__isnull=False) if has_note else Q())
        for row in model.objects.filter(dated):
            noted = datetime.combine(row.noted_on, time(), UTC) if has_note and row.noted_on else None
            changed = max(filter(None, (row.edited_at, noted)))
            entries.filter(kind=current.search_kind, object_id=row.pk).update(changed_at=changed)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0002_edit_times"),
        ("interviews", "0003_edit_times"),
        ("ladders", "0003_edit_times"),
        ("roles", "0002_edit_times"),
        ("skills", "0003_edit_times"),
        ("content", "0006_edit_times"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(date_logged_edits, migrations.RunPython.noop),
        migrations.RunPython(date_entries, migrations.RunPython.noop),
    ]
