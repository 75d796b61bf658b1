import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content', '0001_initial'),
        ('ladders', '0001_initial'),
        ('roles', '0001_initial'),
        ('skills', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerFramework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Only what is published can be seen by visitors. Archived things keep their history and their address.', max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('former_titles', content.fields.PlainTextField(blank=True, help_text='Titles it had since it was first published, one a line. Each is added when the title changes, is found by the search and shown on no page; take out what was a mistake.')),
                ('title', content.fields.LineField(max_length=200)),
                ('slug', content.fields.SlugField(help_text='The last part of the address.', max_length=80)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='One or two plain sentences; shown in lists and search results.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('featured', models.BooleanField(default=False, help_text='Shown on the first page and first in lists.')),
                ('reviewed_on', models.DateField(blank=True, help_text='When somebody last read it with care.', null=True)),
                ('sources', content.fields.MarkdownField(blank=True, help_text='Where the facts come from, as a list.')),
                ('when_to_use', content.fields.MarkdownField(blank=True)),
                ('pitfalls', content.fields.MarkdownField(blank=True, help_text='How answers in this form go wrong.')),
                ('body', content.fields.MarkdownField(blank=True)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
            ],
            options={
                'ordering': ['position', 'title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='interviews_answerframework_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='interviews_answerframework_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='interviews_answerframework_external_id_in_collection', violation_error_message='Another one in this collection has this external id.')],
            },
        ),
        migrations.CreateModel(
            name='AnswerStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('slug', content.fields.SlugField(max_length=80)),
                ('title', content.fields.LineField(max_length=200)),
                ('candidate', content.fields.MarkdownField(blank=True, verbose_name='prompt for the candidate')),
                ('interviewer', content.fields.MarkdownField(blank=True, verbose_name='prompt for the interviewer')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='interviews.answerframework')),
            ],
            options={
                'ordering': ['framework', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'slug'), name='interviews_answerstep_slug', violation_error_message='Another step of this framework has this slug.')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Only what is published can be seen by visitors. Archived things keep their history and their address.', max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('former_titles', content.fields.PlainTextField(blank=True, help_text='Titles it had since it was first published, one a line. Each is added when the title changes, is found by the search and shown on no page; take out what was a mistake.')),
                ('title', content.fields.LineField(max_length=200)),
                ('slug', content.fields.SlugField(help_text='The last part of the address.', max_length=80)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='One or two plain sentences; shown in lists and search results.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('featured', models.BooleanField(default=False, help_text='Shown on the first page and first in lists.')),
                ('reviewed_on', models.DateField(blank=True, help_text='When somebody last read it with care.', null=True)),
                ('sources', content.fields.MarkdownField(blank=True, help_text='Where the facts come from, as a list.')),
                ('prompt', content.fields.MarkdownField(help_text='The question as it is asked, in one to three sentences.')),
                ('kind', models.CharField(choices=[('behavioural', 'Behavioural'), ('situational', 'Situational'), ('technical', 'Technical'), ('program_sense', 'Program sense'), ('estimation', 'Estimation'), ('case', 'Case'), ('leadership', 'Leadership'), ('motivation', 'Motivation')], default='behavioural', max_length=15)),
                ('audience', models.CharField(choices=[('interviewer', 'Interviewer'), ('candidate', 'Candidate')], default='interviewer', max_length=12, verbose_name='asked by')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, help_text='How long it takes with its probes.', null=True)),
                ('guidance', content.fields.MarkdownField(blank=True, help_text='How to ask, and what to listen for.')),
                ('avoid', content.fields.MarkdownField(blank=True, help_text='What not to ask, and what not to reward.', verbose_name='what to avoid')),
                ('band_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='ladders.band')),
                ('band_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='ladders.band')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('roles', models.ManyToManyField(blank=True, help_text='Empty: for any role.', related_name='questions', to='roles.role')),
            ],
            options={
                'ordering': ['title', 'id'],
                'abstract': False,
                'indexes': [models.Index(fields=['status', 'title', 'id'], name='interviews_questions_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='interviews_question_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='interviews_question_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='interviews_question_external_id_in_collection', violation_error_message='Another one in this collection has this external id.')],
            },
        ),
        migrations.CreateModel(
            name='Probe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('condition', content.fields.LineField(blank=True, help_text='When to ask it, e.g. if the answer stays with the team.', max_length=200)),
                ('text', content.fields.MarkdownField()),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='probes', to='interviews.answerstep')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='probes', to='interviews.question')),
            ],
            options={
                'ordering': ['question', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('rating', models.PositiveSmallIntegerField(choices=[(1, 'Poor'), (2, 'Mixed'), (3, 'Good'), (4, 'Outstanding')])),
                ('text', content.fields.MarkdownField(help_text='Evidence in the answer, not an adjective.')),
                ('band', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='ladders.band')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anchors', to='interviews.question')),
            ],
            options={
                'ordering': ['question', 'rating', 'band__position', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('band__isnull', True)), fields=('question', 'rating'), name='interviews_anchor_one_general', violation_error_message='This rating has an anchor for all bands already.'), models.UniqueConstraint(condition=models.Q(('band__isnull', False)), fields=('question', 'rating', 'band'), name='interviews_anchor_one_per_band', violation_error_message='This rating has an anchor for this band already.'), models.CheckConstraint(condition=models.Q(('rating__gte', 1), ('rating__lte', 4)), name='interviews_anchor_rating_in_range', violation_error_message='This rating is not one of 1 to 4.')],
            },
        ),
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_index=True, default='draft', help_text='Only what is published can be seen by visitors. Archived things keep their history and their address.', max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('former_titles', content.fields.PlainTextField(blank=True, help_text='Titles it had since it was first published, one a line. Each is added when the title changes, is found by the search and shown on no page; take out what was a mistake.')),
                ('title', content.fields.LineField(max_length=200)),
                ('slug', content.fields.SlugField(help_text='The last part of the address.', max_length=80)),
                ('summary', content.fields.PlainTextField(blank=True, help_text='One or two plain sentences; shown in lists and search results.')),
                ('external_id', content.fields.LineField(blank=True, help_text='The identifier this has at its publisher, if it was imported.', max_length=200)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('featured', models.BooleanField(default=False, help_text='Shown on the first page and first in lists.')),
                ('reviewed_on', models.DateField(blank=True, help_text='When somebody last read it with care.', null=True)),
                ('sources', content.fields.MarkdownField(blank=True, help_text='Where the facts come from, as a list.')),
                ('stage', models.CharField(choices=[('recruiter_screen', 'Recruiter screen'), ('phone_screen', 'Phone screen'), ('onsite', 'On-site loop'), ('panel', 'Panel'), ('practice', 'Practice')], default='onsite', max_length=20)),
                ('audience', models.CharField(choices=[('interviewer', 'Interviewer'), ('candidate', 'Candidate')], default='interviewer', max_length=12, verbose_name='used by')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, help_text='How long the whole set takes.', null=True)),
                ('intro', content.fields.MarkdownField(blank=True, help_text='What to say and do before the first question.')),
                ('outro', content.fields.MarkdownField(blank=True, help_text='How to close, and what to do afterwards.')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.collection')),
                ('level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='question_sets', to='ladders.level')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='question_sets', to='roles.role')),
            ],
            options={
                'ordering': ['position', 'title', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='interviews_questionset_published_has_date', violation_error_message='This is published without a date of publication.'), models.UniqueConstraint(fields=('collection', 'slug'), name='interviews_questionset_slug_in_collection', violation_error_message='Another one in this collection has this slug.'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('collection', 'external_id'), name='interviews_questionset_external_id_in_collection', violation_error_message='Another one in this collection has this external id.')],
            },
        ),
        migrations.CreateModel(
            name='QuestionSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('proficiency', models.ForeignKey(blank=True, help_text='The proficiency that a good answer shows.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='skills.proficiency')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='question_skills', to='interviews.question')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='question_skills', to='skills.skill')),
            ],
            options={
                'ordering': ['question', 'position', 'id'],
                'indexes': [models.Index(fields=['skill', 'question'], name='interviews_questions_of_skill')],
                'constraints': [models.UniqueConstraint(fields=('question', 'skill'), name='interviews_questionskill_once', violation_error_message='This question probes this skill already.')],
            },
        ),
        migrations.CreateModel(
            name='SetSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('title', content.fields.LineField(max_length=200)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('script', content.fields.MarkdownField(blank=True, help_text='What the interviewer says in this part.')),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='interviews.questionset')),
            ],
            options={
                'ordering': ['question_set', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SetItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('required', models.BooleanField(default=True, help_text='Asked in every interview, so that answers can be compared.')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='set_items', to='interviews.question')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='interviews.setsection')),
            ],
            options={
                'ordering': ['section', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('section', 'question'), name='interviews_setitem_once', violation_error_message='This question stands in this section already.')],
            },
        ),
    ]
