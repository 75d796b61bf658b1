"""What a source does not state is stored empty."""

import content.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0003_known_edits'),
    ]

    operations = [
        migrations.AlterField(
            model_name='guide',
            name='audience',
            field=content.fields.StatedField(blank=True, choices=[('newcomer', 'Newcomers'), ('practitioner', 'Practising TPMs'), ('interviewer', 'Interviewers'), ('editor', 'Organisations and editors')], default='', max_length=12),
        ),
    ]
