"""Skills are essential, expected or helpful; those that were desirable are helpful."""

import content.fields
from django.db import migrations

from packs.import_records import preserved_import_records


def rename_desirable(apps, schema_editor):
    model = apps.get_model("roles", "SkillRequirement")
    with preserved_import_records(apps, "skill_requirements", model, "importance"):
        model._base_manager.filter(importance="desirable").update(importance="helpful")


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0001_version_0_2_0'),
        ('roles', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.AlterField(
            model_name='skillrequirement',
            name='importance',
            field=content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('expected', 'Expected'), ('helpful', 'Helpful')], default='', help_text='Essential: it decides; choose 6 to 12 skills. Expected: part of the job. Helpful: can be learned on the way.', max_length=10),
        ),
        migrations.RunPython(rename_desirable, migrations.RunPython.noop),
    ]
