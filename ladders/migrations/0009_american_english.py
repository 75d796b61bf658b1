"""Labels, help texts and messages in American English; no table changes."""

import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0012_american_english'),
        ('ladders', '0008_what_decides'),
        ('roles', '0007_american_english'),
        ('skills', '0007_american_english'),
    ]

    operations = [
        migrations.AlterField(
            model_name='band',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='expectation',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='expectation',
            name='group',
            field=models.ForeignKey(blank=True, help_text='For an expectation that belongs to a dimension rather than to one skill.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='expectations', to='skills.skillgroup', verbose_name='dimension'),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='confidence',
            field=content.fields.StatedField(blank=True, choices=[('high', 'High: published by the organization'), ('medium', 'Medium: multiple self-reports, or one insider source'), ('low', 'Low: few reports')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='organisation',
            field=content.fields.LineField(blank=True, help_text='The organization that uses the ladder. Leave blank for a reference ladder.', max_length=200, verbose_name='organization'),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='other_roles',
            field=models.ManyToManyField(blank=True, help_text='Other roles that this ladder covers.', related_name='shared_ladders', to='roles.role'),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='rule',
            field=content.fields.StatedField(blank=True, choices=[('per_skill', 'Every skill at its proficiency'), ('points', 'Points across all skills'), ('judgement', 'Overall judgment')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='level',
            name='autonomy',
            field=content.fields.LineField(blank=True, help_text='What people at this level decide on their own.', max_length=400),
        ),
        migrations.AlterField(
            model_name='level',
            name='band_relation',
            field=content.fields.StatedField(blank=True, choices=[('exact', 'Matches the band'), ('narrower', 'Part of the band'), ('broader', 'Wider than the band'), ('overlaps', 'Overlaps the band')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='level',
            name='code',
            field=content.fields.LineField(blank=True, help_text="The level's short name, such as IC4 or L6.", max_length=40),
        ),
        migrations.AlterField(
            model_name='level',
            name='cumulative',
            field=models.BooleanField(default=False, help_text='This level includes everything that the level below requires.'),
        ),
        migrations.AlterField(
            model_name='level',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='level',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='level',
            name='reach',
            field=content.fields.LineField(blank=True, help_text='Stakeholders, and who people at this level influence.', max_length=400),
        ),
        migrations.AlterField(
            model_name='level',
            name='scope',
            field=content.fields.LineField(blank=True, help_text='Scope of ownership.', max_length=400),
        ),
        migrations.AlterField(
            model_name='level',
            name='title',
            field=content.fields.LineField(help_text='The job title of people at this level.', max_length=200),
        ),
        migrations.AlterField(
            model_name='levelmove',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='levelmove',
            name='text',
            field=content.fields.MarkdownField(blank=True, help_text='What the move requires.'),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='decides',
            field=models.BooleanField(default=False, help_text='Whether it decides a promotion into this level. Choose three to five skills of a level.'),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='importance',
            field=content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('expected', 'Expected'), ('helpful', 'Helpful')], default='', help_text='Essential: it decides; choose 6 to 12 skills. Expected: part of the job. Helpful: can be learned on the job.', max_length=10),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='measured_importance',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The importance, if the publisher measures it in numbers.', max_digits=8, null=True),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='measured_level',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The required level, if the publisher measures it in numbers.', max_digits=8, null=True),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='note',
            field=content.fields.MarkdownField(blank=True, help_text='Why it is required here, or in what form.'),
        ),
        migrations.AlterField(
            model_name='levelrequirement',
            name='proficiency',
            field=models.ForeignKey(blank=True, help_text="A proficiency of the skill's own scale. Leave blank if none is stated.", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='skills.proficiency'),
        ),
        migrations.AlterConstraint(
            model_name='expectation',
            name='ladders_expectation_one_heading',
            constraint=models.CheckConstraint(condition=models.Q(('skill__isnull', True), ('group__isnull', True), _connector='OR'), name='ladders_expectation_one_heading', violation_error_message='This expectation has both a skill and a dimension. Give only one.'),
        ),
        migrations.AlterConstraint(
            model_name='ladder',
            name='ladders_ladder_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='ladders_ladder_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='ladder',
            name='ladders_ladder_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='ladders_ladder_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='ladder',
            name='ladders_ladder_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='ladders_ladder_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='ladder',
            name='ladders_ladder_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='ladders_ladder_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
        migrations.AlterConstraint(
            model_name='levelmove',
            name='ladders_levelmove_once',
            constraint=models.UniqueConstraint(fields=('from_level', 'to_level', 'kind'), name='ladders_levelmove_once', violation_error_message='This move already exists.'),
        ),
        migrations.AlterConstraint(
            model_name='levelmove',
            name='ladders_levelmove_leads_elsewhere',
            constraint=models.CheckConstraint(condition=models.Q(('from_level', models.F('to_level')), _negated=True), name='ladders_levelmove_leads_elsewhere', violation_error_message='This move ends at the level where it starts.'),
        ),
        migrations.AlterConstraint(
            model_name='levelrequirement',
            name='ladders_levelrequirement_one_per_skill',
            constraint=models.UniqueConstraint(fields=('level', 'skill'), name='ladders_levelrequirement_one_per_skill', violation_error_message='This level already requires this skill.'),
        ),
    ]
