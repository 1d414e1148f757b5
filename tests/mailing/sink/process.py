"""The same mail server as a process of its own, so that a measurement does not share its interpreter.

python -m tests.mailing.sink --delay-ms 20
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.mailing.sink.server import running_sink


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What the process took in so far. distinct: pairs of recipient and Message-ID."""

    accepted: int
    distinct: int
    connections: int


@dataclass(frozen=True, kw_only=True)
class SinkProcess:
    port: int
    process: "subprocess.Popen[str]"

    def counts(self) -> Counts:
        return Counts(**self._ask("count"))

    def forget(self) -> None:
        """Count from nothing again."""
        self._ask("forget")

    def _ask(self, word: str) -> dict[str, int]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(word, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


@contextmanager
def sink_process(*, delay_seconds: float = 0) -> Iterator[SinkProcess]:
    """A mail server in a process of its own that accepts everything, each mail after `delay_seconds`."""
    command = [sys.executable, "-m", "tests.mailing.sink", "--delay-ms", str(delay_seconds * 1000)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield SinkProcess(port=json.loads(process.stdout.readline())["port"], process=process)
        process.stdin.close()


def main(arguments: list[str]) -> None:
    """Serve until standard input ends; each line of it is a question, answered with a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.mailing.sink")
    parser.add_argument("--delay-ms", type=float, default=0)
    parser.add_argument("--port", type=int, default=0)
    parsed = parser.parse_args(arguments)
    with running_sink(delay_seconds=parsed.delay_ms / 1000, port=parsed.port) as sink:
        print(json.dumps({"port": sink.port}), flush=True)
        for line in sys.stdin:
            if line.strip() == "forget":
                sink.accepted.clear()
            distinct = len({(mail.recipient, mail.message_id) for mail in list(sink.accepted)})
            counts = {"accepted": len(sink.accepted), "distinct": distinct, "connections": sink.connections}
            print(json.dumps(counts), flush=True)
