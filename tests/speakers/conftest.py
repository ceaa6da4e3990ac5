"""People at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.admin import sign_in


@pytest.fixture
def signed_in() -> Callable[[str], Client]:
    """A browser in which somebody with a role is signed in; "" for nobody."""

    def client_of(role: str) -> Client:
        client = Client()
        if role:
            sign_in(client, role)
        return client

    return client_of


@pytest.fixture
def organiser(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("organiser")
