"""The tables of version 0.2.0, for new databases; databases of version 0.1 run the ones it replaces."""

import content.base_models
import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('roles', '0001_initial'),
        ('roles', '0002_edit_times'),
        ('roles', '0003_not_stated'),
        ('roles', '0004_visibility'),
    ]

    dependencies = [
        ('content', '0001_version_0_2_0'),
        ('skills', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleFamily',
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
            ],
            options={
                'verbose_name_plural': 'role families',
                'ordering': ['position', 'title', 'id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('collection', 'slug'), name='roles_rolefamily_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='roles_rolefamily_external_id_in_collection', violation_error_message='Another one in this collection has this external id.')],
            },
        ),
        migrations.CreateModel(
            name='Role',
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
                ('aliases', content.fields.PlainTextField(blank=True, help_text='Other titles, one a line; the search finds them.')),
                ('purpose', content.fields.MarkdownField(blank=True, help_text='Why an organisation has this role.')),
                ('week', content.fields.MarkdownField(blank=True, help_text='What a week in this role looks like.', verbose_name='a usual week')),
                ('responsibilities', content.fields.MarkdownField(blank=True, help_text='What this role answers for, as a list.')),
                ('deliverables', content.fields.MarkdownField(blank=True, help_text='What it hands over: documents, decisions, results.')),
                ('works_with', content.fields.MarkdownField(blank=True, help_text='Who it works with, and on what.')),
                ('background', content.fields.MarkdownField(blank=True, help_text='Where people in this role come from.')),
                ('neighbours', content.fields.MarkdownField(blank=True, help_text='How it differs from the roles nearest to it.')),
                ('body', content.fields.MarkdownField(blank=True, verbose_name='further reading')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='roles', to='roles.rolefamily')),
            ],
            options={
                'ordering': ['title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='roles_role_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='roles_role_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='roles_role_external_id_in_collection', violation_error_message='Another one in this collection has this external id.'), models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='roles_role_note_has_date', violation_error_message='A note on what changed has its day, and a day its note.')],
            },
        ),
        migrations.CreateModel(
            name='RoleMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('origin', content.fields.LineField(blank=True, help_text='Where it starts, if not at a role here, e.g. Recent graduate.', max_length=200)),
                ('kind', models.CharField(choices=[('entry', 'Way in'), ('lateral', 'Lateral move'), ('switch', 'Change of career'), ('related', 'Related role')], default='lateral', max_length=10)),
                ('text', content.fields.MarkdownField(blank=True, help_text='What the move takes.')),
                ('from_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moves_out', to='roles.role')),
                ('to_role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves_in', to='roles.role')),
            ],
            options={
                'ordering': ['to_role', 'position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('from_role__isnull', False), ('origin', '')), models.Q(('from_role__isnull', True), models.Q(('origin', ''), _negated=True)), _connector='OR'), name='roles_rolemove_starts_somewhere', violation_error_message='This move starts at a role and in words, or at neither: give one of the two.'), models.CheckConstraint(condition=models.Q(('from_role__isnull', True), models.Q(('from_role', models.F('to_role')), _negated=True), _connector='OR'), name='roles_rolemove_leads_elsewhere', violation_error_message='This move leads back to the role it starts at.'), models.UniqueConstraint(fields=('from_role', 'origin', 'to_role', 'kind'), name='roles_rolemove_once', violation_error_message='This move is there already.'), models.UniqueConstraint(condition=models.Q(('from_role__isnull', True)), fields=('origin', 'to_role', 'kind'), name='roles_rolemove_from_outside_once', violation_error_message='This move is there already.')],
            },
        ),
        migrations.CreateModel(
            name='SkillRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('importance', content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('desirable', 'Desirable')], default='', max_length=10)),
                ('measured_level', models.DecimalField(blank=True, decimal_places=3, help_text='How much is needed, where the publisher measures it in numbers.', max_digits=8, null=True)),
                ('measured_importance', models.DecimalField(blank=True, decimal_places=3, help_text='How much it matters, where the publisher measures it in numbers.', max_digits=8, null=True)),
                ('note', content.fields.MarkdownField(blank=True, help_text='Why, or in what form, it is needed here.')),
                ('proficiency', models.ForeignKey(blank=True, help_text="A step of the skill's own scale; empty where the publisher names none.", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='skills.proficiency')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_requirements', to='roles.role')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='%(class)ss', to='skills.skill')),
            ],
            options={
                'ordering': ['role', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('role', 'skill'), name='roles_skillrequirement_one_per_skill', violation_error_message='This role asks for this skill already.')],
            },
        ),
    ]
