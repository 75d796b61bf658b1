"""Which skills decide a promotion into a level, and what is not yet expected at it."""

import content.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ladders', '0007_three_importances'),
    ]

    operations = [
        migrations.AddField(
            model_name='level',
            name='not_yet_expected',
            field=content.fields.LineField(blank=True, help_text='What people at this level are not yet expected to do; one sentence.', max_length=400),
        ),
        migrations.AddField(
            model_name='levelrequirement',
            name='decides',
            field=models.BooleanField(default=False, help_text='It decides a promotion into this level, as three to five skills of a level do.'),
        ),
    ]
