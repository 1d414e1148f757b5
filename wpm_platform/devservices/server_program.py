"""Starting one server program in the background."""

import subprocess
from pathlib import Path

from wpm_platform.devservices.account import Account
from wpm_platform.devservices.running import Running, start_detached

LAST_LINES = 15


class ServerDidNotStart(Exception):
    """A server ended or stayed silent; the message holds the last lines of its log."""

    def __init__(self, name: str, log: Path, said: str = "") -> None:
        if not said and log.is_file():
            said = "\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:])
        super().__init__(f"{name} did not start:\n{said}")


def start_server(command: list[str], *, account: Account, log: Path) -> Running:
    """Start `command` as `account`, with what it says in `log`."""
    with open(log, "wb") as written:
        return start_detached(command, cwd="/", stdout=written, stderr=subprocess.STDOUT, **account.popen_arguments())
