"""Whatever is live is everybody's: no page offers a password that kept pages, feeds and search would not know."""

import pytest

from tests.admin import sign_in
from tests.factories import make_event, make_talk

pytestmark = pytest.mark.django_db


def test_no_page_of_a_series_can_be_given_a_password(client):
    talk = make_talk(event=make_event())
    sign_in(client, "administrator")
    for page in (talk, talk.event, talk.event.series):
        assert 'data-a11y-dialog-show="set-privacy"' not in client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
        client.post(f"/cms/pages/{page.pk}/privacy/", {"restriction_type": "password", "password": "secret"})
        assert page.get_view_restrictions().count() == 0
