from django.db import migrations
from wagtail.contrib.redirects.models import Redirect


def lead_from_originals(apps, schema_editor):
    """What is public already leads from where it first appeared, as it will at each publication from now on."""
    redirects = apps.get_model("wagtailredirects", "Redirect")
    events = apps.get_model("events", "EventPage").objects.filter(live=True).exclude(original_url="")
    for pk, original_url in events.order_by("starts_at").values_list("pk", "original_url"):
        old = Redirect.normalise_path(original_url)
        if old != "/" and len(old) <= 255 and not redirects.objects.filter(old_path=old).exists():
            redirects.objects.create(old_path=old, redirect_page_id=pk, is_permanent=True, automatically_created=True)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0010_terms_of_reuse"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    # They stay: what leads somewhere does no harm.
    operations = [migrations.RunPython(lead_from_originals, migrations.RunPython.noop)]
