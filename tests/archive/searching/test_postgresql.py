"""How the index lies on PostgreSQL: a part for each kind, under the name that it is asked by."""

import pytest
from django.db import connection

from archive.models import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.needs_postgres]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_part_and_no_waiting_list(kind):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT its.reloptions FROM pg_index JOIN pg_class AS its ON its.oid = indexrelid "
            "JOIN pg_am ON pg_am.oid = its.relam WHERE indrelid = %s::regclass AND amname = 'gin'",
            [f"archive_passage_{int(kind)}"],
        )
        assert cursor.fetchall() == [(["fastupdate=off"],)]
