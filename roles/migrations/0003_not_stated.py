"""What a source does not state is stored empty."""

import content.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('roles', '0002_edit_times'),
    ]

    operations = [
        migrations.AlterField(
            model_name='skillrequirement',
            name='importance',
            field=content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('desirable', 'Desirable')], default='', max_length=10),
        ),
    ]
