"""The models of the search belong to an app of their own, which finds the tables as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    # The migration of guides still reads the entries of the search as a model of this app.
    dependencies = [("content", "0010_visibility"), ("guides", "0003_known_edits")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel("SearchWord"), migrations.DeleteModel("SearchEntry")]
        )
    ]
