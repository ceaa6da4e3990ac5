"""The guard of conftest.py itself: a test that forgets its fake is told so."""

import socket
import urllib.request

import pytest

from tests.conftest import NetworkBlocked, is_this_machine

# Reserved for documentation (RFC 5737, RFC 2606): nobody answers there.
ELSEWHERE = "192.0.2.1"


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_connection_to_another_machine_is_refused(method):
    with socket.socket() as client, pytest.raises(NetworkBlocked):
        getattr(client, method)((ELSEWHERE, 80))


def test_datagram_to_another_machine_is_refused():
    with socket.socket(type=socket.SOCK_DGRAM) as client, pytest.raises(NetworkBlocked):
        client.sendto(b"", (ELSEWHERE, 53))


def test_page_of_another_host_is_refused_before_its_name_is_looked_up():
    with pytest.raises(NetworkBlocked) as refused:
        urllib.request.urlopen("http://example.org/")

    assert str(refused.value) == "A test tried to reach example.org. Tests stay on this machine: use a fake."


def test_connection_to_this_machine_goes_through():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/var/run/some.sock", True),
        (("localhost", 1), True),
        (("127.3.2.1", 1), True),
        (("::1", 1, 0, 0), True),
        (("0.0.0.0", 1), False),
        (("192.168.0.1", 1), False),
        (("fe80::1%eth0", 1, 0, 0), False),
        (("localhost.example.org", 1), False),
    ],
)
def test_address_is_this_machine_only_on_loopback(address, here):
    assert is_this_machine(address) is here
