"""The tables of version 0.2.0, for new databases; databases of version 0.1 run the ones it replaces."""

import content.base_models
import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('skills', '0001_initial'),
        ('skills', '0002_stable_identity'),
        ('skills', '0003_edit_times'),
        ('skills', '0004_not_stated'),
        ('skills', '0005_kind_not_stated'),
        ('skills', '0006_visibility'),
    ]

    dependencies = [
        ('content', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.CreateModel(
            name='Scale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('title', content.fields.LineField(max_length=200)),
                ('slug', content.fields.SlugField(help_text='The last part of the address.', max_length=80)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='One or two plain sentences; shown in lists and search results.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
            ],
            options={
                'ordering': ['title', 'id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('collection', 'slug'), name='skills_scale_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_scale_external_id_in_collection', violation_error_message='Another one in this collection has this external id.')],
            },
        ),
        migrations.CreateModel(
            name='Proficiency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('slug', content.fields.SlugField(max_length=80)),
                ('title', content.fields.LineField(max_length=200)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='What this step means for any skill.')),
                ('value', models.DecimalField(blank=True, decimal_places=3, help_text='The number, on a numeric scale.', max_digits=8, null=True)),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proficiencies', to='skills.scale')),
            ],
            options={
                'verbose_name_plural': 'proficiencies',
                'ordering': ['scale', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('scale', 'slug'), name='skills_proficiency_slug_in_scale', violation_error_message='Another step of this scale has this slug.'), models.UniqueConstraint(fields=('scale', 'position'), name='skills_proficiency_position_in_scale', violation_error_message='Another step of this scale has this position.')],
            },
        ),
        migrations.CreateModel(
            name='Skill',
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
                ('kind', content.fields.StatedField(blank=True, choices=[('skill', 'Skill'), ('knowledge', 'Knowledge'), ('ability', 'Ability'), ('behaviour', 'Behaviour'), ('value', 'Value')], default='', max_length=10)),
                ('aliases', content.fields.PlainTextField(blank=True, help_text='Other names, one a line; the search finds them.')),
                ('body', content.fields.MarkdownField(blank=True, help_text='What this skill is, and what it is not.')),
                ('artefacts', content.fields.MarkdownField(blank=True, help_text='Things a person can show that prove this skill.')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('related', models.ManyToManyField(blank=True, related_name='related_from', to='skills.skill', verbose_name='related skills')),
                ('scale', models.ForeignKey(blank=True, help_text='The scale whose steps describe this skill.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='skills', to='skills.scale')),
            ],
            options={
                'ordering': ['title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='skills_skill_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='skills_skill_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_skill_external_id_in_collection', violation_error_message='Another one in this collection has this external id.'), models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='skills_skill_note_has_date', violation_error_message='A note on what changed has its day, and a day its note.')],
            },
        ),
        migrations.CreateModel(
            name='LearningResource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
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
                ('kind', content.fields.StatedField(blank=True, choices=[('book', 'Book'), ('course', 'Course'), ('article', 'Article'), ('video', 'Video'), ('podcast', 'Podcast'), ('community', 'Community'), ('tool', 'Tool')], default='', max_length=10)),
                ('author', content.fields.LineField(blank=True, help_text='Author, provider or host.', max_length=200)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('skills', models.ManyToManyField(blank=True, related_name='learning_resources', to='skills.skill')),
            ],
            options={
                'ordering': ['title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='skills_learningresource_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='skills_learningresource_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_learningresource_external_id_in_collection', violation_error_message='Another one in this collection has this external id.'), models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='skills_learningresource_note_has_date', violation_error_message='A note on what changed has its day, and a day its note.')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('kind', models.CharField(choices=[('indicator', 'Signs'), ('example', 'Examples'), ('anti_pattern', 'Not this')], default='indicator', max_length=12)),
                ('text', content.fields.MarkdownField()),
                ('proficiency', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='indicators', to='skills.proficiency')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='skills.skill')),
            ],
            options={
                'ordering': ['skill', 'proficiency__position', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SkillDescriptor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('text', content.fields.MarkdownField(help_text='Behaviour that can be seen, not adjectives.')),
                ('proficiency', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='descriptors', to='skills.proficiency')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='descriptors', to='skills.skill')),
            ],
            options={
                'ordering': ['skill', 'proficiency__position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('skill', 'proficiency'), name='skills_skilldescriptor_one_per_step', violation_error_message='This skill has a descriptor for this step already.')],
            },
        ),
        migrations.CreateModel(
            name='SkillGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('title', content.fields.LineField(max_length=200)),
                ('slug', content.fields.SlugField(help_text='The last part of the address.', max_length=80)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='One or two plain sentences; shown in lists and search results.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='subgroups', to='skills.skillgroup')),
            ],
            options={
                'ordering': ['position', 'title', 'id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('collection', 'slug'), name='skills_skillgroup_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_skillgroup_external_id_in_collection', violation_error_message='Another one in this collection has this external id.')],
            },
        ),
        migrations.AddField(
            model_name='skill',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='skills', to='skills.skillgroup'),
        ),
    ]
