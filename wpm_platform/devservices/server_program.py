"""Starting one server program in the background."""

import subprocess
from pathlib import Path

from wpm_platform.devservices.account import Account
from wpm_platform.devservices.running import Running

LAST_LINES = 15


class ServerDidNotStart(Exception):
    """A server ended or stayed silent; the message holds the last lines of its log."""

    def __init__(self, name: str, log: Path, said: str = "") -> None:
        if not said and log.is_file():
            said = "\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:])
        super().__init__(f"{name} did not start:\n{said}")


def start_server(command: list[str], *, account: Account, log: Path) -> Running:
    """Start `command` as `account`, in a session of its own so that Ctrl-C does not reach it."""
    with open(log, "wb") as written:
        server = subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **account.popen_arguments(),
        )
    return Running.of(server.pid)
