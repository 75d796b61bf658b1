"""What a source does not state is stored empty."""

import content.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("skills", "0003_edit_times"),
    ]

    operations = [
        migrations.AlterField(
            model_name='learningresource',
            name='kind',
            field=content.fields.StatedField(blank=True, choices=[('book', 'Book'), ('course', 'Course'), ('article', 'Article'), ('video', 'Video'), ('podcast', 'Podcast'), ('community', 'Community'), ('tool', 'Tool')], default='', max_length=10),
        ),
    ]
