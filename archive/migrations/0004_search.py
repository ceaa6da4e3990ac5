"""The search index, and what finds words in it fast: GIN on PostgreSQL, FTS5 with its triggers on SQLite."""

import archive.models.searching
from django.db import migrations, models

ON_POSTGRESQL = (
    ["CREATE INDEX archive_passage_tokens ON archive_passage USING gin (tokens)"],
    ["DROP INDEX archive_passage_tokens"],
)
# An index over a table that keeps the words itself: https://www.sqlite.org/fts5.html#external_content_tables
ON_SQLITE = (
    [
        """CREATE VIRTUAL TABLE archive_passage_words USING fts5(
            tokens, content='archive_passage', content_rowid='id', tokenize="ascii tokenchars '=@~._-'"
        )""",
        """CREATE TRIGGER archive_passage_added AFTER INSERT ON archive_passage BEGIN
            INSERT INTO archive_passage_words(rowid, tokens) VALUES (new.id, new.tokens);
        END""",
        """CREATE TRIGGER archive_passage_gone AFTER DELETE ON archive_passage BEGIN
            INSERT INTO archive_passage_words(archive_passage_words, rowid, tokens)
            VALUES ('delete', old.id, old.tokens);
        END""",
        """CREATE TRIGGER archive_passage_changed AFTER UPDATE ON archive_passage BEGIN
            INSERT INTO archive_passage_words(archive_passage_words, rowid, tokens)
            VALUES ('delete', old.id, old.tokens);
            INSERT INTO archive_passage_words(rowid, tokens) VALUES (new.id, new.tokens);
        END""",
    ],
    [
        "DROP TRIGGER archive_passage_changed",
        "DROP TRIGGER archive_passage_gone",
        "DROP TRIGGER archive_passage_added",
        "DROP TABLE archive_passage_words",
    ],
)


class NoFullTextSearch(Exception):
    """This SQLite was built without FTS5, and there is no search without it."""


def run(schema_editor, direction):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
            if cursor.fetchone() is None:
                raise NoFullTextSearch("This Python's SQLite has no FTS5: use another Python, or PostgreSQL.")
    for statement in (ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE)[direction]:
        schema_editor.execute(statement)


def add(apps, schema_editor):
    run(schema_editor, 0)


def take_away(apps, schema_editor):
    run(schema_editor, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0003_transcripts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Evenings"),
                            (2, "Talks"),
                            (3, "Asked of every speaker"),
                            (4, "Answers"),
                            (5, "Questions from the audience"),
                            (6, "People"),
                            (7, "Organisations"),
                            (8, "Topics"),
                            (9, "Said in recordings"),
                        ]
                    ),
                ),
                ("source", models.BigIntegerField(help_text="The key of what it was made from.")),
                (
                    "owner",
                    models.CharField(
                        db_index=True, help_text="With what it is made anew, such as “evening 7”.", max_length=40
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("who", models.TextField(blank=True, help_text="Whose words they are, as they were on the day.")),
                (
                    "also",
                    models.TextField(blank=True, help_text="Names under which it is found beside its own, one a line."),
                ),
                ("place", models.TextField(blank=True, help_text="Where it was said.")),
                ("place_url", models.TextField(blank=True)),
                ("url", models.TextField()),
                ("day", models.DateField(null=True)),
                (
                    "names",
                    models.TextField(
                        blank=True, help_text="Of an evening: whose own rows say when they last spoke, by owner."
                    ),
                ),
                ("tokens", archive.models.searching.TokensField()),
                (
                    "digest",
                    models.CharField(help_text="Of all the above: equal, and nothing is written.", max_length=40),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Stale",
            fields=[
                ("owner", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
            options={
                "ordering": ("owner",),
            },
        ),
        migrations.CreateModel(
            name="IndexedWord",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("initial", models.CharField(max_length=1)),
                ("length", models.PositiveSmallIntegerField()),
                (
                    "count",
                    models.PositiveIntegerField(
                        default=0, help_text="In how many passages it stood when it was last counted."
                    ),
                ),
            ],
            options={
                "ordering": ("word",),
                "indexes": [models.Index(fields=["initial", "length"], name="archive_words_alike")],
            },
        ),
        migrations.RunPython(add, take_away),
    ]
