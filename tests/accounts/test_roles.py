"""Whoever sets the site up finds the roles there, whatever stands last in the list of apps."""

import pytest
from django.apps import AppConfig, apps
from django.contrib.auth.models import Group
from django.core.management.sql import emit_post_migrate_signal

from accounts.roles import MODERATORS, ORGANISERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_roles():
    Group.objects.filter(name__in=[ORGANISERS, MODERATORS]).delete()


def roles() -> list[str]:
    return list(Group.objects.filter(name__in=[ORGANISERS, MODERATORS]).order_by("name").values_list("name", flat=True))


def test_roles_are_made_when_a_database_is_migrated(no_roles):
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert roles() == [MODERATORS, ORGANISERS]


def test_roles_are_made_where_the_last_app_has_no_models(no_roles, monkeypatch):
    # As with PostgreSQL or S3: their apps join the end of the list.
    longer = [*apps.get_app_configs(), AppConfig.create("storages")]
    monkeypatch.setattr(apps, "get_app_configs", lambda: longer)

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert roles() == [MODERATORS, ORGANISERS]


def test_organisers_may_open_the_admin_and_change_hosts():
    permissions = Group.objects.get(name=ORGANISERS).permissions

    assert set(permissions.filter(codename__in=["access_admin", "change_host"]).values_list("codename", flat=True)) == {
        "access_admin",
        "change_host",
    }
