"""What holds for the whole admin: its door bears the site's name, and nothing in it is news of the software below."""

import pytest
from django.urls import reverse
from wagtail.test.utils import WagtailTestUtils

from tests.admin import sign_in

pytestmark = pytest.mark.django_db


def test_door_bears_the_name_of_the_site(client, settings):
    settings.WAGTAIL_SITE_NAME = "Lunch Bytes"
    soup = WagtailTestUtils.get_soup(client.get(reverse("wagtailadmin_login")).content)
    assert soup.select_one("main h1").get_text(strip=True) == "Sign in to Lunch Bytes"
    assert soup.select(".login-logo") == []


def test_help_has_no_news_of_wagtail(client):
    sign_in(client)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "editor-guide" in page
    assert "whats-new-in-wagtail" not in page


def test_admin_brings_its_own_styles(client):
    sign_in(client)
    soup = WagtailTestUtils.get_soup(client.get(reverse("wagtailadmin_home")).content)
    assert "/static/css/admin.css" in [link["href"] for link in soup.select("link[rel=stylesheet]")]
