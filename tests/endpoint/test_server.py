"""The test server leaves nothing behind, also where a client comes in the moment it closes."""

import gc
import socket
from urllib.parse import urlsplit

import pytest

from .faults import Chance
from .server import Endpoint, served


@pytest.mark.filterwarnings("error")
def test_a_client_that_comes_as_the_server_closes_leaves_no_open_transport() -> None:
    """One that was let in but not yet served when the server closed stayed open (seen as `unclosed transport`)."""
    clients = []
    for _ in range(40):
        endpoint = Endpoint(Chance(lambda _body: "{}"))
        with served(endpoint) as base_url:
            address = urlsplit(base_url)
            clients.append(socket.create_connection((address.hostname, address.port)))
        assert not endpoint.connections
    for client in clients:
        client.close()
    gc.collect()
