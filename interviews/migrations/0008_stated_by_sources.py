"""What a source does not state is stored empty."""

import content.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0007_questions_in_order'),
    ]

    operations = [
        migrations.AlterField(
            model_name='question',
            name='audience',
            field=content.fields.StatedField(blank=True, choices=[('interviewer', 'Interviewer'), ('panel', 'Interviewer; answers kept back'), ('candidate', 'Candidate')], default='', max_length=12, verbose_name='asked by'),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='audience',
            field=content.fields.StatedField(blank=True, choices=[('interviewer', 'Interviewer'), ('candidate', 'Candidate')], default='', max_length=12, verbose_name='used by'),
        ),
        migrations.AlterField(
            model_name='setitem',
            name='required',
            field=models.BooleanField(blank=True, help_text='Asked in every interview, so that answers can be compared.', null=True),
        ),
    ]
