"""A calendar as a subscriber has it."""

from typing import Any

import icalendar


def fetch(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return response


def entries(client, address) -> list[Any]:
    """The VEVENTs at an address, in order."""
    return list(icalendar.Calendar.from_ical(fetch(client, address).content).walk("VEVENT"))


def summaries(client, address) -> list[str]:
    return [str(event["SUMMARY"]) for event in entries(client, address)]
