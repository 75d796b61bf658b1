"""The models of the search, whose tables migrations of the content app have made."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("content", "0011_search_app")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='SearchWord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('word', models.CharField(max_length=40, unique=True)),
                        ('entries', models.IntegerField(db_index=True, default=0, help_text='How many entries have it.')),
                    ],
                    options={
                        'db_table': 'content_searchword',
                        'ordering': ['word'],
                    },
                ),
                migrations.CreateModel(
                    name='SearchEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('object_id', models.PositiveBigIntegerField()),
                        ('url', models.CharField(max_length=300)),
                        ('title', models.TextField()),
                        ('aliases', models.TextField(blank=True)),
                        ('summary', models.TextField(blank=True)),
                        ('body', models.TextField(blank=True)),
                        ('changed_at', models.DateTimeField(db_index=True, null=True)),
                        ('change_note', models.TextField(blank=True)),
                        ('noted_on', models.DateField(null=True)),
                        ('collection', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='content.collection')),
                    ],
                    options={
                        'verbose_name_plural': 'search entries',
                        'db_table': 'content_searchentry',
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='content_searchentry_one_per_row', violation_error_message='This row has an entry already.')],
                    },
                ),
            ]
        )
    ]
