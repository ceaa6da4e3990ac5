"""People at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import make_user


@pytest.fixture
def signed_in() -> Callable[[str], Client]:
    """A browser in which somebody with a role is signed in; "" for nobody."""

    def client_of(role: str) -> Client:
        client = Client()
        if role:
            client.force_login(make_user("" if role == "speaker" else role))
        return client

    return client_of


@pytest.fixture
def organiser(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("organiser")
