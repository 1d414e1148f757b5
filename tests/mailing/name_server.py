"""A real name server on loopback, over UDP: answers TXT questions from a dictionary."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@dataclass
class NameServer:
    """records: name → TXT records, or None for a name that the server fails for. asked: every name, in order."""

    records: Mapping[str, list[str] | None]
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, wire: bytes) -> bytes:
        question = dns.message.from_wire(wire)
        name = question.question[0].name.to_text(omit_final_dot=True)
        self.asked.append(name)
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.RA
        texts = self.records.get(name, [])
        if texts is None:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif texts:
            reply.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *(_quoted(text) for text in texts)))
        else:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply.to_wire()


def _quoted(text: str) -> str:
    """In pieces of 200: a record's strings hold 255 bytes at most."""
    return " ".join(f'"{text[start : start + 200]}"' for start in range(0, len(text), 200))


@contextmanager
def name_server(records: Mapping[str, list[str] | None]) -> Iterator[NameServer]:
    """The server, listening at `address` until the end of the block."""
    server = NameServer(records)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server.address = f"127.0.0.1:{port}"

        def serve() -> None:
            while True:
                wire, client = listening.recvfrom(4096)
                if wire == b"stop":
                    return
                listening.sendto(server.answer(wire), client)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield server
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stopping:
            stopping.sendto(b"stop", ("127.0.0.1", port))
        thread.join()


@contextmanager
def silent_server() -> Iterator[str]:
    """The address of a server that takes questions and never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{listening.getsockname()[1]}"
