"""Labels, help texts and messages; no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ladders', '0009_american_english'),
    ]

    operations = [
        migrations.AlterField(
            model_name='expectation',
            name='kind',
            field=models.CharField(choices=[('expectation', 'Expectation'), ('example', 'Example'), ('anti_pattern', 'Anti-pattern'), ('note', 'Note')], default='expectation', max_length=12),
        ),
    ]
