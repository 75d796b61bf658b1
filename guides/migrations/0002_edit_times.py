"""Edits are dated apart from imports."""

import content.base_models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='guide',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
    ]
