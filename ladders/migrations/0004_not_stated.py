"""What a source does not state is stored empty."""

import content.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("ladders", "0003_edit_times"),
    ]

    operations = [
        migrations.AlterField(
            model_name='ladder',
            name='confidence',
            field=content.fields.StatedField(blank=True, choices=[('high', 'High: published by the organisation'), ('medium', 'Medium: many reports, or one from inside'), ('low', 'Low: few reports')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='rule',
            field=content.fields.StatedField(blank=True, choices=[('per_skill', 'Every skill at its proficiency'), ('points', 'Points over all skills'), ('judgement', 'Judgement over the whole')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='level',
            name='band_confidence',
            field=content.fields.StatedField(blank=True, choices=[('high', 'High: published by the organisation'), ('medium', 'Medium: many reports, or one from inside'), ('low', 'Low: few reports')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='level',
            name='band_relation',
            field=content.fields.StatedField(blank=True, choices=[('exact', 'The same as the band'), ('narrower', 'A part of the band'), ('broader', 'Wider than the band'), ('overlaps', 'Overlaps the band')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='level',
            name='track',
            field=content.fields.StatedField(blank=True, choices=[('individual', 'Individual contributor'), ('manager', 'Manager')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='importance',
            field=content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('desirable', 'Desirable')], default='', max_length=10),
        ),
    ]
