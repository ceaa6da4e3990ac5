"""Six more kinds of things to find; on PostgreSQL each gets its own part of the search index."""

from django.db import migrations, models

KINDS = range(10, 16)
BITS = 57  # of a row's key below its kind


def add_parts(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for kind in KINDS:
            edges = f"FROM ({kind << BITS}) TO ({(kind + 1) << BITS})"
            schema_editor.execute(
                f"CREATE TABLE archive_passage_{kind} PARTITION OF archive_passage FOR VALUES {edges}"
            )


def take_parts_away(apps, schema_editor):
    """With what is in them: nobody asks for it then."""
    if schema_editor.connection.vendor == "postgresql":
        for kind in KINDS:
            schema_editor.execute(f"DROP TABLE archive_passage_{kind}")
    else:
        apps.get_model("archive", "Passage").objects.filter(kind__in=KINDS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0008_kinds_apart"),
    ]

    operations = [
        # safe-because: the choices are Django's own; no column changes.
        migrations.AlterField(
            model_name="passage",
            name="kind",
            field=models.PositiveSmallIntegerField(
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
                    (10, "Asked of the room"),
                    (11, "Promises"),
                    (12, "What became of promises"),
                    (13, "Links"),
                    (14, "Corrections"),
                    (15, "Hosts"),
                ]
            ),
        ),
        migrations.RunPython(add_parts, take_parts_away),
    ]
