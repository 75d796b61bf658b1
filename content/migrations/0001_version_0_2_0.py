"""The tables of version 0.2.0, for new databases; databases of version 0.1 run the ones it replaces."""

from importlib import import_module

import content.base_models
import content.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

vectors = import_module('content.migrations.0002_search_vectors')


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('content', '0001_initial'),
        ('content', '0002_search_vectors'),
        ('content', '0003_stable_identity'),
        ('content', '0004_lost_links'),
        ('content', '0005_search_word_counts'),
        ('content', '0006_edit_times'),
        ('content', '0007_loaded_columns'),
        ('content', '0008_import_origins'),
        ('content', '0009_loaded_cells'),
        ('content', '0010_visibility'),
    ]

    dependencies = [
        ('reversion', '0002_add_index_on_version_for_content_type_and_db'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Only what is published can be seen by visitors. Archived things keep their history and their address.', max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('slug', content.fields.SlugField(error_messages={'unique': 'Another collection has this slug.'}, max_length=80, unique=True)),
                ('title', content.fields.LineField(max_length=200)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='What this collection is, in one or two sentences.')),
                ('is_home', models.BooleanField(default=False, help_text="Exactly one collection is the portal's own; its pages have the short addresses.", verbose_name="the portal's own")),
                ('publisher', content.fields.LineField(help_text='The person or organisation that publishes it.', max_length=200)),
                ('version', content.fields.LineField(blank=True, help_text='The version as its publisher names it.', max_length=200)),
                ('language', models.CharField(default='en', help_text='BCP 47, e.g. en, en-GB, ar.', max_length=35)),
                ('licence', content.fields.LineField(help_text="SPDX identifier, e.g. CC-BY-4.0, or the licence's name.", max_length=200)),
                ('licence_url', models.URLField(blank=True, verbose_name='licence address')),
                ('attribution', content.fields.PlainTextField(help_text='Shown on every page of this content.')),
                ('modified', content.fields.PlainTextField(blank=True, help_text='What differs here from what its publisher offers. Shown on every page, as many licences ask for.', verbose_name='what was changed')),
                ('notices', content.fields.MarkdownField(blank=True, help_text='Trademark notices and other terms that travel with it.')),
                ('source_url', models.URLField(blank=True, verbose_name='source address')),
            ],
            options={
                'ordering': ['position', 'title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='content_collection_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(condition=models.Q(('is_home', True)), fields=('is_home',), name='content_collection_one_home', violation_error_message="Another collection is the portal's own: only one can be.")],
            },
        ),
        migrations.CreateModel(
            name='ContentImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', content.fields.LineField(blank=True, max_length=200)),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', content.fields.LineField(help_text='What it changed, in a sentence for readers.', max_length=200)),
                ('origin', content.fields.LineField(blank=True, help_text='Where it came from: the file, and who or what loaded it.', max_length=200)),
                ('details', models.TextField(blank=True, help_text='How many rows of each table it created, changed and retired.')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='content.collection')),
            ],
            options={
                'ordering': ['-imported_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='LoadedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=400)),
                ('object_id', models.PositiveBigIntegerField()),
                ('columns', models.TextField(blank=True, default='')),
                ('cells', models.TextField(blank=True, default='')),
                ('digest', models.CharField(blank=True, default='', max_length=32)),
                ('position', models.PositiveIntegerField(null=True)),
                ('external_id', content.fields.LineField(blank=True, max_length=200)),
                ('text_digest', models.CharField(blank=True, max_length=32)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
            ],
            options={
                'ordering': ['table', 'key', 'id'],
                'constraints': [models.UniqueConstraint(fields=('collection', 'table', 'key'), name='content_loadedrow_once', violation_error_message='This row was loaded already.')],
            },
        ),
        migrations.CreateModel(
            name='LostLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('object_id', models.PositiveBigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('field', models.CharField(max_length=60)),
                ('target_id', models.PositiveBigIntegerField()),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reversion.revision')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['kind', 'object_id'], name='content_lostlink_of_row')],
                'constraints': [models.UniqueConstraint(fields=('revision', 'kind', 'object_id', 'field', 'target_id'), name='content_lostlink_once', violation_error_message='This link was noted already.')],
            },
        ),
        migrations.CreateModel(
            name='SlugRedirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', content.fields.LineField(help_text='The model, e.g. roles.role.', max_length=200)),
                ('within', models.PositiveBigIntegerField(default=0, help_text='What it is a part of, e.g. the ladder of a level; 0 if its collection alone owns it.')),
                ('slug', content.fields.SlugField(max_length=80)),
                ('object_id', models.PositiveBigIntegerField()),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
            ],
            options={
                'ordering': ['kind', 'slug', 'id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'collection', 'within', 'slug'), name='content_slugredirect_one_target', violation_error_message='This former address leads somewhere already.')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40, unique=True)),
                ('entries', models.IntegerField(db_index=True, default=0, help_text='How many entries have it.')),
            ],
            options={
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
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='content_searchentry_one_per_row', violation_error_message='This row has an entry already.')],
            },
        ),
        migrations.RunPython(
            vectors.run({"sqlite": vectors.SQLITE, "postgresql": vectors.POSTGRESQL}),
            vectors.run({"sqlite": vectors.SQLITE_BACK, "postgresql": vectors.POSTGRESQL_BACK}),
        ),
    ]
