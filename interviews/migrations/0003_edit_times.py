"""Edits are dated apart from imports."""

import content.base_models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0002_stable_identity'),
    ]

    operations = [
        migrations.AddField(
            model_name='anchor',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='answerframework',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='answerstep',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='probe',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='questionset',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='questionskill',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='setitem',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='setsection',
            name='edited_at',
            field=content.base_models.EditTimeField(blank=True, editable=False, null=True),
        ),
    ]
