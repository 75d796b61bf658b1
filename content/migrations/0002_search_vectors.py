"""The index behind the search: FTS5 tables on SQLite, generated tsvector columns on PostgreSQL.

Both are kept right by the database itself, inside the writer's transaction. On SQLite triggers do it; a later
migration that alters `content_searchentry` or `content_searchword` makes the table anew there and loses them,
so it has to run `SQLITE` again (its statements drop what they create first).
"""

from django.db import migrations, models

HEADING_COLUMNS = "kind, title, aliases"
COLUMNS = "kind, title, aliases, summary, body"
TOKENS = "tokenize='porter unicode61 remove_diacritics 2'"


def followed(index: str, table: str, columns: str) -> list[str]:
    """An FTS5 index over the columns of a table that follows every change of theirs."""
    new, old = (", ".join(f"{row}.{column}" for column in columns.split(", ")) for row in ("new", "old"))
    add = f"INSERT INTO {index} (rowid, {columns}) VALUES (new.id, {new});"
    remove = f"INSERT INTO {index} ({index}, rowid, {columns}) VALUES ('delete', old.id, {old});"
    return [
        *unfollowed(index),
        f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{table}', content_rowid='id', {TOKENS})",
        f"INSERT INTO {index} ({index}) VALUES ('rebuild')",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE ON {table} WHEN ({new}) IS NOT ({old}) BEGIN {remove} {add} END",
    ]


def unfollowed(index: str) -> list[str]:
    """Without that index."""
    triggers = [f"DROP TRIGGER IF EXISTS {index}_{event}" for event in ("insert", "delete", "update")]
    return [*triggers, f"DROP TABLE IF EXISTS {index}"]


SQLITE = [
    *followed("content_headings", "content_searchentry", HEADING_COLUMNS),
    *followed("content_documents", "content_searchentry", COLUMNS),
    *followed("content_words", "content_searchword", "word"),
]
SQLITE_BACK = [*unfollowed("content_headings"), *unfollowed("content_documents"), *unfollowed("content_words")]


def vector(column: str, weight: str) -> str:
    """The stems in a column: without accents, split at every ASCII sign that is neither letter nor digit."""
    plain = rf"regexp_replace(normalize({column}, NFKD), '[\u0300-\u036f]', '', 'g')"
    words = rf"regexp_replace({plain}, '[!-/:-@\[-`{{-~]', ' ', 'g')"
    return f"setweight(to_tsvector('english', normalize({words}, NFC)), '{weight}')"


KIND = "array_to_tsvector(ARRAY['kind=' || kind::text])"
HEADING = " || ".join([KIND, vector("title", "A"), vector("aliases", "B")])
DOCUMENT = " || ".join([HEADING, vector("summary", "C"), vector("body", "D")])

POSTGRESQL = [
    f"ALTER TABLE content_searchentry ADD heading tsvector GENERATED ALWAYS AS ({HEADING}) STORED",
    f"ALTER TABLE content_searchentry ADD document tsvector GENERATED ALWAYS AS ({DOCUMENT}) STORED",
    # Beside its row, where counting reads it; the body may lie elsewhere.
    "ALTER TABLE content_searchentry ALTER document SET STORAGE MAIN",
    # Read far more often than written, so nothing is left to be merged into the index while searching.
    "CREATE INDEX content_searchentry_heading ON content_searchentry USING gin (heading) WITH (fastupdate = off)",
    "CREATE INDEX content_searchentry_document ON content_searchentry USING gin (document) WITH (fastupdate = off)",
    # Words are compared letter by letter, as on SQLite, so that a range of them holds all with one beginning.
    'ALTER TABLE content_searchword ALTER word TYPE varchar(40) COLLATE "C"',
]
POSTGRESQL_BACK = ["ALTER TABLE content_searchentry DROP heading, DROP document"]


def run(statements):
    """An operation that runs the statements for the database at hand."""

    def operation(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return operation


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40, unique=True)),
            ],
            options={"ordering": ["word"]},
        ),
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        ),
    ]
