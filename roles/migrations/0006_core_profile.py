"""Role families have a core profile: the skills that all their roles require."""

import content.base_models
import content.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roles', '0005_three_importances'),
        ('skills', '0001_version_0_2_0'),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', content.base_models.LiveField(default=False, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('edited_at', content.base_models.EditTimeField(blank=True, editable=False, null=True)),
                ('extra', models.JSONField(blank=True, default=dict, help_text='What an import brought and no field holds; kept and given back.')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller numbers come first; gaps are allowed.')),
                ('importance', content.fields.StatedField(blank=True, choices=[('essential', 'Essential'), ('expected', 'Expected'), ('helpful', 'Helpful')], default='', help_text='Essential: it decides; choose 6 to 12 skills. Expected: part of the job. Helpful: can be learned on the way.', max_length=10)),
                ('measured_level', models.DecimalField(blank=True, decimal_places=3, help_text='How much is needed, where the publisher measures it in numbers.', max_digits=8, null=True)),
                ('measured_importance', models.DecimalField(blank=True, decimal_places=3, help_text='How much it matters, where the publisher measures it in numbers.', max_digits=8, null=True)),
                ('note', content.fields.MarkdownField(blank=True, help_text='Why, or in what form, it is needed here.')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='roles.rolefamily')),
                ('proficiency', models.ForeignKey(blank=True, help_text="A step of the skill's own scale; empty where the publisher names none.", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='skills.proficiency')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='%(class)ss', to='skills.skill')),
            ],
            options={
                'ordering': ['family', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('family', 'skill'), name='roles_familyrequirement_one_per_skill', violation_error_message='This family requires this skill already.')],
            },
        ),
    ]
