"""A small IMAP4 server on loopback with one mailbox, to let the product read real returns over a real connection.

It speaks what a reader of a mailbox needs (RFC 3501): LOGIN, SELECT, UID SEARCH, UID FETCH, UID STORE, EXPUNGE, LOGOUT.
"""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """What lies in it, by UID: the message and its flags. drop_on: hang up when this command comes."""

    user: str = "bounces"
    password: str = 'a password with "quotes"'
    folder: str = "INBOX"
    messages: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    drop_on: str = ""
    commands: list[str] = field(default_factory=list)
    port: int = 0

    def put(self, message: bytes) -> int:
        uid = max(self.messages, default=100) + 1
        self.messages[uid], self.flags[uid] = message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), set()
        return uid

    def unread(self) -> list[int]:
        return [uid for uid in self.messages if not self.flags[uid] & {r"\Seen", r"\Deleted"}]


class Conversation(socketserver.StreamRequestHandler):
    server: "Server"

    def handle(self) -> None:
        box = self.server.mailbox
        self.say("* OK IMAP4rev1 ready")
        while line := self.rfile.readline():
            tag, _space, rest = line.decode().strip().partition(" ")
            command = rest.upper().removeprefix("UID ").split(" ")[0]
            box.commands.append(command)
            if command == box.drop_on:
                return
            answer = getattr(self, f"on_{command.lower()}", None)
            # Every answer ends in words.
            self.say(f"{tag} {answer(box, rest) if answer else 'BAD'} that was {command}")
            if command == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def on_capability(self, box: Mailbox, rest: str) -> str:
        self.say("* CAPABILITY IMAP4rev1")
        return "OK"

    def on_login(self, box: Mailbox, rest: str) -> str:
        quoted = box.password.replace("\\", "\\\\").replace('"', '\\"')
        return (
            "OK" if rest in (f'LOGIN {box.user} "{quoted}"', f'LOGIN "{box.user}" "{quoted}"') else "NO wrong password"
        )

    def on_select(self, box: Mailbox, rest: str) -> str:
        if rest.split(" ")[1].strip('"') != box.folder:
            return "NO no such folder"
        self.say(f"* {len(box.messages)} EXISTS")
        return "OK [READ-WRITE]"

    def on_search(self, box: Mailbox, rest: str) -> str:
        assert rest == "UID SEARCH UNSEEN UNDELETED"
        self.say(" ".join(["* SEARCH", *map(str, box.unread())]))
        return "OK"

    def on_fetch(self, box: Mailbox, rest: str) -> str:
        found = re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest)
        assert found, rest
        uid, most = int(found.group(1)), int(found.group(2))
        content = box.messages[uid][:most]
        self.say(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(content)}}}")
        self.wfile.write(content + b")\r\n")
        return "OK"

    def on_store(self, box: Mailbox, rest: str) -> str:
        found = re.fullmatch(r"UID STORE (\d+) \+FLAGS \((.+)\)", rest)
        assert found, rest
        box.flags[int(found.group(1))].add(found.group(2))
        return "OK"

    def on_expunge(self, box: Mailbox, rest: str) -> str:
        for uid in [uid for uid, flags in box.flags.items() if r"\Deleted" in flags]:
            del box.messages[uid], box.flags[uid]
        return "OK"

    def on_logout(self, box: Mailbox, rest: str) -> str:
        self.say("* BYE")
        return "OK"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mailbox = mailbox


@contextmanager
def running_imap() -> Iterator[Mailbox]:
    """The server on a free port, until the end of the block."""
    mailbox = Mailbox()
    server = Server(mailbox)
    mailbox.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
