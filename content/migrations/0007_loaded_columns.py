"""Notes with every loaded row which columns its digest covers, so that a column that is added later is no edit."""

from django.db import migrations, models

#: The columns that digests cover before this migration. The identifiers of parts are left out: there were digests
#: without them, and an empty one was never covered.
COLUMNS = {
    "pack.yml": (
        "slug title summary publisher version language licence licence_url attribution modified notices "
        "source_url is_home position status published_at"
    ),
    "scales": "slug title summary external_id",
    "proficiencies": "scale slug title summary value position",
    "skill_groups": "slug title summary parent position external_id",
    "skills": (
        "slug title group kind scale related featured position aliases summary body artefacts sources reviewed_on "
        "change_note noted_on external_id status published_at former_titles"
    ),
    "skill_descriptors": "skill proficiency text",
    "indicators": "skill proficiency position kind text",
    "learning_resources": (
        "slug title kind author year url summary skills sources reviewed_on change_note noted_on external_id "
        "status published_at former_titles"
    ),
    "role_families": "slug title summary position external_id",
    "roles": (
        "slug title family featured position aliases summary purpose week responsibilities deliverables "
        "works_with background neighbours body sources reviewed_on change_note noted_on external_id status "
        "published_at former_titles"
    ),
    "skill_requirements": "role skill proficiency importance measured_level measured_importance note position",
    "role_moves": "to_role from_role origin kind text position",
    "bands": "slug title summary position",
    "ladders": (
        "slug title role other_roles organisation source_url observed_on confidence rule featured position "
        "summary body sources reviewed_on change_note noted_on external_id status published_at former_titles"
    ),
    "levels": (
        "ladder slug title code position track band band_to band_relation band_confidence summary scope autonomy "
        "reach years_min years_max cumulative body external_id former_titles"
    ),
    "level_requirements": "level skill proficiency importance measured_level measured_importance note position",
    "expectations": "level position skill group kind text",
    "level_moves": "from_level to_level kind text position",
    "answer_frameworks": (
        "slug title featured position summary when_to_use pitfalls body sources reviewed_on change_note noted_on "
        "external_id status published_at former_titles"
    ),
    "answer_steps": "framework slug title candidate interviewer position",
    "questions": (
        "slug title prompt kind audience band_from band_to minutes guidance avoid roles featured summary sources "
        "reviewed_on change_note noted_on external_id status published_at former_titles"
    ),
    "question_skills": "question skill proficiency position",
    "probes": "question position depth required step condition text",
    "anchors": "question rating band text",
    "question_sets": (
        "slug title role level stage audience minutes featured position summary intro outro sources reviewed_on "
        "change_note noted_on external_id status published_at former_titles"
    ),
    "set_sections": "question_set slug title minutes choose script position",
    "set_items": "section question required minutes position",
    "guides": (
        "slug title audience featured position summary body roles skills ladders sources reviewed_on change_note "
        "noted_on external_id status published_at former_titles"
    ),
}


def note_columns(apps, schema_editor):
    loaded = apps.get_model("content", "LoadedRow").objects
    for table, columns in COLUMNS.items():
        loaded.filter(table=table).update(columns=columns)


class Migration(migrations.Migration):
    dependencies = [("content", "0006_edit_times")]

    operations = [
        migrations.AddField(
            model_name="loadedrow",
            name="columns",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(note_columns, migrations.RunPython.noop),
    ]
