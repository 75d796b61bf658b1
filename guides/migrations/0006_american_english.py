"""Labels, help texts and messages in American English; no table changes."""

import content.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0012_american_english'),
        ('guides', '0001_version_0_2_0'),
        ('ladders', '0009_american_english'),
        ('roles', '0007_american_english'),
        ('skills', '0007_american_english'),
    ]

    operations = [
        migrations.AlterField(
            model_name='guide',
            name='audience',
            field=content.fields.StatedField(blank=True, choices=[('newcomer', 'Newcomers'), ('practitioner', 'Working TPMs'), ('interviewer', 'Interviewers'), ('editor', 'Organizations and editors')], default='', max_length=12),
        ),
        migrations.AlterField(
            model_name='guide',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='guide',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='guide',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='guide',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='guide',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='guide',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterConstraint(
            model_name='guide',
            name='guides_guide_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='guides_guide_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='guide',
            name='guides_guide_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='guides_guide_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='guide',
            name='guides_guide_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='guides_guide_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='guide',
            name='guides_guide_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='guides_guide_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
    ]
