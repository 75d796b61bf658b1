"""What a source does not state is stored empty."""

import content.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("interviews", "0003_edit_times"),
    ]

    operations = [
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=content.fields.StatedField(blank=True, choices=[('behavioural', 'Behavioural'), ('situational', 'Situational'), ('technical', 'Technical'), ('program_sense', 'Program sense'), ('estimation', 'Estimation'), ('case', 'Case'), ('leadership', 'Leadership'), ('motivation', 'Motivation')], default='', max_length=15),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='stage',
            field=content.fields.StatedField(blank=True, choices=[('recruiter_screen', 'Recruiter screen'), ('phone_screen', 'Phone screen'), ('onsite', 'On-site loop'), ('panel', 'Panel'), ('practice', 'Practice')], default='', max_length=20),
        ),
    ]
