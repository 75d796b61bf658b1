"""Names of fields and values of choices in American spelling."""

import content.fields
from django.db import migrations

from content.former_spellings import rename_stored_field
from packs.import_records import preserved_import_records


def rename_in_history(apps, schema_editor):
    rename_stored_field(apps, "ladders.ladder", "ladders", "organisation")


def rename_values(apps, schema_editor):
    model = apps.get_model("ladders", "ladder")
    with preserved_import_records(apps, "ladders", model, "rule"):
        model._base_manager.filter(rule="judgement").update(rule="judgment")


class Migration(migrations.Migration):
    dependencies = [
        ("ladders", "0010_anti_pattern_label"),
        ("content", "0012_american_english"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RenameField("ladder", "organisation", "organization"),
        migrations.AlterField(
            model_name='ladder',
            name='organization',
            field=content.fields.LineField(blank=True, help_text='The organization that uses the ladder. Leave blank for a reference ladder.', max_length=200),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='rule',
            field=content.fields.StatedField(blank=True, choices=[('per_skill', 'Every skill at its proficiency'), ('points', 'Points across all skills'), ('judgment', 'Overall judgment')], default='', max_length=10),
        ),
        migrations.RunPython(rename_in_history, migrations.RunPython.noop),
        migrations.RunPython(rename_values, migrations.RunPython.noop),
    ]
