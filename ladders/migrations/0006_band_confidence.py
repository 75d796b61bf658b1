"""The labels say how reliable a band is."""

import content.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ladders', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.AlterField(
            model_name='level',
            name='band_confidence',
            field=content.fields.StatedField(blank=True, choices=[('high', 'High: clear evidence for this band'), ('medium', 'Medium: some evidence for this band'), ('low', 'Low: little evidence for this band')], default='', max_length=10),
        ),
    ]
