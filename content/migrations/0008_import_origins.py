"""Every import has a record of where it came from and what it wrote."""

import content.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0007_loaded_columns'),
    ]

    operations = [
        migrations.AddField(
            model_name='contentimport',
            name='details',
            field=models.TextField(blank=True, help_text='How many rows of each table it created, changed and retired.'),
        ),
        migrations.AddField(
            model_name='contentimport',
            name='origin',
            field=content.fields.LineField(blank=True, help_text='Where it came from: the file, and who or what loaded it.', max_length=200),
        ),
    ]
