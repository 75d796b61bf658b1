"""The tables of version 0.2.0, for new databases; databases of version 0.1 run the ones it replaces."""

import content.base_models
import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('ladders', '0001_initial'),
        ('ladders', '0002_stable_identity'),
        ('ladders', '0003_edit_times'),
        ('ladders', '0004_not_stated'),
        ('ladders', '0005_visibility'),
    ]

    dependencies = [
        ('content', '0001_version_0_2_0'),
        ('roles', '0001_version_0_2_0'),
        ('skills', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.CreateModel(
            name='Band',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('slug', content.fields.SlugField(error_messages={'unique': 'Another band has this slug.'}, max_length=80, unique=True)),
                ('title', content.fields.LineField(max_length=200)),
                ('summary', content.fields.PlainTextField(blank=True)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Ladder',
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
                ('organisation', content.fields.LineField(blank=True, help_text='Whose ladder it is; empty for a reference ladder.', max_length=200)),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='source address')),
                ('observed_on', models.DateField(blank=True, help_text='When it was read at its source.', null=True)),
                ('confidence', content.fields.StatedField(blank=True, choices=[('high', 'High: published by the organisation'), ('medium', 'Medium: many reports, or one from inside'), ('low', 'Low: few reports')], default='', max_length=10)),
                ('rule', content.fields.StatedField(blank=True, choices=[('per_skill', 'Every skill at its proficiency'), ('points', 'Points over all skills'), ('judgement', 'Judgement over the whole')], default='', max_length=10)),
                ('body', content.fields.MarkdownField(blank=True, help_text='How to read this ladder.')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('other_roles', models.ManyToManyField(blank=True, help_text='Further roles that this ladder serves.', related_name='shared_ladders', to='roles.role')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ladders', to='roles.role')),
            ],
            options={
                'ordering': ['position', 'title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='ladders_ladder_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='ladders_ladder_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='ladders_ladder_external_id_in_collection', violation_error_message='Another one in this collection has this external id.'), models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='ladders_ladder_note_has_date', violation_error_message='A note on what changed has its day, and a day its note.')],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('former_titles', content.fields.PlainTextField(blank=True, help_text='Titles it had since it was first published, one a line. Each is added when the title changes, is found by the search and shown on no page; take out what was a mistake.')),
                ('slug', content.fields.SlugField(max_length=80)),
                ('title', content.fields.LineField(help_text='The title people at this level carry.', max_length=200)),
                ('code', content.fields.LineField(blank=True, help_text="The level's short name, e.g. IC4 or L6.", max_length=40)),
                ('track', content.fields.StatedField(blank=True, choices=[('individual', 'Individual contributor'), ('manager', 'Manager')], default='', max_length=10)),
                ('summary', content.fields.PlainTextField(blank=True)),
                ('scope', content.fields.LineField(blank=True, help_text='How large the thing is that this level answers for.', max_length=400)),
                ('autonomy', content.fields.LineField(blank=True, help_text='What it decides alone.', max_length=400)),
                ('reach', content.fields.LineField(blank=True, help_text='Whom it works with and moves.', max_length=400)),
                ('years_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usual years, from')),
                ('years_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usual years, to')),
                ('cumulative', models.BooleanField(default=False, help_text='This level includes all that the level below asks for.')),
                ('band_relation', content.fields.StatedField(blank=True, choices=[('exact', 'The same as the band'), ('narrower', 'A part of the band'), ('broader', 'Wider than the band'), ('overlaps', 'Overlaps the band')], default='', max_length=10)),
                ('band_confidence', content.fields.StatedField(blank=True, choices=[('high', 'High: published by the organisation'), ('medium', 'Medium: many reports, or one from inside'), ('low', 'Low: few reports')], default='', max_length=10)),
                ('body', content.fields.MarkdownField(blank=True)),
                ('external_id', content.fields.LineField(blank=True, max_length=200)),
                ('band', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='levels', to='ladders.band')),
                ('band_to', models.ForeignKey(blank=True, help_text='The highest band it reaches, if it spans several.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='ladders.band')),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='ladders.ladder')),
            ],
            options={
                'ordering': ['ladder', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('ladder', 'slug'), name='ladders_level_slug_in_ladder', violation_error_message='Another level of this ladder has this slug.'), models.CheckConstraint(condition=models.Q(('years_min__isnull', True), ('years_max__isnull', True), ('years_max__gte', models.F('years_min')), _connector='OR'), name='ladders_level_years_in_order', violation_error_message='The usual years end before they begin.')],
            },
        ),
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('kind', models.CharField(choices=[('expectation', 'Expectation'), ('example', 'Example'), ('anti_pattern', 'Not this'), ('note', 'Note')], default='expectation', max_length=12)),
                ('text', content.fields.MarkdownField()),
                ('group', models.ForeignKey(blank=True, help_text='Used where it belongs to a whole dimension rather than to one skill.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='expectations', to='skills.skillgroup', verbose_name='dimension')),
                ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='expectations', to='skills.skill')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expectations', to='ladders.level')),
            ],
            options={
                'ordering': ['level', 'position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('skill__isnull', True), ('group__isnull', True), _connector='OR'), name='ladders_expectation_one_heading', violation_error_message='This expectation stands under both a skill and a dimension: give one at most.')],
            },
        ),
        migrations.CreateModel(
            name='LevelMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('kind', models.CharField(choices=[('promotion', 'Promotion'), ('lateral', 'Lateral move'), ('track_change', 'Change of track')], default='promotion', max_length=12)),
                ('text', content.fields.MarkdownField(blank=True, help_text='What the step takes.')),
                ('from_level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves_out', to='ladders.level')),
                ('to_level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves_in', to='ladders.level')),
            ],
            options={
                'ordering': ['from_level', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('from_level', 'to_level', 'kind'), name='ladders_levelmove_once', violation_error_message='This move is there already.'), models.CheckConstraint(condition=models.Q(('from_level', models.F('to_level')), _negated=True), name='ladders_levelmove_leads_elsewhere', violation_error_message='This move leads back to the level it starts at.')],
            },
        ),
        migrations.CreateModel(
            name='LevelRequirement',
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
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='ladders.level')),
                ('proficiency', models.ForeignKey(blank=True, help_text="A step of the skill's own scale; empty where the publisher names none.", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='skills.proficiency')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='%(class)ss', to='skills.skill')),
            ],
            options={
                'ordering': ['level', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('level', 'skill'), name='ladders_levelrequirement_one_per_skill', violation_error_message='This level asks for this skill already.')],
            },
        ),
    ]
