"""Names of fields and values of choices in American spelling."""

from django.db import migrations

from content.former_spellings import rename_stored_field


def rename_in_history(apps, schema_editor):
    rename_stored_field(apps, "roles.role", "roles", "neighbours")


class Migration(migrations.Migration):
    dependencies = [
        ("roles", "0007_american_english"),
        ("content", "0012_american_english"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RenameField("role", "neighbours", "neighbors"),
        migrations.RunPython(rename_in_history, migrations.RunPython.noop),
    ]
