"""An archive with one of everything, and words in it that nobody may be told."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from pages.cache import bump
from tests.archive.programs.unpacking import stored
from tests.archive.programs.whole import SITE, make_whole


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE
    cache.clear()
    bump()


@pytest.fixture(autouse=True)
def _no_file_is_left():
    yield
    for name in stored():
        storages["private"].delete(f"open-data/{name}")


@pytest.fixture
def whole():
    made = make_whole()
    bump()
    return made


@pytest.fixture
def read(client):
    """What the API answers at an address below /api/v1/, as data."""

    def get(address, status=200, **headers):
        response = client.get(f"/api/v1/{address}", **headers)
        assert response.status_code == status, response.content
        return response.json()

    return get


@pytest.fixture
def a_while_ago():
    return dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
