"""The tests speak to this machine only, and that is tested too."""

import socket

import pytest

from tests.conftest import NetworkClosed


@pytest.mark.parametrize("address", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_another_machine_cannot_be_reached(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as own, pytest.raises(NetworkClosed):
        own.connect((address, 80))


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as own:
        own.connect(server.getsockname())
