"""Edits are dated apart from imports."""

import content.base_models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('roles', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='role',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rolefamily',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rolemove',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='skillrequirement',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
    ]
