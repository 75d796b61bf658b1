"""Labels, help texts and messages; no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0012_american_english'),
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='searchword',
            name='entries',
            field=models.IntegerField(db_index=True, default=0, help_text='The number of search entries that contain this word.'),
        ),
        migrations.AlterConstraint(
            model_name='searchentry',
            name='content_searchentry_one_per_row',
            constraint=models.UniqueConstraint(fields=('kind', 'object_id'), name='content_searchentry_one_per_row', violation_error_message='This row already has an entry.'),
        ),
    ]
