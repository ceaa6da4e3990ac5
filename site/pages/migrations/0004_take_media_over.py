"""Recordings that were uploaded so far, rows and files, from the folder that everybody may read into the private one."""

from functools import partial

from django.core.files.storage import storages
from django.core.management.color import no_style
from django.db import migrations, transaction

FIELDS = ("title", "type", "duration", "width", "height", "collection_id", "uploaded_by_user_id")


def move(source, target, *, old, new, using):
    for row in source.objects.using(using).all():
        name = row.file.name
        if old.exists(name):
            with old.open(name) as file:
                name = new.save(name, file)
            # Only once the rows are there too.
            transaction.on_commit(partial(old.delete, row.file.name), using=using)
        fields = {field: getattr(row, field) for field in FIELDS}
        target.objects.using(using).update_or_create(pk=row.pk, defaults={**fields, "file": name})


def to_private(apps, schema_editor):
    public, private = apps.get_model("wagtailmedia", "Media"), apps.get_model("pages", "MediaFile")
    connection = schema_editor.connection
    move(public, private, old=storages["default"], new=storages["private"], using=connection.alias)
    for statement in connection.ops.sequence_reset_sql(no_style(), [private]):
        schema_editor.execute(statement)


def to_public(apps, schema_editor):
    public, private = apps.get_model("wagtailmedia", "Media"), apps.get_model("pages", "MediaFile")
    connection = schema_editor.connection
    move(private, public, old=storages["private"], new=storages["default"], using=connection.alias)
    for statement in connection.ops.sequence_reset_sql(no_style(), [public]):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_media_file"), ("wagtailmedia", "0005_alter_media_options")]
    operations = [migrations.RunPython(to_private, to_public)]
