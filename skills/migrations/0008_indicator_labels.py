"""Labels, help texts and messages; no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('skills', '0007_american_english'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='kind',
            field=models.CharField(choices=[('indicator', 'Indicators'), ('example', 'Examples'), ('anti_pattern', 'Anti-patterns')], default='indicator', max_length=12),
        ),
    ]
