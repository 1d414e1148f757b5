"""A port that nobody listens on."""

import socket


def free_port() -> int:
    """A free port on 127.0.0.1, chosen by the kernel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
