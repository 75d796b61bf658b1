"""The kind of a skill that a source does not state is stored empty."""

import content.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('skills', '0004_not_stated'),
    ]

    operations = [
        migrations.AlterField(
            model_name='skill',
            name='kind',
            field=content.fields.StatedField(blank=True, choices=[('skill', 'Skill'), ('knowledge', 'Knowledge'), ('ability', 'Ability'), ('behaviour', 'Behaviour'), ('value', 'Value')], default='', max_length=10),
        ),
    ]
