"""On a laptop, where DEBUG is on, a missing page is the site's own."""

import pytest
from django.http import Http404

from config.middleware import MissingPageMiddleware

pytestmark = pytest.mark.django_db


def test_missing_page_is_the_site_s_own_where_debug_is_on(client, settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "config.middleware.MissingPageMiddleware"]
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert [template.name for template in response.templates][:1] == ["404.html"]


def test_faults_of_another_kind_stay_what_they_are(rf):
    middleware = MissingPageMiddleware(lambda request: None)
    assert middleware.process_exception(rf.get("/"), ValueError()) is None
    assert middleware.process_exception(rf.get("/cms/pages/9/"), Http404()) is None
