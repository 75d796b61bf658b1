"""The tables of version 0.2.0, for new databases; databases of version 0.1 run the ones it replaces."""

import content.base_models
import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('guides', '0001_initial'),
        ('guides', '0002_edit_times'),
        ('guides', '0003_known_edits'),
        ('guides', '0004_not_stated'),
        ('guides', '0005_visibility'),
    ]

    dependencies = [
        ('content', '0001_version_0_2_0'),
        ('ladders', '0001_version_0_2_0'),
        ('roles', '0001_version_0_2_0'),
        ('skills', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Only what is published can be seen by visitors. Archived things keep their history and their address.', max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('former_titles', content.fields.PlainTextField(blank=True, help_text='Titles it had since it was first published, one a line. Each is added when the title changes, is found by the search and shown on no page; take out what was a mistake.')),
                ('title', content.fields.LineField(max_length=200)),
                ('slug', content.fields.SlugField(help_text='The last part of the address.', max_length=80)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='One or two plain sentences; shown in lists and search results.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('featured', models.BooleanField(default=False, help_text='Shown on the first page and first in lists.')),
                ('reviewed_on', models.DateField(blank=True, help_text='When somebody last read it with care.', null=True)),
                ('change_note', content.fields.LineField(blank=True, help_text='What changed last, in a sentence for readers.', max_length=200)),
                ('noted_on', models.DateField(blank=True, help_text='The day of that change; no later edit moves it.', null=True)),
                ('sources', content.fields.MarkdownField(blank=True, help_text='Where the facts come from, as a list.')),
                ('audience', content.fields.StatedField(blank=True, choices=[('newcomer', 'Newcomers'), ('practitioner', 'Practising TPMs'), ('interviewer', 'Interviewers'), ('editor', 'Organisations and editors')], default='', max_length=12)),
                ('body', content.fields.MarkdownField()),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('ladders', models.ManyToManyField(blank=True, related_name='guides', to='ladders.ladder')),
                ('roles', models.ManyToManyField(blank=True, related_name='guides', to='roles.role')),
                ('skills', models.ManyToManyField(blank=True, related_name='guides', to='skills.skill')),
            ],
            options={
                'ordering': ['position', 'title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='guides_guide_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='guides_guide_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='guides_guide_external_id_in_collection', violation_error_message='Another one in this collection has this external id.'), models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='guides_guide_note_has_date', violation_error_message='A note on what changed has its day, and a day its note.')],
            },
        ),
    ]
