"""Edits are dated apart from imports, and each import is kept for readers."""

from importlib import import_module

import content.fields
import content.base_models
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone

vectors = import_module("content.migrations.0002_search_vectors")

#: Altering the table of entries makes it anew on SQLite, and the triggers of its indexes are lost.
INDEXES = {
    "sqlite": [
        *vectors.followed("content_headings", "content_searchentry", vectors.HEADING_COLUMNS),
        *vectors.followed("content_documents", "content_searchentry", vectors.COLUMNS),
    ],
    "postgresql": [],
}


def date_all_entries(apps, schema_editor):
    """Going back, every entry needs a date."""
    entries = apps.get_model("content", "SearchEntry").objects
    entries.filter(changed_at=None).update(changed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0005_search_word_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name='collection',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, vectors.run(INDEXES)),
        migrations.AlterField(
            model_name='searchentry',
            name='changed_at',
            field=models.DateTimeField(db_index=True, null=True),
        ),
        migrations.RunPython(vectors.run(INDEXES), migrations.RunPython.noop),
        migrations.RunPython(migrations.RunPython.noop, date_all_entries),
        migrations.CreateModel(
            name='ContentImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', content.fields.LineField(blank=True, max_length=200)),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', content.fields.LineField(help_text='What it changed, in a sentence for readers.', max_length=200)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='content.collection')),
            ],
            options={
                'ordering': ['-imported_at', '-id'],
            },
        ),
    ]
