"""Edits are dated apart from imports."""

import content.base_models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ladders', '0002_stable_identity'),
    ]

    operations = [
        migrations.AddField(
            model_name='band',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='expectation',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='ladder',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='level',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='levelmove',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='levelrequirement',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
    ]
