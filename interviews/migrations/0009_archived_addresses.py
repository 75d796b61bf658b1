"""The help text of the status says what visitors get at the address of an archived row."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0008_stated_by_sources'),
    ]

    operations = [
        migrations.AlterField(
            model_name='answerframework',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “There is no such page”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='question',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “There is no such page”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “There is no such page”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
    ]
