"""On PostgreSQL what was written last stands in the search index itself, not on a list beside it.

GIN gathers new rows on a list that each search reads from end to end: most of a search's time, until a vacuum takes
it in. Publishing an evening costs a few milliseconds more without it.
https://www.postgresql.org/docs/current/gin-implementation.html#GIN-FAST-UPDATE
"""

from django.db import migrations

MADE_ANEW = "CREATE INDEX archive_passage_tokens ON archive_passage USING gin (tokens)"


def make_anew(schema_editor, statement):
    """About eight seconds at 276,000 rows, in which nobody searches."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX archive_passage_tokens")
        schema_editor.execute(statement)


def without(apps, schema_editor):
    make_anew(schema_editor, f"{MADE_ANEW} WITH (fastupdate = off)")


def with_it(apps, schema_editor):
    make_anew(schema_editor, MADE_ANEW)


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0009_more_kinds"),
    ]

    operations = [
        migrations.RunPython(without, with_it),
    ]
