"""Edits are dated apart from imports."""

import content.base_models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('skills', '0002_stable_identity'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicator',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='learningresource',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='proficiency',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='scale',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='skill',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='skilldescriptor',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='skillgroup',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
    ]
