"""Labels, help texts and messages in American English; no table changes."""

import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0012_american_english'),
        ('roles', '0006_core_profile'),
        ('skills', '0007_american_english'),
    ]

    operations = [
        migrations.AlterField(
            model_name='familyrequirement',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='familyrequirement',
            name='importance',
            field=content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('expected', 'Expected'), ('helpful', 'Helpful')], default='', help_text='Essential: it decides; choose 6 to 12 skills. Expected: part of the job. Helpful: can be learned on the job.', max_length=10),
        ),
        migrations.AlterField(
            model_name='familyrequirement',
            name='measured_importance',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The importance, if the publisher measures it in numbers.', max_digits=8, null=True),
        ),
        migrations.AlterField(
            model_name='familyrequirement',
            name='measured_level',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The required level, if the publisher measures it in numbers.', max_digits=8, null=True),
        ),
        migrations.AlterField(
            model_name='familyrequirement',
            name='note',
            field=content.fields.MarkdownField(blank=True, help_text='Why it is required here, or in what form.'),
        ),
        migrations.AlterField(
            model_name='familyrequirement',
            name='proficiency',
            field=models.ForeignKey(blank=True, help_text="A proficiency of the skill's own scale. Leave blank if none is stated.", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='skills.proficiency'),
        ),
        migrations.AlterField(
            model_name='role',
            name='aliases',
            field=content.fields.PlainTextField(blank=True, help_text='Other titles, one per line; the search finds them.'),
        ),
        migrations.AlterField(
            model_name='role',
            name='body',
            field=content.fields.MarkdownField(blank=True, verbose_name='further information'),
        ),
        migrations.AlterField(
            model_name='role',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='role',
            name='deliverables',
            field=content.fields.MarkdownField(blank=True, help_text='Deliverables: documents, decisions, results.'),
        ),
        migrations.AlterField(
            model_name='role',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='role',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='role',
            name='neighbours',
            field=content.fields.MarkdownField(blank=True, help_text='How it differs from similar roles.', verbose_name='similar roles'),
        ),
        migrations.AlterField(
            model_name='role',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='role',
            name='purpose',
            field=content.fields.MarkdownField(blank=True, help_text='Why an organization has this role.'),
        ),
        migrations.AlterField(
            model_name='role',
            name='responsibilities',
            field=content.fields.MarkdownField(blank=True, help_text='Responsibilities, as a list.'),
        ),
        migrations.AlterField(
            model_name='role',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='role',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='role',
            name='week',
            field=content.fields.MarkdownField(blank=True, help_text='What a week in this role looks like.', verbose_name='typical week'),
        ),
        migrations.AlterField(
            model_name='role',
            name='works_with',
            field=content.fields.MarkdownField(blank=True, help_text='Who people in this role work with, and on what.'),
        ),
        migrations.AlterField(
            model_name='rolefamily',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='rolemove',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='rolemove',
            name='kind',
            field=models.CharField(choices=[('entry', 'Entry'), ('lateral', 'Lateral move'), ('switch', 'Career change'), ('related', 'Related role')], default='lateral', max_length=10),
        ),
        migrations.AlterField(
            model_name='rolemove',
            name='origin',
            field=content.fields.LineField(blank=True, help_text='Where it starts, if not at a role of the portal, such as “Recent graduate”.', max_length=200),
        ),
        migrations.AlterField(
            model_name='rolemove',
            name='text',
            field=content.fields.MarkdownField(blank=True, help_text='What the move requires.'),
        ),
        migrations.AlterField(
            model_name='skillrequirement',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='skillrequirement',
            name='importance',
            field=content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('expected', 'Expected'), ('helpful', 'Helpful')], default='', help_text='Essential: it decides; choose 6 to 12 skills. Expected: part of the job. Helpful: can be learned on the job.', max_length=10),
        ),
        migrations.AlterField(
            model_name='skillrequirement',
            name='measured_importance',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The importance, if the publisher measures it in numbers.', max_digits=8, null=True),
        ),
        migrations.AlterField(
            model_name='skillrequirement',
            name='measured_level',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The required level, if the publisher measures it in numbers.', max_digits=8, null=True),
        ),
        migrations.AlterField(
            model_name='skillrequirement',
            name='note',
            field=content.fields.MarkdownField(blank=True, help_text='Why it is required here, or in what form.'),
        ),
        migrations.AlterField(
            model_name='skillrequirement',
            name='proficiency',
            field=models.ForeignKey(blank=True, help_text="A proficiency of the skill's own scale. Leave blank if none is stated.", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='skills.proficiency'),
        ),
        migrations.AlterConstraint(
            model_name='familyrequirement',
            name='roles_familyrequirement_one_per_skill',
            constraint=models.UniqueConstraint(fields=('family', 'skill'), name='roles_familyrequirement_one_per_skill', violation_error_message='This family already requires this skill.'),
        ),
        migrations.AlterConstraint(
            model_name='role',
            name='roles_role_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='roles_role_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='role',
            name='roles_role_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='roles_role_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='role',
            name='roles_role_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='roles_role_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='role',
            name='roles_role_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='roles_role_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
        migrations.AlterConstraint(
            model_name='rolefamily',
            name='roles_rolefamily_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='roles_rolefamily_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='rolefamily',
            name='roles_rolefamily_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='roles_rolefamily_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='rolemove',
            name='roles_rolemove_starts_somewhere',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_role__isnull', False), ('origin', '')), models.Q(('from_role__isnull', True), models.Q(('origin', ''), _negated=True)), _connector='OR'), name='roles_rolemove_starts_somewhere', violation_error_message='This move has both a role and a text as its origin, or neither. Give one of the two.'),
        ),
        migrations.AlterConstraint(
            model_name='rolemove',
            name='roles_rolemove_leads_elsewhere',
            constraint=models.CheckConstraint(condition=models.Q(('from_role__isnull', True), models.Q(('from_role', models.F('to_role')), _negated=True), _connector='OR'), name='roles_rolemove_leads_elsewhere', violation_error_message='This move ends at the role where it starts.'),
        ),
        migrations.AlterConstraint(
            model_name='rolemove',
            name='roles_rolemove_once',
            constraint=models.UniqueConstraint(fields=('from_role', 'origin', 'to_role', 'kind'), name='roles_rolemove_once', violation_error_message='This move already exists.'),
        ),
        migrations.AlterConstraint(
            model_name='rolemove',
            name='roles_rolemove_from_outside_once',
            constraint=models.UniqueConstraint(condition=models.Q(('from_role__isnull', True)), fields=('origin', 'to_role', 'kind'), name='roles_rolemove_from_outside_once', violation_error_message='This move already exists.'),
        ),
        migrations.AlterConstraint(
            model_name='skillrequirement',
            name='roles_skillrequirement_one_per_skill',
            constraint=models.UniqueConstraint(fields=('role', 'skill'), name='roles_skillrequirement_one_per_skill', violation_error_message='This role already requires this skill.'),
        ),
    ]
