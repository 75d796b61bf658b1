"""Stores with every row whether visitors may see it, as `content.visibility` does from now on."""

from django.db import migrations
from django.db.models import Q

#: Every model after those that its rows stand on: app, model, whether it has a status, and those relations.
MODELS = [
    ("ladders", "Band", False, ()),
    ("content", "Collection", True, ()),
    ("guides", "Guide", True, ("collection",)),
    ("interviews", "AnswerFramework", True, ("collection",)),
    ("interviews", "Question", True, ("collection",)),
    ("interviews", "QuestionSet", True, ("collection",)),
    ("ladders", "Ladder", True, ("collection",)),
    ("roles", "RoleFamily", False, ("collection",)),
    ("skills", "Scale", False, ("collection",)),
    ("skills", "SkillGroup", False, ("collection",)),
    ("skills", "LearningResource", True, ("collection",)),
    ("interviews", "AnswerStep", False, ("framework",)),
    ("interviews", "Probe", False, ("question",)),
    ("interviews", "Anchor", False, ("question",)),
    ("interviews", "SetSection", False, ("question_set",)),
    ("ladders", "Level", False, ("ladder",)),
    ("roles", "Role", True, ("collection", "family")),
    ("skills", "Proficiency", False, ("scale",)),
    ("skills", "Skill", True, ("collection", "group")),
    ("interviews", "QuestionSkill", False, ("question", "skill", "proficiency")),
    ("interviews", "SetItem", False, ("section", "question")),
    ("ladders", "LevelMove", False, ("from_level", "to_level")),
    ("ladders", "LevelRequirement", False, ("level", "skill", "proficiency")),
    ("ladders", "Expectation", False, ("level", "skill", "group")),
    ("roles", "SkillRequirement", False, ("role", "skill", "proficiency")),
    ("roles", "RoleMove", False, ("from_role", "to_role")),
    ("skills", "SkillDescriptor", False, ("skill", "proficiency")),
    ("skills", "Indicator", False, ("skill", "proficiency")),
]


def store_visibility(apps, schema_editor):
    for app, name, has_status, relations in MODELS:
        model = apps.get_model(app, name)
        condition = Q(status="published") if has_status else Q()
        if name == "Anchor":
            condition &= ~Q(question__audience="panel")
        for relation in relations:
            is_live = Q(**{f"{relation}__is_live": True})
            if model._meta.get_field(relation).null:
                is_live |= Q(**{f"{relation}__isnull": True})
            condition &= is_live
        model._base_manager.filter(condition).update(is_live=True)


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0010_visibility"),
        ("guides", "0005_visibility"),
        ("interviews", "0005_visibility"),
        ("ladders", "0005_visibility"),
        ("roles", "0004_visibility"),
        ("skills", "0006_visibility"),
    ]

    operations = [migrations.RunPython(store_visibility, migrations.RunPython.noop)]
