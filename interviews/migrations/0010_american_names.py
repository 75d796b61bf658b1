"""Names of fields and values of choices in American spelling."""

import content.fields
from django.db import migrations

from packs.import_records import preserved_import_records


def rename_values(apps, schema_editor):
    model = apps.get_model("interviews", "question")
    with preserved_import_records(apps, "questions", model, "kind"):
        model._base_manager.filter(kind="behavioural").update(kind="behavioral")


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0009_american_english"),
        ("content", "0012_american_english"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=content.fields.StatedField(blank=True, choices=[('behavioral', 'Behavioral'), ('situational', 'Situational'), ('technical', 'Technical'), ('program_sense', 'Program sense'), ('estimation', 'Estimation'), ('case', 'Case'), ('leadership', 'Leadership'), ('motivation', 'Motivation')], default='', max_length=15),
        ),
        migrations.RunPython(rename_values, migrations.RunPython.noop),
    ]
