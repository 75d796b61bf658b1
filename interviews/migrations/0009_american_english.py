"""Labels, help texts and messages in American English; no table changes."""

import content.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0012_american_english'),
        ('interviews', '0008_stated_by_sources'),
        ('ladders', '0009_american_english'),
        ('roles', '0007_american_english'),
        ('skills', '0007_american_english'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='probe',
            options={'ordering': ['question', 'position', 'id'], 'verbose_name': 'follow-up'},
        ),
        migrations.AlterField(
            model_name='anchor',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='anchor',
            name='text',
            field=content.fields.MarkdownField(help_text='Evidence in the answer, not adjectives.'),
        ),
        migrations.AlterField(
            model_name='answerframework',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='answerframework',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='answerframework',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='answerframework',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='answerframework',
            name='pitfalls',
            field=content.fields.MarkdownField(blank=True, help_text='Common mistakes in this format.'),
        ),
        migrations.AlterField(
            model_name='answerframework',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='answerframework',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='answerstep',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='probe',
            name='condition',
            field=content.fields.LineField(blank=True, help_text='When to ask it, for example if the answer is only about the team.', max_length=200),
        ),
        migrations.AlterField(
            model_name='probe',
            name='depth',
            field=models.PositiveSmallIntegerField(default=0, help_text='0 if it follows the question, 1 if it follows the follow-up above it, and so on.'),
        ),
        migrations.AlterField(
            model_name='probe',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='probe',
            name='required',
            field=models.BooleanField(default=False, help_text='Whether to ask it in every interview, not only when useful.'),
        ),
        migrations.AlterField(
            model_name='question',
            name='audience',
            field=content.fields.StatedField(blank=True, choices=[('interviewer', 'Interviewer'), ('panel', 'Interviewer; answers hidden from candidates'), ('candidate', 'Candidate')], default='', max_length=12, verbose_name='asked by'),
        ),
        migrations.AlterField(
            model_name='question',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='question',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='question',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=content.fields.StatedField(blank=True, choices=[('behavioural', 'Behavioral'), ('situational', 'Situational'), ('technical', 'Technical'), ('program_sense', 'Program sense'), ('estimation', 'Estimation'), ('case', 'Case'), ('leadership', 'Leadership'), ('motivation', 'Motivation')], default='', max_length=15),
        ),
        migrations.AlterField(
            model_name='question',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How long it takes, including follow-ups.', null=True),
        ),
        migrations.AlterField(
            model_name='question',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='question',
            name='prompt',
            field=content.fields.MarkdownField(help_text="The question in the interviewer's words, in one to three sentences."),
        ),
        migrations.AlterField(
            model_name='question',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='question',
            name='roles',
            field=models.ManyToManyField(blank=True, help_text='Leave blank for any role.', related_name='questions', to='roles.role'),
        ),
        migrations.AlterField(
            model_name='question',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='change_note',
            field=content.fields.LineField(blank=True, help_text='What changed last, in one sentence for readers.', max_length=200),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='former_titles',
            field=content.fields.PlainTextField(blank=True, help_text='Earlier titles since it was first published, one per line. They are added when the title changes. The search finds them, but no page shows them. Remove any that were a mistake.'),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Total time of the set.', null=True),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='noted_on',
            field=models.DateField(blank=True, help_text='The date of that change; later edits do not change it.', null=True),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='outro',
            field=content.fields.MarkdownField(blank=True, help_text='Wrap-up, and what to do afterward.'),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='reviewed_on',
            field=models.DateField(blank=True, help_text='When someone last reviewed it.', null=True),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='stage',
            field=content.fields.StatedField(blank=True, choices=[('recruiter_screen', 'Recruiter screen'), ('phone_screen', 'Phone screen'), ('onsite', 'Onsite loop'), ('panel', 'Panel'), ('practice', 'Practice')], default='', max_length=20),
        ),
        migrations.AlterField(
            model_name='questionset',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Visitors see only what is published; all other addresses answer “Page not found”. Archived content keeps its history, and its address for when it is published again.', max_length=10),
        ),
        migrations.AlterField(
            model_name='questionskill',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='setitem',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='setitem',
            name='required',
            field=models.BooleanField(blank=True, help_text='Whether to ask it in every interview, so that answers can be compared.', null=True),
        ),
        migrations.AlterField(
            model_name='setsection',
            name='choose',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Minimum number of questions to ask. Leave blank for all.', null=True),
        ),
        migrations.AlterField(
            model_name='setsection',
            name='extra',
            field=models.JSONField(blank=True, default=dict, help_text='Unmapped columns of an import; stored and written again by an export.'),
        ),
        migrations.AlterField(
            model_name='setsection',
            name='script',
            field=content.fields.MarkdownField(blank=True, help_text='What the interviewer says in this section.'),
        ),
        migrations.AlterField(
            model_name='setsection',
            name='slug',
            field=content.fields.SlugField(blank=True, help_text='Slug. Generated from the title if blank.', max_length=80),
        ),
        migrations.AlterConstraint(
            model_name='anchor',
            name='interviews_anchor_one_general',
            constraint=models.UniqueConstraint(condition=models.Q(('band__isnull', True)), fields=('question', 'rating'), name='interviews_anchor_one_general', violation_error_message='This rating already has an anchor for all bands.'),
        ),
        migrations.AlterConstraint(
            model_name='anchor',
            name='interviews_anchor_one_per_band',
            constraint=models.UniqueConstraint(condition=models.Q(('band__isnull', False)), fields=('question', 'rating', 'band'), name='interviews_anchor_one_per_band', violation_error_message='This rating already has an anchor for this band.'),
        ),
        migrations.AlterConstraint(
            model_name='answerframework',
            name='interviews_answerframework_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='interviews_answerframework_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='answerframework',
            name='interviews_answerframework_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='interviews_answerframework_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='answerframework',
            name='interviews_answerframework_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='interviews_answerframework_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='answerframework',
            name='interviews_answerframework_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='interviews_answerframework_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
        migrations.AlterConstraint(
            model_name='question',
            name='interviews_question_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='interviews_question_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='question',
            name='interviews_question_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='interviews_question_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='question',
            name='interviews_question_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='interviews_question_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='question',
            name='interviews_question_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='interviews_question_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
        migrations.AlterConstraint(
            model_name='questionset',
            name='interviews_questionset_published_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='interviews_questionset_published_has_date', violation_error_message='This is published but has no publication date.'),
        ),
        migrations.AlterConstraint(
            model_name='questionset',
            name='interviews_questionset_slug_in_collection',
            constraint=models.UniqueConstraint(fields=('collection', 'slug'), name='interviews_questionset_slug_in_collection', violation_error_message='Another row of this collection has this slug.'),
        ),
        migrations.AlterConstraint(
            model_name='questionset',
            name='interviews_questionset_external_id_in_collection',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='interviews_questionset_external_id_in_collection', violation_error_message='Another row of this collection has this external id.'),
        ),
        migrations.AlterConstraint(
            model_name='questionset',
            name='interviews_questionset_note_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('noted_on', None)), models.Q(models.Q(('change_note', ''), _negated=True), ('noted_on__isnull', False)), _connector='OR'), name='interviews_questionset_note_has_date', violation_error_message='A change note needs a date, and a date needs a change note.'),
        ),
        migrations.AlterConstraint(
            model_name='questionskill',
            name='interviews_questionskill_once',
            constraint=models.UniqueConstraint(fields=('question', 'skill'), name='interviews_questionskill_once', violation_error_message='This question already tests this skill.'),
        ),
        migrations.AlterConstraint(
            model_name='setitem',
            name='interviews_setitem_once',
            constraint=models.UniqueConstraint(fields=('section', 'question'), name='interviews_setitem_once', violation_error_message='This question is already in this section.'),
        ),
    ]
