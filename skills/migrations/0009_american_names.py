"""Names of fields and values of choices in American spelling."""

import content.fields
from django.db import migrations

from content.former_spellings import rename_stored_field
from packs.import_records import preserved_import_records


def rename_in_history(apps, schema_editor):
    rename_stored_field(apps, "skills.skill", "skills", "artefacts")


def rename_values(apps, schema_editor):
    model = apps.get_model("skills", "skill")
    with preserved_import_records(apps, "skills", model, "kind"):
        model._base_manager.filter(kind="behaviour").update(kind="behavior")


class Migration(migrations.Migration):
    dependencies = [
        ("skills", "0008_indicator_labels"),
        ("content", "0012_american_english"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RenameField("skill", "artefacts", "artifacts"),
        migrations.AlterField(
            model_name='skill',
            name='kind',
            field=content.fields.StatedField(blank=True, choices=[('skill', 'Skill'), ('knowledge', 'Knowledge'), ('ability', 'Ability'), ('behavior', 'Behavior'), ('value', 'Value')], default='', max_length=10),
        ),
        migrations.RunPython(rename_in_history, migrations.RunPython.noop),
        migrations.RunPython(rename_values, migrations.RunPython.noop),
    ]
