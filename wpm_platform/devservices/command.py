"""Running the developer's command, passing signals on to it and its exit code back."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from wpm_platform.devservices.parent_death import end_with_parent

STOP_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
PATIENCE_SECONDS = 30.0
COMMAND_NOT_FOUND = 127


class Stopped(BaseException):
    """A signal asked this process to stop. No Exception, so that nobody catches it by accident."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}")
        self.number = number
        self.exit_code = 128 + number


def stop_on_signals() -> None:
    """Turn SIGTERM, SIGHUP and SIGINT into `Stopped`, so that every `finally` runs."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped(number)

    for number in STOP_SIGNALS:
        signal.signal(number, stop)


@contextmanager
def ignoring_signals() -> Iterator[None]:
    """Tidy up in peace: a second Ctrl-C would leave things behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_command(command: list[str], *, environment: dict[str, str]) -> int:
    """The exit code of `command`; 128 plus the signal's number when a signal ended it."""
    try:
        child = subprocess.Popen(command, env=environment, preexec_fn=end_with_parent)
    except (FileNotFoundError, PermissionError):
        # With a folder in PATH that may not be read, the system says "not permitted" for what it did not find.
        print(f"devservices: the command {command[0]} cannot be found or run.", file=sys.stderr)
        return COMMAND_NOT_FOUND
    try:
        return _shell_code(child.wait())
    except Stopped as stopped:
        with ignoring_signals():
            _pass_on(child, stopped.number)
        return stopped.exit_code


def _pass_on(child: "subprocess.Popen[bytes]", number: int) -> None:
    # A terminal sends Ctrl-C to the command as well; a second one would cut short its own tidying up.
    if number != signal.SIGINT or not sys.stdin.isatty():
        child.send_signal(number)
    try:
        child.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _shell_code(returned: int) -> int:
    return 128 - returned if returned < 0 else returned
