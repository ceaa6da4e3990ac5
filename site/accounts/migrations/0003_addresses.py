"""Everybody who is there already: their address where signing in looks for it, and no password.

Going back leaves both: the rows go with their table, and a password that nobody can use does no harm.
"""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def settle(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for user in User.objects.iterator():
        email = user.email.lower()
        User.objects.filter(pk=user.pk).update(email=email, password=make_password(None))
        EmailAddress.objects.update_or_create(
            user_id=user.pk, email=email, defaults={"verified": True, "primary": True}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sign_in_link"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
