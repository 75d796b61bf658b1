"""The help text of the status says what visitors get at the address of an archived row."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ladders', '0006_band_confidence'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ladder',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “There is no such page”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
    ]
