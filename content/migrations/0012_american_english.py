"""Labels, help texts and messages in American English; no table changes."""

import content.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0011_search_app'),
        ('reversion', '0002_add_index_on_version_for_content_type_and_db'),
    ]

    operations = [
        migrations.AlterField(
            model_name='collection',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='collection',
            name='language',
            field=models.CharField(default='en', help_text='A BCP 47 language tag, such as en, en-US or ar.', max_length=35),
        ),
        migrations.AlterField(
            model_name='collection',
            name='licence',
            field=content.fields.LineField(help_text='SPDX identifier, such as CC-BY-4.0, or the name of the license.', max_length=200, verbose_name='license'),
        ),
        migrations.AlterField(
            model_name='collection',
            name='licence_url',
            field=models.URLField(blank=True, verbose_name='license address'),
        ),
        migrations.AlterField(
            model_name='collection',
            name='modified',
            field=content.fields.PlainTextField(blank=True, help_text="How this differs from the publisher's version. Shown on every page, as many licenses require.", verbose_name='changes made here'),
        ),
        migrations.AlterField(
            model_name='collection',
            name='notices',
            field=content.fields.MarkdownField(blank=True, help_text='Trademark notices and other terms that apply to it.'),
        ),
        migrations.AlterField(
            model_name='collection',
            name='publisher',
            field=content.fields.LineField(help_text='The person or organization that publishes it.', max_length=200),
        ),
        migrations.AlterField(
            model_name='collection',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='contentimport',
            name='note',
            field=content.fields.LineField(help_text='What it changed, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='contentimport',
            name='origin',
            field=content.fields.LineField(blank=True, help_text='Where it came from: the file, and who or what imported it.', max_length=200),
        ),
        migrations.AlterField(
            model_name='slugredirect',
            name='kind',
            field=content.fields.LineField(help_text='The model, such as roles.role.', max_length=200),
        ),
        migrations.AlterField(
            model_name='slugredirect',
            name='within',
            field=models.PositiveBigIntegerField(default=0, help_text='The id of its parent, such as the ladder of a level; 0 if it belongs only to its collection.'),
        ),
        migrations.AlterConstraint(
            model_name='collection',
            name='content_collection_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='content_collection_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='loadedrow',
            name='content_loadedrow_once',
            constraint=models.UniqueConstraint(fields=('collection', 'table', 'key'), name='content_loadedrow_once', violation_error_message='This row has already been imported.'),
        ),
        migrations.AlterConstraint(
            model_name='lostlink',
            name='content_lostlink_once',
            constraint=models.UniqueConstraint(fields=('revision', 'kind', 'object_id', 'field', 'target_id'), name='content_lostlink_once', violation_error_message='This link has already been recorded.'),
        ),
        migrations.AlterConstraint(
            model_name='slugredirect',
            name='content_slugredirect_one_target',
            constraint=models.UniqueConstraint(fields=('kind', 'collection', 'within', 'slug'), name='content_slugredirect_one_target', violation_error_message='This former address already redirects somewhere.'),
        ),
    ]
