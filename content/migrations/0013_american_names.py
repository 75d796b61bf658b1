"""Names of fields and values of choices in American spelling."""

import content.fields
from django.db import migrations

from content.former_spellings import rename_stored_field


def rename_in_history(apps, schema_editor):
    rename_stored_field(apps, "content.collection", "pack.yml", "licence")
    rename_stored_field(apps, "content.collection", "pack.yml", "licence_url")


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0012_american_english"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RenameField("collection", "licence", "license"),
        migrations.RenameField("collection", "licence_url", "license_url"),
        migrations.AlterField(
            model_name='collection',
            name='license',
            field=content.fields.LineField(help_text='SPDX identifier, such as CC-BY-4.0, or the name of the license.', max_length=200),
        ),
        migrations.RunPython(rename_in_history, migrations.RunPython.noop),
    ]
