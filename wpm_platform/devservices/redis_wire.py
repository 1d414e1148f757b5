"""The few words of the Redis protocol that finding a server takes.

Source: https://redis.io/docs/latest/develop/reference/protocol-spec/ (simple strings, errors, integers, bulk
strings).
"""

import socket
from types import TracebackType
from typing import Self

TIMEOUT_SECONDS = 2.0


class RedisRefused(Exception):
    """The server answered with an error, or is no Redis at all."""


class RedisWire:
    """A connection to a Redis server on this machine. Raises OSError when nothing listens."""

    def __init__(self, *, port: int, password: str | None = None) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
        self._answers = self._socket.makefile("rb")
        if password:
            self.ask("AUTH", password)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answers.close()
        self._socket.close()

    def ask(self, *words: str) -> str | None:
        """The answer as text, None for "no such key". Raises RedisRefused for an error."""
        encoded = [word.encode() for word in words]
        request = b"*%d\r\n" % len(encoded) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)
        self._socket.sendall(request)
        line = self._answers.readline().decode(errors="replace").rstrip("\r\n")
        kind, rest = line[:1], line[1:]
        if kind in ("+", ":"):
            return rest
        if kind == "$" and rest == "-1":
            return None
        if kind == "$":
            return self._answers.read(int(rest) + 2)[:-2].decode(errors="replace")
        raise RedisRefused(rest or "no answer")
