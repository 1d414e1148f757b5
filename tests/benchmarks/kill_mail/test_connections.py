import socket
import subprocess
import sys

import pytest

from tests.benchmarks.kill_mail.connections import ProcessNotFound, kill, process_of

CLIENT = "import socket, sys; s = socket.create_connection(('127.0.0.1', int(sys.argv[1]))); s.recv(1)"


@pytest.fixture
def client():
    """A process of its own with a connection to us: (process, its port and ours)."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        subprocess.Popen([sys.executable, "-c", CLIENT, str(server.getsockname()[1])], process_group=0) as process,
    ):
        connection, peer = server.accept()
        with connection:
            yield process, {"own_port": peer[1], "to_port": server.getsockname()[1]}
        process.kill()


def test_finds_the_process_at_the_other_end(client):
    process, ports = client
    assert process_of(**ports) == process.pid


@pytest.mark.parametrize("with_its_group", [True, False])
def test_a_killed_process_is_gone(client, with_its_group):
    process, ports = client
    kill(process.pid, with_its_group=with_its_group)
    with pytest.raises(ProcessNotFound):
        process_of(**ports)
    assert process.wait() == -9


def test_nobody_is_connected_to_another_port(client):
    _process, ports = client
    for wrong in ({"to_port": 1}, {"own_port": 1}):
        with pytest.raises(ProcessNotFound):
            process_of(**{**ports, **wrong})
