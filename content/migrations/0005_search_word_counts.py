"""Counts for each word of the search how many entries have it, so that unused words are forgotten."""

from collections import Counter
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from search.text import words_of

vectors = import_module("content.migrations.0002_search_vectors")

#: Adding the column makes the table anew on SQLite, and the triggers of its index are lost.
INDEX = {"sqlite": vectors.followed("content_words", "content_searchword", "word"), "postgresql": []}
TEXTS = ("title", "aliases", "summary", "body")
LENGTHS = range(2, 41)


def count_words(apps, schema_editor):
    words = apps.get_model("content", "SearchWord").objects
    counts = Counter()
    for texts in apps.get_model("content", "SearchEntry").objects.values_list(*TEXTS).iterator():
        counts.update({word for word in words_of(" ".join(texts)) if len(word) in LENGTHS})
    words.all().delete()
    words.bulk_create(
        [words.model(word=word, entries=number) for word, number in sorted(counts.items())], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("content", "0004_lost_links")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, vectors.run(INDEX)),
        migrations.AddField(
            model_name="searchword",
            name="entries",
            field=models.IntegerField(db_index=True, default=0, help_text="How many entries have it."),
        ),
        migrations.RunPython(vectors.run(INDEX), migrations.RunPython.noop),
        migrations.RunPython(count_words, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="searchentry",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="content.collection"
            ),
        ),
    ]
