"""Labels, help texts and messages in American English; no table changes."""

import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0012_american_english'),
        ('skills', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='learningresource',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='learningresource',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='learningresource',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='learningresource',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='learningresource',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='learningresource',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='proficiency',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='proficiency',
            name='summary',
            field=content.fields.PlainTextField(blank=True, help_text='What this proficiency means for any skill.'),
        ),
        migrations.AlterField(
            model_name='proficiency',
            name='value',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The value on a numeric scale.', max_digits=8, null=True),
        ),
        migrations.AlterField(
            model_name='scale',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='skill',
            name='aliases',
            field=content.fields.PlainTextField(blank=True, help_text='Other names, one per line; the search finds them.'),
        ),
        migrations.AlterField(
            model_name='skill',
            name='artefacts',
            field=content.fields.MarkdownField(blank=True, help_text='Work samples that show this skill.', verbose_name='work samples'),
        ),
        migrations.AlterField(
            model_name='skill',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='skill',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='skill',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='skill',
            name='kind',
            field=content.fields.StatedField(blank=True, choices=[('skill', 'Skill'), ('knowledge', 'Knowledge'), ('ability', 'Ability'), ('behaviour', 'Behavior'), ('value', 'Value')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='skill',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='skill',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='skill',
            name='scale',
            field=models.ForeignKey(blank=True, help_text='The scale whose proficiencies describe this skill.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='skills', to='skills.scale'),
        ),
        migrations.AlterField(
            model_name='skill',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='skilldescriptor',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='skilldescriptor',
            name='text',
            field=content.fields.MarkdownField(help_text='Observable behavior, not adjectives.'),
        ),
        migrations.AlterField(
            model_name='skillgroup',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterConstraint(
            model_name='learningresource',
            name='skills_learningresource_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='skills_learningresource_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='learningresource',
            name='skills_learningresource_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='skills_learningresource_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='learningresource',
            name='skills_learningresource_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_learningresource_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='learningresource',
            name='skills_learningresource_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='skills_learningresource_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
        migrations.AlterConstraint(
            model_name='proficiency',
            name='skills_proficiency_slug_in_scale',
            constraint=models.UniqueConstraint(fields=('scale', 'slug'), name='skills_proficiency_slug_in_scale', violation_error_message='Another proficiency of this scale has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='proficiency',
            name='skills_proficiency_position_in_scale',
            constraint=models.UniqueConstraint(fields=('scale', 'position'), name='skills_proficiency_position_in_scale', violation_error_message='Another proficiency of this scale has this position.'),
        ),
        migrations.AlterConstraint(
            model_name='scale',
            name='skills_scale_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='skills_scale_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='scale',
            name='skills_scale_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_scale_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='skill',
            name='skills_skill_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='skills_skill_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='skill',
            name='skills_skill_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='skills_skill_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='skill',
            name='skills_skill_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_skill_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='skill',
            name='skills_skill_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='skills_skill_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
        migrations.AlterConstraint(
            model_name='skilldescriptor',
            name='skills_skilldescriptor_one_per_step',
            constraint=models.UniqueConstraint(fields=('skill', 'proficiency'), name='skills_skilldescriptor_one_per_step', violation_error_message='This skill already has a descriptor for this proficiency.'),
        ),
        migrations.AlterConstraint(
            model_name='skillgroup',
            name='skills_skillgroup_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='skills_skillgroup_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='skillgroup',
            name='skills_skillgroup_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='skills_skillgroup_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
    ]
