"""What holds for the whole admin: its door bears the site's name, and nothing in it is news of the software below."""

import pytest
from django.urls import reverse
from wagtail.test.utils import WagtailTestUtils

from tests.admin import sign_in
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db


def test_door_bears_the_name_of_the_site(client, settings):
    settings.WAGTAIL_SITE_NAME = "Lunch Bytes"
    page = client.get(reverse("wagtailadmin_home"), follow=True)
    assert page.redirect_chain == [("/account/sign-in/?next=/cms/", 302)]
    assert lines(whole(page.content), "title, h1") == ["Sign in – Lunch Bytes", "Sign in"]


def test_help_has_no_news_of_wagtail(client):
    sign_in(client)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "editor-guide" in page
    assert "whats-new-in-wagtail" not in page


def test_admin_brings_its_own_styles(client):
    sign_in(client)
    soup = WagtailTestUtils.get_soup(client.get(reverse("wagtailadmin_home")).content)
    assert "/static/css/admin.css" in [link["href"] for link in soup.select("link[rel=stylesheet]")]
